"""The gate: scores may not fall below those that are committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.evaluation.cases import DataSet, read_data_sets
from bot.evaluation.results import Results

FOLDER = Path(__file__).parent
COMMITTED = FOLDER / "scores.json"
EVERY = 3
"""Of the cases, the one that the tests measure; `make eval` measures all."""
RENEW = "look at what changed with `make eval`, then run `make scores` and commit tests/evals/scores.json"

TOLERANCE = 0.02
"""How far a score may fall: two points or one case, whichever is more.

Nothing is random, but processors round differently, which can tip a case; and a change for the better often costs a few
cases elsewhere. Where there are few cases, one is more than two points (with 20, five). Two points are a quarter of the
width of the interval at 300 cases: what falls further is worth a look, though other cases might not show it.
"""
ROUNDING = 1e-6


class Count(BaseModel):
    """A score as committed."""

    model_config = ConfigDict(frozen=True)

    right: float
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of

    @property
    def floor(self) -> float:
        return self.value - max(TOLERANCE, 1 / self.of) - ROUNDING


class Committed(BaseModel):
    """What `scores.json` holds."""

    model_config = ConfigDict(frozen=True)

    cases: dict[str, int]
    scores: dict[str, Count]


def read_own_data_sets() -> tuple[DataSet, ...]:
    """Return every data set that lies beside this file."""
    return read_data_sets(sorted(FOLDER.glob("*.jsonl")))


def take_sample(data_sets: Iterable[DataSet]) -> tuple[DataSet, ...]:
    """Return every `EVERY`th case of each data set: what the tests measure, to be quick."""
    return tuple(replace(data_set, cases=data_set.cases[::EVERY]) for data_set in data_sets)


def condense_results(results: Results) -> Committed:
    """Return what is committed of results: all scores that are not of a part."""
    whole = (score for score in results.scores if not score.part)
    return Committed(
        cases=results.cases,
        scores={score.name: Count(right=round(score.right, 6), of=score.of) for score in whole},
    )


def list_falls(committed: Committed, measured: Committed) -> Iterator[str]:
    """Yield in a line each what is worse than committed, or can no longer be compared."""
    if measured.cases != committed.cases:
        yield f"the data sets had {committed.cases} cases and now have {measured.cases}"
    for name, count in committed.scores.items():
        now = measured.scores.get(name)
        if now is None:
            yield f"{name} is no longer measured"
        elif now.value < count.floor:
            yield f"{name} must be at least {count.floor:.1%}, not {now.value:.1%}"
    yield from (f"{name} is not committed" for name in measured.scores if name not in committed.scores)
