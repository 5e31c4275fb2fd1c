"""Scenario → Findings: what a description shows of each need, which way it leans, and in which words."""

from __future__ import annotations

import re

import numpy as np

from knowledge.listing import order_items
from knowledge.reader import Marked, Scores
from knowledge.signals import Leaning, Need, Signal, parse_signal
from knowledge.store import Knowledge
from retrieval.idioms import heed_idioms
from retrieval.marking import mark_description
from retrieval.profile import Finding

SHOWN = 0.5
"""Likelihood from which a description counts as showing a signal."""
SHOWN_FACTS = 0.35
"""The same for facts that are missing or change: to overlook them costs more than to look them up in vain."""
FACTS = str(Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL))
STRONGEST = 3
"""Pieces whose mean is that likelihood; the reader is trained to it."""
AROUND = 0.5
"""Share of the highest likelihood down to which the words around it belong to the finding."""
GAP = 2
"""Pieces below that share which a finding's words may run over."""
WORD = re.compile(r"\S+")
LONGEST_WORD = 60
"""Letters of what may be a word; what is longer stands for nothing that could be quoted."""
REST = re.compile(r"(?:and|or|but|so)", re.IGNORECASE)
"""Words that only lead from one clause to another."""
EDGES = " \t\n,;:.()\"“”'•*-–—"


def read_scenario(text: str, knowledge: Knowledge) -> list[Finding]:
    """Return the findings of a description in its order, each in the words that show it, one for each signal."""
    ordered = order_items(text)
    marked = mark_description(ordered, knowledge.reader)
    if not marked:
        return []
    likelihoods = np.array([piece.likelihoods for piece in marked])
    strengths = np.sort(likelihoods, axis=0)[-STRONGEST:].mean(axis=0)
    labels = knowledge.reader.labels.signals
    needed = np.array([SHOWN_FACTS if label == FACTS else SHOWN for label in labels])
    findings: list[Finding] = []
    for place in sorted(np.flatnonzero(strengths >= needed), key=lambda place: -strengths[place]):
        words = _find_words(ordered, marked, likelihoods[:, place])
        signal = parse_signal(labels[place])
        if not words or words not in text or signal is None:
            continue
        found = Finding(need=signal.need, leaning=signal.leaning, words=words)
        # What shows more surely that the need leans the other way is found already.
        if not any(found.rivals(surer, text) for surer in findings):
            findings.append(found)
    return sorted(heed_idioms(findings, text), key=lambda finding: text.find(finding.words))


def _find_words(text: str, marked: list[Marked], likelihoods: Scores) -> str:
    """Return the whole words around the strongest piece that show the same, within its line."""
    peak = int(likelihoods.argmax())
    line_start, line_end = _find_line(text, marked[peak].start)
    showing = [
        place
        for place in map(int, np.flatnonzero(likelihoods >= likelihoods[peak] * AROUND))
        if line_start <= marked[place].start and marked[place].end <= line_end
    ]
    first = last = peak
    for place in reversed([place for place in showing if place < peak]):
        first = place if first - place <= GAP else first
    for place in [place for place in showing if place > peak]:
        last = place if place - last <= GAP else last
    peak_word = range(marked[peak].start, marked[peak].end)
    return _take_words(text, range(marked[first].start, marked[last].end), peak_word)


def _find_line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _take_words(text: str, stretch: range, peak: range) -> str:
    """Return the words that a stretch touches, whole, without what stands around them."""
    touched = [word for word in WORD.finditer(text) if word.start() < stretch.stop and word.end() > stretch.start]
    if len(touched) > 1 and touched[0][0].endswith(",") and touched[0].end() <= peak.start:
        touched = touched[1:]
    if len(touched) > 1 and touched[-2][0].endswith(",") and touched[-1].start() >= peak.stop:
        touched = touched[:-1]
    while touched and _is_rest(touched[0][0]):
        touched = touched[1:]
    while touched and _is_rest(touched[-1][0]):
        touched = touched[:-1]
    return text[touched[0].start() : touched[-1].end()].strip(EDGES) if touched else ""


def _is_rest(word: str) -> bool:
    """Tell whether a word at the edge says nothing by itself, or is none."""
    bare = word.strip(EDGES)
    return not any(map(str.isalnum, bare)) or len(bare) > LONGEST_WORD or bool(REST.fullmatch(bare))
