"""A description → findings that a chat model sees in it and that our own reader holds possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.listing import order_items
from knowledge.reader import Marked, Reader
from knowledge.signals import Leaning, Need, Signal
from retrieval.generation.chat_model import ChatModel
from retrieval.generation.prompts import give_data, load_prompts
from retrieval.profile import Finding
from retrieval.questions import load_questions

POSSIBLE = 0.2
"""Likelihood, in the words that are quoted, from which our own reader holds a finding possible."""
FEWEST_LETTERS = 3
MOST_WORDS = 30
"""Of a quotation; with more, any sign anywhere in a description would bear out any finding."""


class ReadFinding(BaseModel):
    """One finding, as a chat model returns it."""

    model_config = ConfigDict(extra="forbid")

    need: Need
    leaning: Leaning
    words: str


class ReadFindings(BaseModel):
    """All findings of a description."""

    model_config = ConfigDict(extra="forbid")

    findings: list[ReadFinding]


async def read_findings(text: str, model: ChatModel) -> list[Finding]:
    """Return what a chat model finds in a description and can quote; ChatModelError where it does not answer."""
    data = {"description": text, "needs": [_describe_need(need) for need in Need]}
    read = await model.fill_shape(give_data(load_prompts().findings, data), ReadFindings)
    return list(_quote_findings(read.findings, text))


def confirm_findings(read: Iterable[Finding], text: str, reader: Reader) -> list[Finding]:
    """Return the findings that our own reader sees a sign of in the same words: two agree, or nothing is found."""
    ordered = order_items(text)
    marked = reader.mark_signals(ordered)
    return [finding for finding in read if _is_possible(finding, ordered, marked, reader.labels.signals)]


def _describe_need(need: Need) -> dict[str, object]:
    asked = load_questions()[need]
    leanings = {str(leaning): answer for answer, leaning in asked.choices.items()}
    return {"need": str(need), "about": asked.question, "leanings": leanings}


def _quote_findings(read: Sequence[ReadFinding], text: str) -> Iterator[Finding]:
    """Yield the findings whose words stand in the text, each signal once, in the text's own letters."""
    seen = set()
    for each in read:
        retrieval = (each.need is Need.CHANGING_FACTS) == (each.leaning is Leaning.RETRIEVAL)
        found = find_words(each.words, text)
        signal = Signal(each.need, each.leaning)
        if found and retrieval and signal not in seen:
            seen.add(signal)
            yield Finding(need=each.need, leaning=each.leaning, words=found)


def find_words(words: str, text: str) -> str:
    """Return words as a text has them, whatever their letter case and spacing; nothing where that is no quotation."""
    parts = words.split()
    if len("".join(parts)) < FEWEST_LETTERS or len(parts) > MOST_WORDS:
        return ""
    quoted = r"\s+".join(map(re.escape, parts))
    found = re.search(rf"(?<!\w){quoted}(?!\w)", text, re.IGNORECASE)
    return found.group() if found else ""


def _is_possible(finding: Finding, text: str, marked: Sequence[Marked], signals: Sequence[str]) -> bool:
    start = text.find(finding.words)
    end = start + len(finding.words)
    inside = [piece.likelihoods for piece in marked if start <= piece.start < end] if start >= 0 else []
    return bool(inside) and float(np.max(inside, axis=0)[signals.index(str(finding.signal))]) >= POSSIBLE
