"""Scores: how much of what was expected was said, with 95 % intervals, and what was missed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

from pydantic import BaseModel, ConfigDict

Z = NormalDist().inv_cdf(0.975)
"""Standard deviations on either side within which 95 % of a normal distribution lie."""


class Mark(BaseModel):
    """What one reply earned in one score."""

    model_config = ConfigDict(frozen=True)

    value: float
    """From 0, all missed, to 1."""
    asked: str
    expected: str
    said: str
    gravity: float = 1.0
    """How bad a miss it is; comparable within one score only."""


class Score(BaseModel):
    """How much of what was expected was said, over a data set or a part of it."""

    model_config = ConfigDict(frozen=True)

    data_set: str
    measure: str
    part: str = ""
    """Which cases, such as those of a style; empty where it is all that the measure applies to."""
    value: float
    low: float
    high: float
    """The ends of the interval."""
    right: float
    of: int
    misses: tuple[Mark, ...] = ()
    """Worst first."""

    @property
    def name(self) -> str:
        return f"{self.data_set}: {self.measure}" + (f" ({self.part})" if self.part else "")


def compute_interval(right: float, of: int) -> tuple[float, float]:
    """Return Wilson's score interval at 95 %: from 0 to 1 where there is nothing to go by.

    For a mean of values between 0 and 1 it is wider than it has to be, since no such values vary more than hits do.
    """
    if not of:
        return 0.0, 1.0
    share, square = right / of, Z**2 / of
    middle = (share + square / 2) / (1 + square)
    spread = math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def count_score(
    data_set: str, measure: str, right: float, of: int, *, part: str = "", misses: Iterable[Mark] = ()
) -> Score:
    """Return `right` of `of` as a score."""
    low, high = compute_interval(right, of)
    return Score(
        data_set=data_set,
        measure=measure,
        part=part,
        value=right / of if of else 0.0,
        low=low,
        high=high,
        right=right,
        of=of,
        misses=tuple(sorted(misses, key=lambda mark: -mark.gravity)),
    )


def score_marks(data_set: str, measure: str, marks: Iterable[Mark], *, part: str = "") -> Score:
    """Return the mean of marks, and which were not full."""
    listed = list(marks)
    right = math.fsum(mark.value for mark in listed)
    misses = (mark for mark in listed if mark.value < 1)
    return count_score(data_set, measure, right, len(listed), part=part, misses=misses)


def score_parts(data_set: str, measure: str, marks: Iterable[tuple[str, Mark]]) -> list[Score]:
    """Return a score for each part that marks are named after, in alphabetical order; none where all is one part."""
    parts: dict[str, list[Mark]] = {}
    for part, mark in marks:
        parts.setdefault(part, []).append(mark)
    if len(parts) == 1:
        return []
    return [score_marks(data_set, measure, parts[part], part=part) for part in sorted(parts)]


def score_f1(
    data_set: str, hits: int, *, wrong: int, missing: int, part: str = "", misses: Iterable[Mark] = ()
) -> Score:
    """Return the harmonic mean of precision and recall.

    It grows with the share of hits among all that was found or had to be, and its interval is that share's.
    """
    low, high = compute_interval(hits, hits + wrong + missing)
    counted = count_score(data_set, "findings F1", 2 * hits, 2 * hits + wrong + missing, part=part, misses=misses)
    return counted.model_copy(update={"low": 2 * low / (1 + low), "high": 2 * high / (1 + high)})
