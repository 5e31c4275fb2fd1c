"""Gates and weights, as `rules.yaml` has them, and the verdict they lead to.

The rules decide; nothing here looks at the user's words.
"""

from __future__ import annotations

from functools import cache
from math import fsum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from knowledge.signals import Leaning, Need, Signal, parse_signal
from retrieval.recommendation import Verdict

PATH = Path(__file__).with_name("rules.yaml")
DIGITS = 6

Signals = frozenset[Signal]


class NeedRule(BaseModel):
    """How much a need counts, and which topic of the lesson says why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[Leaning, float]
    likely: dict[Leaning, float]
    passages: dict[Leaning, str]


class Gate(BaseModel):
    """Findings that settle the verdict: all of `when`, one of `any` where it names some, and none of `unless`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: tuple[Signal, ...]
    any: tuple[Signal, ...] = ()
    unless: tuple[Signal, ...] = ()
    verdict: Verdict

    def applies(self, signals: Signals) -> bool:
        chosen = not self.any or bool(signals.intersection(self.any))
        return chosen and signals.issuperset(self.when) and signals.isdisjoint(self.unless)

    def name_grounds(self, signals: Signals) -> tuple[Signal, ...]:
        """Return those of its findings that are there, in the order of the rule."""
        return tuple(signal for signal in (*self.when, *self.any) if signal in signals)

    @field_validator("when", "any", "unless", mode="before")
    @classmethod
    def _parse_all(cls, labels: list[str]) -> list[Signal | None]:
        return [parse_signal(label) for label in labels]


class Rules(BaseModel):
    """What `rules.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    needs: dict[Need, NeedRule]
    gates: tuple[Gate, ...]
    both_from: float
    enough: int
    decisive: tuple[Signal, ...]
    sure: int

    @field_validator("decisive", mode="before")
    @classmethod
    def _parse_decisive(cls, labels: list[str]) -> list[Signal | None]:
        return [parse_signal(label) for label in labels]

    def weigh_signal(self, signal: Signal) -> float:
        return self.needs[signal.need].weights[signal.leaning]


@cache
def load_rules() -> Rules:
    return Rules.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


def decide(signals: Signals) -> Verdict:
    """Return the verdict on what is known: the first gate that applies, else the heavier side, else both."""
    if gate := find_gate(signals):
        return gate.verdict
    tuned, prompted = weigh_sides(signals)
    if min(tuned, prompted) >= load_rules().both_from:
        return Verdict.BOTH
    return Verdict.FINE_TUNING if tuned > prompted else Verdict.PROMPT_ENGINEERING


def find_gate(signals: Signals) -> Gate | None:
    """Return the gate that settles the verdict; None where the weights decide."""
    return next((gate for gate in load_rules().gates if gate.applies(signals)), None)


def weigh_sides(signals: Signals) -> tuple[float, float]:
    """Return the weight of what speaks for fine-tuning and of what speaks for prompt engineering."""
    rules = load_rules()
    tuned = fsum(rules.weigh_signal(signal) for signal in signals if signal.leaning is Leaning.FINE_TUNING)
    prompted = fsum(rules.weigh_signal(signal) for signal in signals if signal.leaning is not Leaning.FINE_TUNING)
    # Sums of the same weights are equal, whatever the order they were added in.
    return round(tuned, DIGITS), round(prompted, DIGITS)
