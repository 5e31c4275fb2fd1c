"""Pictures are whole at any size of numbers, and say in words what they show."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.costs import read_costs
from bot.pictures.costs import CLOSEST, draw_costs, shorten_amount, spread_places
from bot.pictures.picture import Picture
from retrieval.cost import CostComparison

LONGEST_ALT = 1_024
"""Characters Discord takes."""
GIVEN: dict[str, float | None] = {
    "requests": 100_000,
    "fixed_tokens": 3_000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "input_price": 2.5,
    "output_price": 10.0,
}
WHOLE: dict[str, float | None] = {**GIVEN, "cached_price": 0.25, "tuned_one_off": 2_000, "tuned_hosting": 90}


def measure(picture: Picture) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture.png[16:24])
    return width, height


def draw(currency: str = "$", **changes: float | None) -> Picture:
    return draw_costs(read_costs({**WHOLE, **changes}), currency)


@pytest.mark.parametrize("currency", ["", "$", "US$", "€", "₹", "EUR"])
def test_a_picture_is_a_png_three_times_as_wide_as_a_phone_shows_it(currency: str) -> None:
    assert measure(draw(currency)) == (1_200, 800)


@pytest.mark.parametrize(
    "comparison",
    [
        read_costs(GIVEN),
        read_costs({**WHOLE, "input_price": 0, "output_price": 0, "cached_price": 0}),
        read_costs({**WHOLE, "requests": 1e12, "input_price": 1e12}),
        read_costs({**WHOLE, "requests": 1}),
        read_costs({**WHOLE, "tuned_one_off": 0}),
        read_costs({**WHOLE, "months": 1}),
        read_costs({**WHOLE, "months": 120}),
    ],
)
def test_any_numbers_can_be_drawn_and_described(comparison: CostComparison) -> None:
    picture = draw_costs(comparison, "€")

    assert measure(picture) == (1_200, 800)
    assert 0 < len(picture.alt) <= LONGEST_ALT


def test_the_text_that_stands_for_it_names_each_way_its_total_and_the_break_even() -> None:
    assert draw().alt == (
        "Line chart of what has been spent over 12 months. In the end: long prompts $14,100, cached prefix $6,000, "
        "tuned model $3,080. The tuned model is earned back after 4.9 months."
    )


def test_it_says_where_nothing_is_earned_back_in_time() -> None:
    assert draw(months=4).alt.endswith("The tuned model is not earned back in that time.")
    assert draw(requests=10).alt.endswith("The tuned model is not earned back in that time.")


def test_the_same_numbers_are_the_same_picture() -> None:
    assert draw() == draw()
    assert draw() != draw(tuned_one_off=3_000)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=3))
@settings(max_examples=50)
def test_labels_never_overlap_and_stay_in_their_order(places: list[float]) -> None:
    spread = spread_places(places)
    ordered = sorted(zip(places, spread, strict=True))

    assert all(0 <= place <= 1 for place in spread)
    heights = sorted(spread)
    assert all(upper - lower >= CLOSEST - 1e-9 for lower, upper in pairwise(heights))
    assert all(lower[1] < upper[1] for lower, upper in pairwise(ordered) if lower[0] < upper[0])


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "€0"), (0.5, "€0.5"), (70.5, "€70.5"), (950, "€950"), (1_000, "€1k"), (1_250, "€1.2k"), (16_200, "€16.2k"),
     (176_250, "€176k"), (34e6, "€34M"), (2.5e9, "€2.5B"), (3e18, "€3,000,000T")],
)  # fmt: skip
def test_an_amount_is_shortened_to_what_tells_it(amount: float, shown: str) -> None:
    assert shorten_amount(amount, "€") == shown
