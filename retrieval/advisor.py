"""Profile → Recommendation or ClarifyingQuestion, by the rules in `rules.yaml`: gates, then weights.

The rules decide; nothing here looks at the user's words.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from math import fsum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal, parse_signal
from retrieval.profile import Finding, Profile
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion, Confidence, Flip, Reason, Recommendation, Verdict

PATH = Path(__file__).with_name("rules.yaml")
MOST_CHANGES = 2
"""Findings that a flip may change at once."""
MOST_FLIPS = 3
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


def settle_choice(need: Need, text: str) -> Finding | None:
    """Return what a tapped answer to the question about a need settles; None where the text is none of them."""
    meant = {choice.casefold(): leaning for choice, leaning in load_questions()[need].choices.items()}
    leaning = meant.get(text.strip().casefold())
    return Finding(need=need, leaning=leaning, words=text.strip()) if leaning else None


def advise(
    profile: Profile, lesson: Lesson, *, ask: bool, earlier: Verdict | None = None
) -> Recommendation | ClarifyingQuestion:
    """Decide, or where too little is known and `ask` allows it, return the one question to ask first."""
    if ask and not is_enough(profile.signals):
        return _ask_question(profile)
    return recommend(profile, lesson, earlier)


def recommend(profile: Profile, lesson: Lesson, earlier: Verdict | None = None) -> Recommendation:
    """Decide on what is known, however little that is."""
    signals = profile.signals
    verdict = decide(signals)
    reasons = [_give_reason(finding, lesson) for finding in _unique(profile.findings)]
    reasons.sort(key=lambda reason: -reason.weight)
    supporting = [reason for reason in reasons if _supports(reason.finding.leaning, verdict)]
    unknown = [need for need in load_rules().needs if need not in profile.needs]
    return Recommendation(
        verdict=verdict,
        confidence=_rate_confidence(signals),
        retrieval_advised=any(signal.leaning is Leaning.RETRIEVAL for signal in signals),
        profile=profile,
        reasons=tuple(supporting),
        objections=tuple(reason for reason in reasons if reason not in supporting),
        flips=tuple(find_flips(signals)),
        assumptions=tuple(need for need in unknown if _matters(need, signals)),
        next_need=_choose_need(signals, unknown),
        earlier=earlier,
    )


def is_enough(signals: Signals) -> bool:
    """Tell whether enough is known to decide: several findings, or one that settles the verdict by itself."""
    rules = load_rules()
    return len(signals) >= rules.enough or not signals.isdisjoint(rules.decisive)


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


def find_flips(signals: Signals) -> list[Flip]:
    """Return the smallest changes that change the verdict: single findings, pairs only where no single one does."""
    verdict = decide(signals)
    for count in range(1, MOST_CHANGES + 1):
        flips = [
            Flip(changes=changes, verdict=decide(_apply(signals, changes)))
            for changes in _list_changes(signals, count)
            if decide(_apply(signals, changes)) is not verdict
        ]
        if flips:
            return sorted(flips, key=lambda flip: -sum(map(load_rules().weigh_signal, flip.changes)))[:MOST_FLIPS]
    return []


def _list_changes(signals: Signals, count: int) -> list[tuple[Signal, ...]]:
    options = {need: [Signal(need, leaning) for leaning in rule.weights] for need, rule in load_rules().needs.items()}
    chosen = (product(*(options[need] for need in needs)) for needs in combinations(options, count))
    return [change for group in chosen for change in group if not signals.intersection(change)]


def _apply(signals: Signals, changes: tuple[Signal, ...]) -> Signals:
    """Return the signals with each changed need leaning its new way only."""
    changed = {signal.need for signal in changes}
    return frozenset(signal for signal in signals if signal.need not in changed).union(changes)


def _ask_question(profile: Profile) -> ClarifyingQuestion:
    unknown = [need for need in load_rules().needs if need not in profile.needs]
    need = _choose_need(profile.signals, unknown) or unknown[0]
    asked = load_questions()[need]
    return ClarifyingQuestion(need=need, question=asked.question, choices=tuple(asked.choices), profile=profile)


def _choose_need(signals: Signals, unknown: list[Need]) -> Need | None:
    """Return the unknown need whose answer is worth most; None where no answer would change the verdict."""
    open_needs = [need for need in unknown if _matters(need, signals)]
    return max(open_needs, key=lambda need: _value_answer(need, signals), default=None)


def _matters(need: Need, signals: Signals) -> bool:
    return _value_answer(need, signals) > 0


def _value_answer(need: Need, signals: Signals) -> float:
    """Return how much an answer is expected to move a verdict: of each that changes it, likelihood times weight."""
    rule, verdict = load_rules().needs[need], decide(signals)
    return fsum(
        rule.likely[leaning] * weight
        for leaning, weight in rule.weights.items()
        if decide(signals | {Signal(need, leaning)}) is not verdict
    )


def _rate_confidence(signals: Signals) -> Confidence:
    """Return how much is known, and whether the verdict would stand without any one of the findings."""
    sure, verdict = load_rules().sure, decide(signals)
    known = len({signal.need for signal in signals})
    stands = all(decide(signals - {signal}) is verdict for signal in signals)
    if known >= sure and stands:
        return Confidence.HIGH
    return Confidence.MEDIUM if known * 2 >= sure else Confidence.LOW


def _give_reason(finding: Finding, lesson: Lesson) -> Reason:
    rules = load_rules()
    topic = rules.needs[finding.need].passages.get(finding.leaning)
    passage = lesson.find_passage(topic, Method(finding.leaning)) if topic else None
    return Reason(finding=finding, weight=rules.weigh_signal(finding.signal), passage=passage.id if passage else None)


def _supports(leaning: Leaning, verdict: Verdict) -> bool:
    if verdict is Verdict.BOTH:
        return True
    return (leaning is Leaning.FINE_TUNING) == (verdict is Verdict.FINE_TUNING)


def _unique(findings: tuple[Finding, ...]) -> list[Finding]:
    return list({finding.signal: finding for finding in findings}.values())
