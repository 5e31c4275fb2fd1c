"""How well supported statements are told from others: half of `grounding/statements.jsonl` was never looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.embedder import Embedder
from knowledge.lesson import Lesson
from retrieval.generation.draft import Statement
from retrieval.generation.grounding import find_faults

STATEMENTS = Path(__file__).parent / "grounding" / "statements.jsonl"
PASSING, SLIPPING = 0.64, 0.26
"""Shares of the unseen statements: of the supported ones that pass at least, and of the others at most."""


@pytest.fixture(scope="module")
def judged(lesson: Lesson, embedder: Embedder) -> list[tuple[dict[str, Any], bool]]:
    """The unseen statements, each with whether it passes."""
    passages = {passage.id: passage for passage in lesson.passages}
    unseen = [case for line in STATEMENTS.read_text("utf-8").splitlines() if not (case := json.loads(line))["seen"]]
    return [(case, _passes(case, [passages[name] for name in case["passages"]], embedder)) for case in unseen]


def _passes(case: dict[str, Any], cited: list[Any], embedder: Embedder) -> bool:
    statement = Statement(case["sentence"], tuple(range(1, len(cited) + 1)))
    return not find_faults([statement], cited, embedder)


def test_two_thirds_of_what_is_supported_pass(judged: list[tuple[dict[str, Any], bool]]) -> None:
    passing = [passes for case, passes in judged if case["supported"]]
    assert sum(passing) >= PASSING * len(passing)


def test_three_quarters_of_what_is_not_supported_are_stopped(judged: list[tuple[dict[str, Any], bool]]) -> None:
    passing = [passes for case, passes in judged if not case["supported"]]
    assert sum(passing) <= SLIPPING * len(passing)


@pytest.mark.parametrize("kind", ["instruction", "foreign", "figure"])
def test_what_harms_most_hardly_ever_passes(kind: str, judged: list[tuple[dict[str, Any], bool]]) -> None:
    passing = [passes for case, passes in judged if case["kind"] == kind]
    assert sum(passing) <= 0.2 * len(passing)
