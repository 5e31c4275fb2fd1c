"""The seesaw tips to the heavier side, and its balls show who sits there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from matplotlib.transforms import BboxBase

from bot.pictures.balance import MIDDLE
from bot.pictures.picture import BLUE, COLORS, GREEN, ORANGE
from bot.pictures.seesaw import FLATTEST, STEEPEST, find_angle
from bot.pictures.sheet import Sheet
from knowledge.signals import Leaning, Need, Signal
from tests.bot.pictures.findings import EVERY, RETRIEVED, TUNE, lay
from tests.bot.pictures.seen import find_texts


def weigh(**weights: float) -> float:
    return find_angle({Leaning(name): weight for name, weight in weights.items()})


def find_balls(sheet: Sheet) -> dict[str, BboxBase]:
    """Return where the balls are, by their color."""
    balls = [patch for patch in sheet.figure.artists if isinstance(patch, Circle)]
    return {to_hex(ball.get_facecolor()): ball.get_window_extent() for ball in balls}


def test_it_tips_to_the_heavier_side_and_retrieval_sits_with_prompts() -> None:
    assert weigh(fine_tuning=2, prompt_engineering=1) > 0
    assert weigh(fine_tuning=1, prompt_engineering=0.8, retrieval=0.8) < 0


def test_it_is_level_where_both_sides_weigh_the_same() -> None:
    assert weigh(fine_tuning=0.3, prompt_engineering=0.1, retrieval=0.2) == 0


def test_it_tips_the_more_the_clearer_it_is_and_never_too_little_to_see() -> None:
    angles = [weigh(fine_tuning=heavy, prompt_engineering=1) for heavy in (1.01, 2, 3, 1e9)]

    assert angles == sorted(angles)
    assert angles[0] == FLATTEST
    assert round(angles[-1], 3) == STEEPEST == -weigh(prompt_engineering=1)


def test_retrieval_has_a_ball_and_a_color_of_its_own() -> None:
    balls = find_balls(lay(*TUNE, Signal(Need.CHANGING_FACTS, RETRIEVED)))

    assert set(balls) == {ORANGE, BLUE, GREEN} == set(COLORS.values())
    assert balls[ORANGE].x1 <= balls[BLUE].x0 < balls[BLUE].x1 < MIDDLE < balls[GREEN].x0


def test_there_is_no_ball_where_nobody_sits() -> None:
    assert set(find_balls(lay(*TUNE[:2]))) == {GREEN}


@given(st.sets(st.sampled_from(EVERY), min_size=1))
@settings(max_examples=15, deadline=None)
def test_a_ball_has_room_for_its_number(found: set[Signal]) -> None:
    sheet = lay(*sorted(found))
    for ball in find_balls(sheet).values():
        x, y = (ball.x0 + ball.x1) / 2, (ball.y0 + ball.y1) / 2
        (number,) = [place for place in find_texts(sheet).values() if place.contains(x, y)]
        assert number.width < 0.95 * ball.width
