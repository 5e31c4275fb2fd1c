"""What a chat model finds counts where it stands in the text and our own reader holds it possible."""

from __future__ import annotations

import json

import numpy as np
import pytest

from knowledge.reader import Marked
from knowledge.signals import Leaning, Need
from retrieval.generation.reading import POSSIBLE, confirm_findings, find_words, read_findings
from retrieval.profile import Finding
from tests.fakes import UntaughtReader
from tests.retrieval.generation.samples import ScriptedModel

TEXT = "Nothing may leave our\n  network, and the party is at noon. We retrain every Monday."


class OneSidedReader(UntaughtReader):
    """A Reader that sees a sign of its one signal, privacy, in one word, and this clearly."""

    def __init__(self, word: str, likelihood: float) -> None:
        self.word = word
        self.likelihood = likelihood

    def mark_signals(self, text: str) -> list[Marked]:
        start = text.index(self.word)
        likely = np.array([self.likelihood], dtype=np.float32)
        return [Marked(0, start, np.zeros(1, dtype=np.float32)), Marked(start, start + len(self.word), likely)]


def report(need: str, leaning: str, words: str) -> dict[str, str]:
    return {"need": need, "leaning": leaning, "words": words}


async def read(*findings: dict[str, str]) -> list[tuple[str, str]]:
    found = await read_findings(TEXT, ScriptedModel({"findings": list(findings)}))
    return [(str(finding.signal), finding.words) for finding in found]


async def test_findings_are_quoted_in_the_text_s_own_letters() -> None:
    assert await read(report("privacy", "fine_tuning", "nothing may leave our network")) == [
        ("privacy:fine_tuning", "Nothing may leave our\n  network")
    ]


@pytest.mark.parametrize("words", ["stays on our servers", "art", "retrain every Mon", "", "We", "...", "(.*)"])
async def test_findings_whose_words_are_not_in_the_text_are_dropped(words: str) -> None:
    assert await read(report("privacy", "fine_tuning", words)) == []


async def test_a_signal_is_found_once() -> None:
    twice = [report("privacy", "fine_tuning", words) for words in ("our network", "may leave")]

    assert await read(*twice) == [("privacy:fine_tuning", "our\n  network")]


@pytest.mark.parametrize(("need", "leaning"), [("privacy", "retrieval"), ("changing_facts", "fine_tuning")])
async def test_a_leaning_that_a_need_cannot_have_is_dropped(need: str, leaning: str) -> None:
    assert await read(report(need, leaning, "every Monday")) == []


async def test_facts_that_change_lean_to_retrieval() -> None:
    assert await read(report("changing_facts", "retrieval", "every Monday")) == [
        ("changing_facts:retrieval", "every Monday")
    ]


async def test_a_chat_model_is_told_every_need_and_what_it_means_to_lean() -> None:
    model = ScriptedModel({"findings": []})
    await read_findings(TEXT, model)
    data = json.loads(model.prompts[0][-1].text)

    assert data["description"] == TEXT
    assert [need["need"] for need in data["needs"]] == list(Need)
    assert all(need["about"] and need["leanings"].keys() <= set(Leaning) for need in data["needs"])


@pytest.mark.parametrize(
    ("words", "kept"), [("leave our network", True), ("Nothing may", False), ("not in the text", False)]
)
def test_a_finding_is_confirmed_by_a_sign_in_its_own_words(words: str, kept: bool) -> None:  # noqa: FBT001 - a table
    text = "Nothing may leave our network."
    finding = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words=words)

    confirmed = confirm_findings([finding], text, OneSidedReader("network", POSSIBLE))
    assert confirmed == ([finding] if kept else [])


def test_a_finding_that_our_reader_holds_impossible_is_dropped() -> None:
    finding = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words="leave our network")

    assert confirm_findings([finding], "Nothing may leave our network.", OneSidedReader("network", 0.1)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PARTY", "party"),
        ("our network", "our\n  network"),
        ("network,", "network,"),
        ("the  party", "the party"),
        ("part", ""),
        ("arty", ""),
        ("is", ""),
    ],
)
def test_words_are_found_as_whole_words_whatever_their_case_and_spacing(words: str, found: str) -> None:
    assert find_words(words, TEXT) == found
