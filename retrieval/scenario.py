"""Scenario → Findings: each statement of a description is read for a need and which way it leans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.heads import describe_texts
from knowledge.signals import CHATTER, Need, Signal, parse_signal
from knowledge.store import Knowledge
from retrieval.profile import Finding

SURE = 0.6
"""Likelihood from which a statement counts as evidence."""
FEWEST_WORDS = 2
MOST_STATEMENTS = 200

STATEMENT = re.compile(r"[^\n.!?;•]+(?:[.](?=\d)[^\n.!?;•]+)*[.!?;]*")
CLAUSE = re.compile(r"\s*(?:,(?!\d)|:|\s[-–—]+\s|\bbut\b|\bhowever\b|\balthough\b|\bwhile\b|\bplus\b|\()\s*")


def read_scenario(text: str, knowledge: Knowledge) -> list[Finding]:
    """Return the findings of a description in its order, each in the words that show it, one for each signal."""
    best: dict[Signal, tuple[float, Finding]] = {}
    for sentence in list(split_statements(text))[:MOST_STATEMENTS]:
        for likelihood, finding in _read_statement(sentence, knowledge):
            if finding.signal not in best or likelihood > best[finding.signal][0]:
                best[finding.signal] = (likelihood, finding)
    findings = [finding for _, finding in best.values()]
    return sorted(findings, key=lambda finding: text.find(finding.words))


def split_statements(text: str) -> Iterator[str]:
    """Yield the sentences and list items of a text, word for word."""
    for found in STATEMENT.finditer(text):
        statement = found.group().strip(" \t-*")
        if len(statement.split()) >= FEWEST_WORDS:
            yield statement


def split_clauses(statement: str) -> list[str]:
    """Return the clauses of a statement, word for word; the statement itself where it is one."""
    clauses = [clause.strip(" ()") for clause in CLAUSE.split(statement)]
    return [clause for clause in clauses if len(clause.split()) >= FEWEST_WORDS] or [statement]


def _read_statement(statement: str, knowledge: Knowledge) -> Iterator[tuple[float, Finding]]:
    """Yield what the statement as a whole shows, and what each clause shows that the whole does not."""
    units = list(dict.fromkeys([statement, *split_clauses(statement)]))
    seen: set[Need] = set()
    judged = knowledge.heads.signal.judge(describe_texts(units, knowledge.embedder))
    for unit, likelihoods in sorted(zip(units, judged, strict=True), key=lambda pair: len(pair[0])):
        label = max(likelihoods, key=likelihoods.__getitem__)
        signal = parse_signal(label)
        if (
            signal is None
            or likelihoods[label] < SURE
            or label == CHATTER
            or (unit == statement and signal.need in seen)
        ):
            continue
        seen.add(signal.need)
        yield likelihoods[label], Finding(need=signal.need, leaning=signal.leaning, words=unit)
