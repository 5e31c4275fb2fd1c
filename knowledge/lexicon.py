"""Words → passages: BM25 over the same texts that the vector index holds, for names and rare words."""

from __future__ import annotations

import logging

import bm25s
import numpy as np

from knowledge.index import list_records
from knowledge.lesson import Lesson

CANDIDATES = 48

# It tells of every step, whatever level is asked for.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class Lexicon:
    """A lexical index of one lesson, in memory."""

    def __init__(self, lesson: Lesson) -> None:
        records = list(list_records(lesson))
        self._passages = [record.passage for record in records]
        self._ranking = bm25s.BM25()
        self._ranking.index(_split_words([record.text for record in records]), show_progress=False)

    def search(self, text: str) -> dict[str, float]:
        """Return passages that share words with a text by how much they do, from above 0 to 1 for the best."""
        words = _split_words([text])
        limit = min(CANDIDATES, len(self._passages))
        places, scores = self._ranking.retrieve(words, k=limit, show_progress=False, n_threads=0)
        best = float(np.max(scores, initial=0.0))
        found: dict[str, float] = {}
        for place, score in zip(places[0], scores[0], strict=True):
            if score > 0:
                found.setdefault(self._passages[int(place)], float(score) / best)
        return found


def _split_words(texts: list[str]) -> list[list[str]]:
    words: list[list[str]] = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    return words
