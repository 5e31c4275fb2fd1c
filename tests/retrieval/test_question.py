"""A follow-up → a question that stands alone."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method
from knowledge.store import Knowledge
from retrieval.question import Focus, complete_question

TUNED, PROMPTED, BOTH = Method.FINE_TUNING, Method.PROMPT_ENGINEERING, Method.BOTH
FOCUS = Focus(topic="data-requirement", method=TUNED, shown=frozenset({"data-requirement/fine-tuning"}))


@pytest.mark.parametrize(
    ("text", "topic", "method"),
    [
        ("and the other one?", "data-requirement", PROMPTED),
        ("the other", "data-requirement", PROMPTED),
        ("and prompting?", "data-requirement", PROMPTED),
        ("what about fine-tuning", "data-requirement", TUNED),
        ("why?", "data-requirement", TUNED),
        ("tell me more", "data-requirement", TUNED),
        ("and both?", "data-requirement", BOTH),
        ("and the cost?", "time-and-cost", TUNED),
        ("the disadvantages of the other one?", "disadvantages", PROMPTED),
        ("does it scale?", "scalability", TUNED),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out_from_the_last_answer(
    knowledge: Knowledge, text: str, topic: str, method: Method
) -> None:
    question = complete_question(text, FOCUS, knowledge)

    assert (question.topic, question.method) == (topic, method)


@pytest.mark.parametrize(
    ("text", "topic", "method"),
    [
        ("tell me more", "flexibility", BOTH),
        ("the second?", "flexibility", PROMPTED),
        ("and tuning?", "flexibility", TUNED),
        ("side by side?", "flexibility", BOTH),
    ],
)
def test_after_a_comparison_one_of_the_two_may_be_meant_or_both(
    knowledge: Knowledge, text: str, topic: str, method: Method
) -> None:
    focus = Focus(topic="flexibility", method=BOTH, said="which is more flexible?")

    question = complete_question(text, focus, knowledge)

    assert (question.topic, question.method) == (topic, method)


def test_a_follow_up_keeps_the_words_and_what_was_shown(knowledge: Knowledge) -> None:
    question = complete_question("why is that so?", FOCUS, knowledge)

    assert "why is that so?" in question.text
    assert question.shown == FOCUS.shown


def test_a_topic_of_the_users_own_lesson_can_be_followed_up(knowledge: Knowledge) -> None:
    focus = Focus(topic="smell-of-the-office", method=TUNED)

    question = complete_question("and the other one?", focus, knowledge)

    assert (question.topic, question.method) == ("smell-of-the-office", PROMPTED)
