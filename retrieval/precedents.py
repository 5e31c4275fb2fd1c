"""Description → published cases like it, whose method does not contradict what was decided."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Method
from knowledge.embedder import Vectors
from knowledge.lesson import Passage
from knowledge.store import Knowledge
from retrieval.extractive import split_sentences
from retrieval.recommendation import Verdict

PATH = Path(__file__).with_name("precedents.yaml")
NEIGHBOURS = 512
"""Texts of the index that are looked at for one description."""
CANDIDATES = 6
"""Cases that are compared closely."""
TASK = re.compile(r"^Task: |\(.*", re.DOTALL)
"""What a case's first sentence says besides its task."""


class PrecedentRules(BaseModel):
    """What `precedents.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    alike: float
    also_alike: float
    most: int
    about_methods: frozenset[str]


@cache
def load_precedent_rules() -> PrecedentRules:
    return PrecedentRules.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


def find_precedents(description: str, verdict: Verdict, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the ids of passages on cases like the description, few or none, the most similar first."""
    cases = _search_cases(description, verdict, knowledge) if description else []
    if not cases:
        return ()
    rules, similarities = load_precedent_rules(), _compare(description, cases, knowledge)
    first, *further = np.argsort(-similarities)[: rules.most]
    told = [place for place in [first] if similarities[place] >= rules.alike]
    told += [place for place in further if similarities[place] >= rules.also_alike]
    return tuple(cases[place].id for place in told)


def _search_cases(description: str, verdict: Verdict, knowledge: Knowledge) -> list[Passage]:
    """Return cases that are near in meaning, and whose method does not contradict the verdict."""
    methods = list(Method) if verdict is Verdict.BOTH else [Method(verdict), Method.BOTH]
    fitting = {
        each.id: each
        for each in knowledge.lesson.passages
        if each.kind == "case" and each.method in methods and each.id not in load_precedent_rules().about_methods
    }
    vector = knowledge.embedder.embed([description])[0]
    hits = knowledge.index.search(vector, NEIGHBOURS)
    return [fitting[hit.passage] for hit in hits if hit.passage in fitting][:CANDIDATES]


def _compare(description: str, cases: list[Passage], knowledge: Knowledge) -> Vectors:
    """Return how similar each case is, shape (cases,): as told, or by its task alone where that is more similar."""
    openings = [split_sentences(case.text)[0] for case in cases]
    heads = [f"{case.heading}\n{opening}" for case, opening in zip(cases, openings, strict=True)]
    tasks = [TASK.sub("", opening).strip() for opening in openings]
    vectors = knowledge.embedder.embed([description, *heads, *(case.text for case in cases), *tasks])
    head, whole, task = (vectors[1:] @ vectors[0]).reshape(3, len(cases))
    return np.asarray(np.maximum((head + whole) / 2, task), dtype=np.float32)
