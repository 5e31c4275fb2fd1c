"""A comparison of costs in words: every figure is the user's, and what is wrong is told by its name."""

from __future__ import annotations

import pytest

from bot.costs import format_amount, phrase_costs, phrase_months, read_costs, read_currency
from bot.errors import CostError
from retrieval.cost import Way

GIVEN: dict[str, float | None] = {
    "requests": 100_000,
    "fixed_tokens": 3_000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "input_price": 2.5,
    "output_price": 10.0,
    "cached_price": 0.25,
}
TUNED: dict[str, float | None] = {"tuned_one_off": 2_000, "tuned_hosting": 90}


def phrase(**changes: float | None) -> str:
    """Return the words for what is given, complete but for what is changed."""
    return phrase_costs(read_costs({**GIVEN, **TUNED, **changes}), "€")


def test_each_way_is_named_with_what_it_costs() -> None:
    text = phrase()

    assert "At 100,000 requests a month:" in text
    assert "- Long prompts: €1,175 a month\n" in text
    assert "- Long prompts with a cached prefix: €500.00 a month\n" in text
    assert "- Tuned model with short prompts: €90.00 a month, and €2,000 once\n" in text
    assert "Cheapest from month to month: tuned model" in text


def test_break_even_is_said_in_months_and_in_requests() -> None:
    text = phrase()

    assert "earned back after 4.9 months, measured against long prompts with a cached prefix" in text
    assert "Over 12 months, the tuned model is the cheaper way from 51,334 requests a month on." in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tuned_one_off": 100}, "earned back within the first month"),
        ({"tuned_one_off": 0}, "Break-even: at once"),
        ({"requests": 1_000}, "Break-even: never at this volume"),
        ({"tuned_hosting": None, "tuned_input_price": 90, "tuned_output_price": 90}, "Break-even: never at any volume"),
    ],
)
def test_when_it_breaks_even_otherwise_is_said_too(changes: dict[str, float | None], said: str) -> None:
    text = phrase(**changes)

    assert said in text
    assert "None" not in text


def test_what_is_left_out_is_said_with_what_to_give() -> None:
    without_tuned = phrase_costs(read_costs({**GIVEN, "tuned_one_off": None}), "")
    without_cache = phrase(cached_price=None)

    assert "Give tuned_one_off" in without_tuned
    assert "Break-even" not in without_tuned
    assert "cached_price is not given" in without_cache
    assert "measured against long prompts." in without_cache


def test_names_that_begin_with_tuned_are_the_tuned_models() -> None:
    tuned = read_costs({**GIVEN, **TUNED, "tuned_prompt_tokens": 100}).costs.tuned

    assert tuned is not None
    assert (tuned.one_off, tuned.hosting, tuned.prompt_tokens) == (2_000, 90, 100)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tuned_one_off": None}, "tuned_one_off is missing. Give it, 0 where it is nothing. What training"),
        ({"tuned_input_price": 1}, "tuned_output_price is missing: "),
        ({"tuned_hosting": None}, "the tuned model has no price: "),
        ({"requests": 0}, "requests has to be more than 0, not 0."),
        ({"tuned_hosting": -5}, "tuned_hosting has to be 0 or more, not -5."),
        ({"months": 500}, "months has to be 120 or less, not 500."),
        ({"months": 1.5}, "months has to be a whole number, not 1.5."),
        ({"input_price": 2e12}, "input_price has to be 1,000,000,000,000 or less, not 2,000,000,000,000."),
        ({"input_price": float("inf")}, "input_price has to be a number, not inf."),
    ],
)
def test_a_broken_rule_is_told_by_the_name_of_what_was_given(changes: dict[str, float | None], message: str) -> None:
    with pytest.raises(CostError) as raised:
        read_costs({**GIVEN, **TUNED, **changes})

    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "currency"), [(None, ""), (" € ", "€"), ("EUR", "EUR"), ("US$", "US$"), ("kr", "kr")]
)
def test_a_currency_is_a_sign_or_a_code(given: str | None, currency: str) -> None:
    assert read_currency(given) == currency


@pytest.mark.parametrize("given", ["euros", "<@1>", "1", "a b", "@everyone$", "**€", "€€", "_$"])
def test_anything_else_is_no_currency(given: str) -> None:
    with pytest.raises(CostError, match="currency: a sign such as € or a code such as EUR"):
        read_currency(given)


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (0, "$", "$0.00"),
        (0.004, "$", "under $0.01"),
        (0.004, "EUR", "under 0.01 EUR"),
        (12.5, "", "12.50"),
        (999.99, "EUR", "999.99 EUR"),
        (1_234.5, "US$", "US$1,234"),
        (1e9, "€", "€1,000,000,000"),
    ],
)
def test_an_amount_has_cents_where_they_matter(amount: float, currency: str, shown: str) -> None:
    assert format_amount(amount, currency) == shown


def test_months_are_counted_from_the_first_on() -> None:
    assert [phrase_months(months) for months in (0.2, 1, 4.25, 1_500)] == [
        "within the first month",
        "after 1.0 months",
        "after 4.2 months",
        "after 1,500.0 months",
    ]


FREE: dict[str, float | None] = {"input_price": 0, "output_price": 0, "cached_price": 0}


@pytest.mark.parametrize("tuned", [{"tuned_one_off": None, "tuned_hosting": None}, dict.fromkeys(TUNED, 0)])
def test_where_nothing_costs_anything_there_is_nothing_to_compare(tuned: dict[str, float | None]) -> None:
    with pytest.raises(CostError, match="there is nothing to compare"):
        phrase(**FREE, **tuned)


def test_ways_that_cost_the_same_are_named_together() -> None:
    text = phrase(cached_price=2.5, tuned_hosting=1e6)

    assert "The same from month to month: long prompts, long prompts with a cached prefix.\n" in text
    assert "Cheapest" not in text


def test_the_cheapest_way_may_be_the_longest_prompt() -> None:
    assert read_costs({**GIVEN, "cached_price": 5}).cheapest_prompt is Way.LONG_PROMPT
