"""Facts that are said to stay as they are no longer count as changing."""

from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.profile import Finding, Profile
from retrieval.withdrawal import drop_withdrawn, withdraw_facts

CHANGING = Finding(need=Need.CHANGING_FACTS, leaning=Leaning.RETRIEVAL, words="our prices change every week")
FIXED_TASK = Finding(need=Need.FLEXIBILITY, leaning=Leaning.FINE_TUNING, words="one fixed task")
KNOWN = Profile(findings=(CHANGING, FIXED_TASK))


@pytest.mark.parametrize(
    "text",
    [
        "actually prices are fixed now",
        "I was wrong, the prices never change",
        "the prices don't change any more",
        "no changing facts after all",
        "they are stable now",
        "our prices will not change",
        "actually, that is fixed",
        "sorry, they basically never change",
        "everything is settled now",
    ],
)
def test_what_is_said_to_stay_is_taken_back(text: str) -> None:
    assert withdraw_facts(KNOWN, text).findings == (FIXED_TASK,)


@pytest.mark.parametrize(
    "text",
    [
        "the format never changes",
        "we have 20k examples now",
        "prices change daily",
        "and the wording is the same",
        "I forgot to say that our answer template is fixed",
        "in fact, every form is fixed",
        "We use a form that never changes, whatever the prices are",
        "nothing stays the same",
        "the form will not change",
        "",
    ],
)
def test_what_speaks_of_something_else_takes_nothing_back(text: str) -> None:
    assert withdraw_facts(KNOWN, text) == KNOWN


def test_what_a_sentence_says_to_stay_is_not_found_to_change_in_it() -> None:
    found = Finding(need=Need.CHANGING_FACTS, leaning=Leaning.RETRIEVAL, words="changing facts")

    assert drop_withdrawn([found, FIXED_TASK], "One fixed task, no changing facts.") == [FIXED_TASK]
    assert drop_withdrawn([found], "We have changing facts. The form never changes.") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The output format is fixed, but our prices change every week.",
        "Every form is settled and our prices change every week.",
        "As our prices change every week, the tasks are few and the output format is fixed.",
        "The form, which never changes, is quoted, while our prices change every week.",
    ],
)
def test_what_another_clause_says_to_stay_takes_nothing_back(text: str) -> None:
    assert drop_withdrawn([CHANGING, FIXED_TASK], text) == [CHANGING, FIXED_TASK]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Our prices used to change weekly, but they are fixed now.", "prices used to change weekly"),
        ("Our prices, which never change, are quoted.", "Our prices, which never change, are quoted"),
        ("No GPUs, and it never changes.", "never changes"),
    ],
)
def test_what_a_clause_says_to_stay_is_found_neither_in_it_nor_in_what_it_goes_on_about(text: str, words: str) -> None:
    assert drop_withdrawn([CHANGING.model_copy(update={"words": words})], text) == []
