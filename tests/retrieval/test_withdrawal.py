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
    ],
)
def test_what_is_said_to_stay_is_taken_back(text: str) -> None:
    assert withdraw_facts(KNOWN, text).findings == (FIXED_TASK,)


@pytest.mark.parametrize(
    "text",
    ["the format never changes", "we have 20k examples now", "prices change daily", "and the wording is the same", ""],
)
def test_what_speaks_of_something_else_takes_nothing_back(text: str) -> None:
    assert withdraw_facts(KNOWN, text) == KNOWN


def test_what_a_sentence_says_to_stay_is_not_found_to_change_in_it() -> None:
    found = Finding(need=Need.CHANGING_FACTS, leaning=Leaning.RETRIEVAL, words="changing facts")

    assert drop_withdrawn([found, FIXED_TASK], "One fixed task, no changing facts.") == [FIXED_TASK]
    assert drop_withdrawn([found], "We have changing facts. The form never changes.") == [found]
