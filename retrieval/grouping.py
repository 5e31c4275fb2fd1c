"""Texts grouped by meaning: those that ask for the same thing, however they put it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder

Means: TypeAlias = npt.NDArray[np.float64]
Group: TypeAlias = tuple[int, ...]
"""Where the texts of one meaning stand among all, the one nearest to their middle first."""

ALIKE = 0.45
"""Mean cosine between two groups from which they are one; seen to keep paraphrases together and subjects apart."""
DIGITS = 6
"""Of a similarity; what differs by less is equally near."""


def group_texts(texts: Sequence[str], embedder: Embedder) -> list[Group]:
    """Return groups that hold each text once, the largest first; the order of the texts plays no part."""
    places = sorted(range(len(texts)), key=texts.__getitem__)
    vectors = embedder.embed([texts[place] for place in places]).astype(np.float64) if texts else np.empty((0, 0))
    groups = [_sort_members(members, vectors) for members in merge_alike(vectors)]
    # Sorted texts stand for themselves: groups of one size come in the order of their typical texts.
    groups.sort(key=lambda members: (-len(members), members[0]))
    return [tuple(places[member] for member in members) for members in groups]


def merge_alike(vectors: Means) -> list[list[int]]:
    """Return the rows of unit vectors in groups: the two nearest groups become one for as long as they are alike.

    Nearness is the mean cosine between the rows of one group and those of the other (average linkage), which is the
    cosine of their means. Takes the square of the number of rows in memory, and its cube in time.
    """
    means = vectors.copy()
    groups = [[row] for row in range(len(means))]
    similarity = means @ means.T
    np.fill_diagonal(similarity, -np.inf)
    while len(groups) > 1:
        first, second = sorted(divmod(int(similarity.argmax()), len(groups)))
        if similarity[first, second] < ALIKE:
            break
        means[first] = np.average(means[[first, second]], axis=0, weights=[len(groups[first]), len(groups[second])])
        groups[first] += groups[second]
        groups[second] = []
        _forget_row(similarity, second)
        gone = np.isneginf(similarity[first])
        similarity[first] = similarity[:, first] = np.where(gone, -np.inf, means @ means[first])
    return [group for group in groups if group]


def _forget_row(similarity: Means, row: int) -> None:
    similarity[row] = similarity[:, row] = -np.inf


def _sort_members(members: list[int], vectors: Means) -> list[int]:
    middle = vectors[members].mean(axis=0)
    return sorted(members, key=lambda member: (-round(float(vectors[member] @ middle), DIGITS), member))
