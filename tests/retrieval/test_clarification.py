"""A question of ours that waits for its answer."""

from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.clarification import asks_why, count_examples, settle_question
from retrieval.profile import Finding
from retrieval.refinement import judge_stock

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING
DATA = Need.DATA_REQUIREMENT


@pytest.mark.parametrize(
    ("text", "leaning"),
    [("Hundreds or more, checked", TUNED), ("thousands", TUNED), ("none", PROMPTED), ("a hanful", PROMPTED)],
)
def test_a_tapped_answer_and_a_short_one_settle_the_question(text: str, leaning: Leaning) -> None:
    assert settle_question(text, DATA) == (Finding(need=DATA, leaning=leaning, words=text),)


@pytest.mark.parametrize("text", ["skip", "I don't know", "no idea", "not sure", "I'm not sure yet, sorry"])
@pytest.mark.parametrize("need", Need)
def test_who_does_not_know_leaves_every_question_open(text: str, need: Need) -> None:
    assert settle_question(text, need) == ()


@pytest.mark.parametrize(
    "text", ["why do you ask?", "help", "sources", "thanks", "what if we had none?", "Which is cheaper?", "start over"]
)
@pytest.mark.parametrize("need", Need)
def test_what_is_no_answer_settles_nothing(text: str, need: Need) -> None:
    assert settle_question(text, need) is None


@pytest.mark.parametrize(
    ("text", "leaning"),
    [("6000 letters", TUNED), ("6000", TUNED), ("about 6,000", TUNED), ("12", PROMPTED), ("only 7 mails", PROMPTED)],
)
def test_a_number_says_how_many_examples_there_are(text: str, leaning: Leaning) -> None:
    counted = count_examples(text, DATA)

    assert counted is not None
    assert judge_stock(counted) is leaning
    assert text[counted.start : counted.end] == counted.words
    assert count_examples(text, Need.PRIVACY) is None


def test_no_number_says_nothing() -> None:
    assert count_examples("we sort parcels", DATA) is None


@pytest.mark.parametrize(
    "text", ["why do you ask?", "Why?", "ok but why does that matter", "what do you need that for?"]
)
def test_why_it_is_asked_can_be_asked(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize("text", ["why is fine-tuning expensive?", "what is that LoRA for", "I ask why"])
def test_other_questions_are_not_about_the_question(text: str) -> None:
    assert not asks_why(text)
