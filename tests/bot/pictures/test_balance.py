"""The balance of a recommendation: each need and its bar on the side it pulls to, strongest first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.transforms import Bbox

from bot.pictures.balance import MIDDLE, MOST_PULLS, draw_balance, lay_balance
from bot.pictures.picture import WIDTH
from bot.pictures.sheet import Sheet
from bot.pictures.weighing import Weighing
from bot.reply import PullShape
from bot.words import ENGLISH, load_words
from knowledge.signals import Need, Signal
from retrieval.recommendation import Verdict
from tests.bot.pictures.findings import EVERY, GATED, PROMPTED, RETRIEVED, TUNE, TUNED, lay, recommend
from tests.bot.pictures.seen import assert_nothing_overlaps, find_boxes, find_texts, measure

WORDS = load_words()["pictures"]["balance"]
MARK = "◆"


def list_texts(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in sheet.figure.texts]


def find_bars(sheet: Sheet) -> list[Bbox]:
    """Return the bars from top to bottom, without the axis."""
    return sorted((box for box in find_boxes(sheet) if box.width > 5), key=lambda box: -box.y0)


def test_a_balance_is_a_png_as_wide_as_every_picture() -> None:
    picture = draw_balance(recommend(*TUNE))

    assert picture is not None
    assert picture.name == "balance.png"
    assert picture.alt.startswith("Balance of what was found. Verdict: Fine-tuning.")
    assert measure(picture)[0] == WIDTH


def test_where_nothing_pulls_there_is_no_balance() -> None:
    assert draw_balance(recommend()) is None


def test_the_verdict_stands_at_the_top() -> None:
    for found, verdict in ((TUNE, "Verdict: Fine-tuning"), (GATED, "Verdict: Prompt engineering")):
        assert list_texts(lay(*found))[0] == verdict


def test_where_a_rule_decides_it_says_so_and_marks_what_the_rule_rests_on() -> None:
    """Else the verdict would contradict the picture."""
    texts = list_texts(lay(*GATED))

    assert WORDS["rule"] in texts
    assert [text for text in texts if text.startswith(MARK)] == [f"{MARK} Examples to learn from"]


def test_where_the_weights_decide_nothing_is_marked() -> None:
    assert not [text for text in list_texts(lay(*TUNE)) if MARK in text]


def test_each_need_stands_with_its_bar_on_the_side_it_pulls_to() -> None:
    facts, hurry = Signal(Need.CHANGING_FACTS, RETRIEVED), Signal(Need.TIME_AND_COST, PROMPTED)
    sheet = lay(Signal(Need.SPECIALIZATION, TUNED), hurry, facts)
    places = {text.partition(": ")[2]: place for text, place in find_texts(sheet).items()}

    assert places["Expert knowledge"].x0 > MIDDLE > places["Time and money"].x1
    assert places["Facts that change (retrieval)"].x1 < MIDDLE
    assert [bar.x0 >= MIDDLE for bar in find_bars(sheet)] == [True, False, False]


def test_bars_are_as_long_as_their_needs_count() -> None:
    longest, *others = (bar.width for bar in find_bars(lay(*TUNE)))

    assert others == pytest.approx([longest / 1.1, longest / 1.1])


def test_what_hardly_counts_still_has_a_bar() -> None:
    weights = {Need.DATA_REQUIREMENT: 20.0, Need.PRIVACY: 1e-6}
    pulls = tuple(PullShape(need=need, leaning=TUNED, weight=weight) for need, weight in weights.items())

    assert len(find_bars(lay_balance(Weighing(verdict=Verdict.FINE_TUNING, pulls=pulls), ENGLISH))) == 2


def test_only_the_strongest_have_a_bar_and_the_others_are_counted() -> None:
    sheet = lay(*(Signal(need, TUNED) for need in Need if need is not Need.CHANGING_FACTS))

    assert len(find_bars(sheet)) == MOST_PULLS
    assert WORDS["more"].format(count=3) in list_texts(sheet)


@given(st.sets(st.sampled_from(EVERY), min_size=1))
@settings(max_examples=15, deadline=None)
def test_whatever_is_found_fits_and_covers_nothing(found: set[Signal]) -> None:
    sheet = lay(*sorted(found))

    assert_nothing_overlaps(sheet)
    width, height = sheet.figure.bbox.size
    boxes, texts = find_boxes(sheet), find_texts(sheet).values()
    assert not [box for box in boxes if min(box.x0, box.y0, width - box.x1, height - box.y1) < 0]
    assert not [text for text in texts if any(text.overlaps(bar) for bar in find_bars(sheet))]


def test_many_can_be_drawn_at_once() -> None:
    replies = [recommend(*EVERY[: count + 1]) for count in range(4)]
    alone = [draw_balance(reply) for reply in replies]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(draw_balance, replies * 2)) == alone * 2
