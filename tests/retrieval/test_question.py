"""A follow-up → a question that stands alone."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method
from knowledge.reader import Judgement
from knowledge.store import Knowledge
from retrieval.question import SURE, Focus, complete_question, settle_choice

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


@pytest.mark.parametrize("text", ["hm, really?", "are you sure?"])
def test_the_answer_to_a_doubt_begins_with_neither_yes_nor_no(knowledge: Knowledge, text: str) -> None:
    focus = Focus(topic="technical-requirements", method=PROMPTED, said="do prompts take deep learning?", opening="no")

    assert complete_question(text, focus, knowledge).opening == "plain"


@pytest.mark.parametrize(
    ("text", "topic", "method"),
    [
        ("tell me more", "flexibility", BOTH),
        ("a bit more detail please", "flexibility", BOTH),
        ("more about the two, please", "flexibility", BOTH),
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


def judge_choice(named: float) -> Judgement:
    """Return the reading of a question that seems to be about fine-tuning, with an answer that names prompts."""
    method = {TUNED: 0.6, PROMPTED: 0.1, BOTH: 0.3}
    opening = {"plain": 1 - named, "fine_tuning": 0.0, "prompt_engineering": named}
    return Judgement(kind={}, topic={}, method={str(name): share for name, share in method.items()}, opening=opening)


def test_a_question_whose_answer_names_one_method_is_not_about_the_other_alone() -> None:
    settled = settle_choice(judge_choice(SURE))

    assert settled.method == pytest.approx({"fine_tuning": 0.0, "prompt_engineering": 0.1, "both": 0.9})


def test_an_answer_that_names_a_method_none_too_surely_settles_nothing() -> None:
    judged = judge_choice(SURE - 0.01)

    assert settle_choice(judged) == judged
