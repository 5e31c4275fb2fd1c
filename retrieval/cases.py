"""Published cases: when each was published, and which are near to what somebody is interested in."""

from __future__ import annotations

import re

from knowledge.lesson import Passage
from knowledge.store import Knowledge
from retrieval.evidence import LEXICAL_WEIGHT
from retrieval.sections import list_sections

YEAR = re.compile(r"\((\d{4})\)")
"""How a source gives its year."""
NEIGHBOURS = 512
"""Texts of the index that are looked at."""
NEAR = 0.5
"""Similarity, or share of words, from which a case is near."""


def find_year(case: Passage) -> int | None:
    """Return the year of a case's newest source; None where no source gives one."""
    return max(map(int, YEAR.findall(case.source)), default=None)


def search_cases(words: str, knowledge: Knowledge) -> list[Passage]:
    """Return the cases that are near to words in meaning, or share them, the nearest first; few or none."""
    meant = knowledge.speller.mend_text(words)
    shared = knowledge.lexicon.search(meant)
    hits = knowledge.index.search(knowledge.embedder.embed([meant])[0], NEIGHBOURS)
    near = {hit.passage: hit.similarity for hit in hits}
    found = [
        case
        for case in list_sections(knowledge.lesson, "case")
        if max(near.get(case.id, 0.0), shared.get(case.id, 0.0)) >= NEAR
    ]
    return sorted(found, key=lambda case: -near.get(case.id, 0.0) - LEXICAL_WEIGHT * shared.get(case.id, 0.0))
