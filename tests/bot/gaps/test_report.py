"""A report shows what is missing most, first, and leaves nothing out."""

from __future__ import annotations

import random

from bot.gaps.gap import Gap
from bot.gaps.report import MOST_OTHERS, GapGroup, GapReport, TopicCount, report_gaps
from retrieval.assistant import Assistant

BREAD = ["How do I bake bread?", "recipe for a loaf of bread", "baking bread at home"]
FRANCE = ["What is the capital of France?", "capital city of France"]


def keep(*texts: str | None, topic: str | None = None) -> list[Gap]:
    return [Gap(reason="unrelated", topic=topic, text=text) for text in texts]


def test_without_gaps_a_report_is_empty(assistant: Assistant) -> None:
    assert report_gaps([], assistant) == GapReport()


def test_questions_are_grouped_by_meaning_with_the_largest_group_first(assistant: Assistant) -> None:
    report = report_gaps([*keep(*FRANCE), *keep(*BREAD)], assistant)

    assert [group.count for group in report.groups] == [3, 2]
    assert [{group.typical, *group.others} for group in report.groups] == [set(BREAD), set(FRANCE)]
    assert report.without_text == ()


def test_the_order_in_which_questions_were_asked_plays_no_part(assistant: Assistant) -> None:
    gaps = [*keep(*FRANCE, topic="examples"), *keep(*BREAD, topic="definition"), *keep(None, None, topic="examples")]
    report = report_gaps(gaps, assistant)

    for seed in range(5):
        random.Random(seed).shuffle(gaps)
        assert report_gaps(gaps, assistant) == report


def test_a_question_that_was_asked_again_counts_and_is_shown_once(assistant: Assistant) -> None:
    (group,) = report_gaps(keep(*[BREAD[0]] * 4), assistant).groups

    assert group == GapGroup(count=4, typical=BREAD[0], others=(), topic=None)


def test_at_most_five_others_are_shown(assistant: Assistant) -> None:
    texts = [f"How do I bake bread with {number} eggs?" for number in range(9)]
    (group,) = report_gaps(keep(*texts), assistant).groups

    assert group.count == 9
    assert len({group.typical, *group.others}) == 1 + MOST_OTHERS


def test_the_topic_of_a_group_is_what_most_of_it_is_nearest_to(assistant: Assistant) -> None:
    gaps = [*keep(BREAD[0], topic="examples"), *keep(*BREAD[1:], topic="definition")]

    assert [group.topic for group in report_gaps(gaps, assistant).groups] == ["definition"]


def test_questions_without_text_are_counted_by_topic(assistant: Assistant) -> None:
    gaps = [*keep(None), *keep(None, None, topic="examples"), *keep(None, topic="definition"), *keep(BREAD[0])]

    assert report_gaps(gaps, assistant).without_text == (
        TopicCount(topic="examples", count=2),
        TopicCount(topic=None, count=1),
        TopicCount(topic="definition", count=1),
    )
