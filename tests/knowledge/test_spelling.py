"""Typing errors hide nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.spelling import SHORTEST, WORD, Speller
from knowledge.store import Knowledge

TEXTS = ["fine-tuning needs data", "prompts need no data", "is tuning expensive"] * 12
SPELLER = Speller(TEXTS, {"fine", "tuning", "needs", "data", "expensive", "turning", "kettle"})


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("is tunning expensiv?", "is tuning expensive?"),
        ("Expnesive PROMTS", "expensive prompts"),
        ("a kettle is turning", "a kettle is turning"),
        ("teh dat", "teh dat"),
        ("xylophone", "xylophone"),
        ("", ""),
    ],
)
def test_a_word_that_is_none_becomes_the_nearest_the_lesson_uses(text: str, mended: str) -> None:
    assert SPELLER.mend_text(text) == mended


@given(st.text(max_size=60))
def test_only_words_change_and_mending_twice_is_mending_once(text: str) -> None:
    mended = SPELLER.mend_text(text)

    assert WORD.sub("", mended) == WORD.sub("", text)
    assert SPELLER.mend_text(mended) == mended


def test_short_words_stay() -> None:
    assert SPELLER.mend_text("dta") == "dta"
    assert len("dta") < SHORTEST


def test_the_lessons_own_errors_are_not_what_was_meant(knowledge: Knowledge) -> None:
    """Its ways of asking hold errors on purpose."""
    mended = knowledge.speller.mend_text("is promt enginering allways enuff for scalabillity")

    assert mended == "is prompt engineering always enuff for scalability"


def test_plain_questions_stay_as_they_are(knowledge: Knowledge) -> None:
    @settings(max_examples=30)
    @given(st.sampled_from([passage.heading for passage in knowledge.lesson.passages if passage.kind == "topic"]))
    def check(text: str) -> None:
        assert knowledge.speller.mend_text(text) == text

    check()
