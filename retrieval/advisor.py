"""Profile → Recommendation or ClarifyingQuestion, by the rules of `rules.yaml`."""

from __future__ import annotations

from itertools import combinations, product
from math import fsum

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.cautions import choose_caution
from retrieval.news import find_news
from retrieval.pilot import plan_pilot
from retrieval.profile import Finding, Profile
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion, Confidence, Flip, Reason, Recommendation, Verdict
from retrieval.rules import Signals, decide, load_rules

MOST_CHANGES = 2
"""Findings that a flip may change at once."""
MOST_FLIPS = 3


def settle_choice(need: Need, text: str) -> Finding | None:
    """Return what a tapped answer to the question about a need settles; None where the text is none of them."""
    meant = {choice.casefold(): leaning for choice, leaning in load_questions()[need].choices.items()}
    leaning = meant.get(text.strip().casefold())
    return Finding(need=need, leaning=leaning, words=text.strip()) if leaning else None


def ask_about(need: Need, profile: Profile) -> ClarifyingQuestion:
    """Return the question about a need, with what can be tapped."""
    asked = load_questions()[need]
    return ClarifyingQuestion(need=need, question=asked.question, choices=tuple(asked.choices), profile=profile)


def advise(
    profile: Profile, lesson: Lesson, *, ask: bool, earlier: Profile | None = None
) -> Recommendation | ClarifyingQuestion:
    """Decide, or where too little is known and `ask` allows it, return the one question to ask first.

    Args:
        profile: What is known of the project.
        lesson: What gives the reasons.
        ask: Whether a question is allowed.
        earlier: What was known at the recommendation before, where there was one.
    """
    if ask and not is_enough(profile.signals):
        return _ask_first(profile)
    return recommend(profile, lesson, earlier)


def recommend(profile: Profile, lesson: Lesson, earlier: Profile | None = None) -> Recommendation:
    """Decide on what is known, however little that is."""
    signals = profile.signals
    verdict, pilot = decide(signals), plan_pilot(profile)
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
        pilot=pilot,
        unready=pilot.gather > 0 and (verdict is not Verdict.PROMPT_ENGINEERING or _lacks_examples_only(signals)),
        caution=choose_caution(verdict, profile, pilot),
        earlier=decide(earlier.signals) if earlier else None,
        news=find_news(profile, earlier) if earlier else (),
        refitted=earlier is not None and pilot != plan_pilot(earlier),
    )


def is_enough(signals: Signals) -> bool:
    """Tell whether enough is known to decide: several findings, or one that settles the verdict by itself."""
    rules = load_rules()
    return len(signals) >= rules.enough or not signals.isdisjoint(rules.decisive)


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


def _ask_first(profile: Profile) -> ClarifyingQuestion:
    unknown = [need for need in load_rules().needs if need not in profile.needs]
    return ask_about(_choose_need(profile.signals, unknown) or unknown[0], profile)


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


def _lacks_examples_only(signals: Signals) -> bool:
    """Tell whether the verdict would not be prompt engineering, were nothing known of the examples."""
    rest = frozenset(signal for signal in signals if signal.need is not Need.DATA_REQUIREMENT)
    return decide(rest) is not Verdict.PROMPT_ENGINEERING


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
