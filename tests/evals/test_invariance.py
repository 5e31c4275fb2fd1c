"""What must not matter does not change the verdict: measured on the described projects of the data sets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from bot.evaluation.cases import ProjectCase
from bot.session import respond
from knowledge.listing import BULLET
from knowledge.training.variation import to_american, to_british
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.evals.gate import read_own_data_sets

pytestmark = pytest.mark.timeout(600)

EVERY = 4
"""Every fourth description is enough to tell; how many of all stay, `README.md` says."""
SHARE = 0.98
"""Of the verdicts that stay, whatever the spelling, and whatever is added that has nothing to do with it."""
CHATTER = (
    "Hi all, long-time reader, first post here.",
    "Sorry for the wall of text, I type this on the train.",
    "Anyway, happy Friday to everybody!",
    "My cat just walked over the keyboard, so forgive the typos.",
    "Thanks in advance, you lot are great.",
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    cases = [case for data_set in read_own_data_sets() for case in data_set.cases if isinstance(case, ProjectCase)]
    return [case.text for case in cases[::EVERY]]


@cache
def find_verdict(assistant: Assistant, text: str) -> str:
    return str(respond(assistant, Conversation(), text, "advise").reply.verdict)


def list_changes(assistant: Assistant, texts: list[str], vary: Callable[[str], str]) -> list[str]:
    varied = [(text, vary(text)) for text in texts]
    differing = [(text, other) for text, other in varied if text != other]
    assert differing
    return [text for text, other in differing if find_verdict(assistant, text) != find_verdict(assistant, other)]


@pytest.mark.parametrize("turn", [str.lower, str.upper])
def test_the_letter_case_does_not_matter(assistant: Assistant, texts: list[str], turn: Callable[[str], str]) -> None:
    assert list_changes(assistant, texts, turn) == []


def test_the_order_of_a_list_does_not_matter(assistant: Assistant, texts: list[str]) -> None:
    def shuffle(text: str) -> str:
        lines = text.split("\n")
        places = [place for place, line in enumerate(lines) if BULLET.match(line)]
        for place, line in zip(places, Random(1).sample([lines[place] for place in places], len(places)), strict=True):
            lines[place] = line
        return "\n".join(lines)

    listed = [
        "We plan this:\n- " + "\n- ".join(text.split(". "))
        for text in texts
        if text.count(". ") > 2 and "\n" not in text
    ]
    assert list_changes(assistant, listed, shuffle) == []


@pytest.mark.parametrize("turn", [to_american, to_british])
def test_spelling_hardly_matters(assistant: Assistant, texts: list[str], turn: Callable[[str], str]) -> None:
    assert len(list_changes(assistant, texts, turn)) <= len(texts) * (1 - SHARE)


@pytest.mark.parametrize("place", ["before", "after"])
def test_chatter_hardly_matters(assistant: Assistant, texts: list[str], place: str) -> None:
    def add(text: str) -> str:
        said = CHATTER[len(text) % len(CHATTER)]
        return f"{said} {text}" if place == "before" else f"{text} {said}"

    assert len(list_changes(assistant, texts, add)) <= len(texts) * (1 - SHARE)
