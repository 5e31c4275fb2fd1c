"""`python -m tests.benchmarks.rivals`: other ways to read a description, on the same sentences and the same cases.

Each rival reads clause by clause with the untuned embedding model; findings go through the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.bootstrap import build_store
from bot.evaluation.cases import ProjectCase
from bot.progress import ProgressReport
from bot.settings import load_settings
from knowledge.embedder import Embedder, Vectors
from knowledge.signals import CHATTER, Signal, load_statements, parse_signal
from knowledge.store import Knowledge
from knowledge.training.examples import list_scenarios
from retrieval.advisor import is_enough
from retrieval.rules import decide
from retrieval.scenario import read_scenario
from tests.evals.gate import read_own_data_sets

CLAUSE = re.compile(r"[^\n.!?;,:()]+(?:[.,](?=\d)[^\n.!?;,:()]+)*")
FEWEST_WORDS = 2
NEIGHBOURS = 5
SURE = 0.5

Read = Callable[[str], frozenset[Signal]]


def main() -> None:
    """Print for each way of reading how many verdicts are right and the F1 of findings."""
    with ProgressReport() as report:
        knowledge = build_store(load_settings(), report).open()
    cases = [case for data_set in read_own_data_sets() for case in data_set.cases if isinstance(case, ProjectCase)]
    labels, texts = zip(*_list_clauses(), strict=True)
    vectors = knowledge.embedder.embed(texts)
    rivals: dict[str, Read] = {
        f"nearest sentences (k = {NEIGHBOURS})": _read_by_neighbours(labels, vectors, knowledge.embedder),
        "linear head": _read_by_head(labels, vectors, knowledge.embedder),
        "tuned reader": _read_as_served(knowledge),
    }
    for name, read in rivals.items():
        found = [read(case.text) for case in cases]
        right = sum(_judge(signals) == case.label for case, signals in zip(cases, found, strict=True))
        print(f"{name:<32} verdicts {right / len(cases):.1%}   findings F1 {_score_findings(cases, found):.1%}")


def _list_clauses() -> Iterator[tuple[str, str]]:
    """Yield all we have to learn from: statements, the marked words of scenarios, and clauses that nothing marks."""
    yield from load_statements()
    for scenario in list_scenarios():
        yield from ((str(mark.signal), mark.words) for mark in scenario.findings)
        marked = " ".join(mark.words for mark in scenario.findings)
        yield from ((CHATTER, clause) for clause in _split_clauses(scenario.text) if clause not in marked)


def _read_by_neighbours(labels: tuple[str, ...], vectors: Vectors, embedder: Embedder) -> Read:
    names = np.array(labels)

    def read(text: str) -> frozenset[Signal]:
        clauses = _split_clauses(text)
        nearest = np.argsort(-(embedder.embed(clauses) @ vectors.T), axis=1)[:, :NEIGHBOURS]
        votes = [np.unique(names[row], return_counts=True) for row in nearest]
        return _collect(str(found[counts.argmax()]) for found, counts in votes if counts.max() > NEIGHBOURS / 2)

    return read


def _read_by_head(labels: tuple[str, ...], vectors: Vectors, embedder: Embedder) -> Read:
    head = LogisticRegression(C=10.0, max_iter=300).fit(vectors, labels)

    def read(text: str) -> frozenset[Signal]:
        likelihoods = head.predict_proba(embedder.embed(_split_clauses(text)))
        return _collect(str(head.classes_[row.argmax()]) for row in likelihoods if row.max() >= SURE)

    return read


def _read_as_served(knowledge: Knowledge) -> Read:
    return lambda text: frozenset(finding.signal for finding in read_scenario(text, knowledge))


def _split_clauses(text: str) -> list[str]:
    clauses = [clause.strip() for clause in CLAUSE.findall(text)]
    return [clause for clause in clauses if len(clause.split()) >= FEWEST_WORDS] or [text]


def _collect(labels: Iterator[str]) -> frozenset[Signal]:
    return frozenset(signal for signal in map(parse_signal, labels) if signal)


def _judge(signals: frozenset[Signal]) -> str:
    return str(decide(signals)) if is_enough(signals) else "ask"


def _score_findings(cases: list[ProjectCase], found: list[frozenset[Signal]]) -> float:
    gold = [{Signal(finding.need, finding.leaning) for finding in case.findings or ()} for case in cases]
    hits = sum(len(right & said) for right, said in zip(gold, found, strict=True))
    return 2 * hits / (sum(map(len, gold)) + sum(map(len, found)))


if __name__ == "__main__":
    main()
