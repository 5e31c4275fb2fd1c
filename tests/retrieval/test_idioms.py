from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.idioms import heed_idioms
from retrieval.profile import Finding

FEW = Leaning.PROMPT_ENGINEERING


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We have 200k emails, all labelled", "all labelled"),
        ("all our data is labelled", "all our data is labelled"),
        ("Everything is already annotated.", "Everything is already annotated"),
    ],
)
def test_a_set_phrase_takes_the_place_of_what_else_was_read_in_its_words(text: str, words: str) -> None:
    misread = Finding(need=Need.DATA_REQUIREMENT, leaning=FEW, words=words)
    other = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words=words)

    heeded = heed_idioms([misread, other], text)

    assert heeded == [other, Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words=words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the ML engineer has just quit", "the ML engineer has just quit"),
        ("Our two data scientists left.", "Our two data scientists left"),
        ("my developer's left us", "my developer's left us"),
        ("our ML engineer left last month", "our ML engineer left"),
        ("Our ML guy was laid off, so it is just me", "Our ML guy was laid off"),
        ("the data people have all been let go and I am alone", "the data people have all been let go"),
        ("my machine learning team is gone", "my machine learning team is gone"),
        ("all of our ML engineers have left", "our ML engineers have left"),
        ("all our data scientists quit", "our data scientists quit"),
    ],
)
def test_who_is_no_longer_there_can_train_nothing(text: str, words: str) -> None:
    misread = Finding(need=Need.TECHNICAL_REQUIREMENTS, leaning=Leaning.FINE_TUNING, words=text)

    assert heed_idioms([misread], text) == [Finding(need=Need.TECHNICAL_REQUIREMENTS, leaning=FEW, words=words)]


@pytest.mark.parametrize(
    "text",
    [
        "our engineers left 2,000 labelled logs",
        "our engineers left us their notes",
        "the data people left this to us",
        "our ML guy got promoted",
        "only the ML team is left.",
        "our data team was let go, but we hired a new one",
        "my ML engineers left so much labelled data",
        "one of our data scientists left.",
        "not all of our data scientists have left",
        "half our engineers left.",
        "unless our ML team is fired",
        "once our ML team is gone, nobody tunes",
        "before our ML team left, they labelled everything",
        "our engineers left the team 9,000 labelled mails",
        "none of our engineers has left",
        "if our engineers quit, we are lost",
    ],
)
def test_who_leaves_something_behind_or_has_not_left_may_train(text: str) -> None:
    read = [Finding(need=Need.TECHNICAL_REQUIREMENTS, leaning=Leaning.FINE_TUNING, words="engineers")]

    assert heed_idioms(read, text) == read


@pytest.mark.parametrize("text", ["not all of it is labelled", "all of it is unlabelled", "labelled by all of us", ""])
def test_what_is_no_set_phrase_stays_as_it_was_read(text: str) -> None:
    read = [Finding(need=Need.DATA_REQUIREMENT, leaning=FEW, words=text or "none")]

    assert heed_idioms(read, text) == read


def test_a_set_phrase_leaves_what_was_read_elsewhere_in_the_same_words() -> None:
    text = "All 3000 emails are labelled; for the letters there are none."
    letters = Finding(need=Need.DATA_REQUIREMENT, leaning=FEW, words="for the letters there are none")

    heeded = heed_idioms([letters], text)

    emails = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="All 3000 emails are labelled")
    assert heeded == [letters, emails]
