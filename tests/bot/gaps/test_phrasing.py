"""A report in words says everything that is in it."""

from __future__ import annotations

from bot.gaps.phrasing import phrase_report
from bot.gaps.report import GapGroup, GapReport, TopicCount
from bot.words import load_words

WORDS = load_words()["gaps"]
GROUPS = (
    GapGroup(count=12, typical="Which GPU?", others=("What GPU do I need?", "Best graphics card?"), topic="definition"),
    GapGroup(count=1, typical="How do I\nbake bread?", others=(), topic=None),
)
COUNTS = (TopicCount(topic="examples", count=7), TopicCount(topic=None, count=3))


def test_where_there_is_nothing_a_sentence_says_so() -> None:
    assert phrase_report(GapReport()) == WORDS["none"]


def test_groups_come_first_and_then_what_has_no_text() -> None:
    shown = phrase_report(GapReport(groups=GROUPS, without_text=COUNTS)).split("\n\n")
    first, *titles = [part.splitlines()[0] for part in shown]

    assert first == WORDS["groups"].format(count=13, groups=2)
    assert titles == ["12 × Which GPU?", "1 × How do I bake bread?", WORDS["without_text"]]
    for said in ("What GPU do I need?", "Best graphics card?", "definition"):
        assert said in shown[1]
    assert shown[2].endswith(WORDS["no_topic"])
    assert shown[3].splitlines()[1:] == ["- examples: 7", f"- {WORDS['no_topic']}: 3"]


def test_what_is_not_there_is_not_mentioned() -> None:
    assert WORDS["without_text"] not in phrase_report(GapReport(groups=GROUPS))
    assert phrase_report(GapReport(without_text=COUNTS)).startswith(WORDS["without_text"])


def test_a_long_question_is_cut_to_a_line() -> None:
    group = GapGroup(count=1, typical="word " * 500, others=(), topic=None)

    assert max(map(len, phrase_report(GapReport(groups=(group,))).splitlines())) < 200
