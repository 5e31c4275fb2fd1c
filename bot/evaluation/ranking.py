"""How well a ranking puts first what is relevant: the measures of information retrieval, as trec_eval defines them.

A ranking holds distinct names, most relevant first; what is relevant is so in one and the same degree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TypeAlias

Measure: TypeAlias = Callable[[Sequence[str], AbstractSet[str]], float]
"""From a ranking and what is relevant to a value between 0 and 1."""


def rank_distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, where it first stands."""
    return tuple(dict.fromkeys(names))


def measure_hit(ranked: Sequence[str], relevant: AbstractSet[str], *, within: int) -> float:
    """Return 1 where something relevant is among the first `within`, else 0 (Hit@k, also called Success@k)."""
    return float(any(name in relevant for name in ranked[:within]))


def measure_reciprocal_rank(ranked: Sequence[str], relevant: AbstractSet[str]) -> float:
    """Return 1 divided by the place of the first that is relevant, 0 where none is; its mean is MRR."""
    return next((1 / place for place, name in enumerate(ranked, 1) if name in relevant), 0.0)


def measure_ndcg(ranked: Sequence[str], relevant: AbstractSet[str], *, within: int) -> float:
    """Return the discounted gain of the first `within`, divided by that of the best possible ranking (nDCG@k)."""
    gain = math.fsum(_discount(place) for place, name in enumerate(ranked[:within], 1) if name in relevant)
    best = math.fsum(map(_discount, range(1, min(within, len(relevant)) + 1)))
    return gain / best if best else 0.0


def _discount(place: int) -> float:
    return 1 / math.log2(place + 1)


MEASURES: dict[str, Measure] = {
    "Hit@1": partial(measure_hit, within=1),
    "Hit@3": partial(measure_hit, within=3),
    "MRR": measure_reciprocal_rank,
    "nDCG@5": partial(measure_ndcg, within=5),
}
