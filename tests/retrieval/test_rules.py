"""Signals → verdict: gates and weights, as they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.signals import Leaning, Need, Signal
from retrieval.recommendation import Verdict
from retrieval.rules import decide, load_rules

TUNED, PROMPTED, RETRIEVAL = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING, Leaning.RETRIEVAL
ALL = [Signal(need, leaning) for need, rule in load_rules().needs.items() for leaning in rule.weights]
SIGNALS = st.frozensets(st.sampled_from(ALL))

MUCH_DATA = Signal(Need.DATA_REQUIREMENT, TUNED)
NO_DATA = Signal(Need.DATA_REQUIREMENT, PROMPTED)
EXACT = Signal(Need.OUTPUT_CONSISTENCY, TUNED)
EXPERT = Signal(Need.SPECIALIZATION, TUNED)
NO_TIME = Signal(Need.TIME_AND_COST, PROMPTED)
MANY_TASKS = Signal(Need.FLEXIBILITY, PROMPTED)
NEW_FACTS = Signal(Need.CHANGING_FACTS, RETRIEVAL)


def test_every_need_has_weights_above_zero() -> None:
    rules = load_rules()

    assert set(rules.needs) == set(Need)
    assert min(rules.weigh_signal(signal) for signal in ALL) > 0


def test_only_changing_facts_lean_to_retrieval() -> None:
    assert [signal for signal in ALL if signal.leaning is RETRIEVAL] == [NEW_FACTS]


@pytest.mark.parametrize(
    ("signals", "verdict"),
    [
        ({MUCH_DATA, EXACT, EXPERT}, Verdict.FINE_TUNING),
        ({NO_TIME, MANY_TASKS}, Verdict.PROMPT_ENGINEERING),
        ({NO_DATA, EXACT, EXPERT, Signal(Need.VOLUME_LATENCY, TUNED)}, Verdict.PROMPT_ENGINEERING),
        ({NEW_FACTS}, Verdict.PROMPT_ENGINEERING),
        ({MUCH_DATA, NEW_FACTS}, Verdict.PROMPT_ENGINEERING),
        ({MUCH_DATA, NEW_FACTS, EXPERT}, Verdict.BOTH),
        (set(), Verdict.PROMPT_ENGINEERING),
    ],
)
def test_plain_profiles_are_decided_as_the_lesson_would(signals: set[Signal], verdict: Verdict) -> None:
    assert decide(frozenset(signals)) is verdict


def decide_exactly(signals: frozenset[Signal]) -> Verdict:
    """Decide by the rules with weights as the decimal numbers that are written in their file."""
    rules = load_rules()
    for gate in rules.gates:
        if gate.applies(signals):
            return gate.verdict
    weights = {signal: Fraction(str(rules.weigh_signal(signal))) for signal in signals}
    tuned = sum(weight for signal, weight in weights.items() if signal.leaning is TUNED)
    prompted = sum(weight for signal, weight in weights.items() if signal.leaning is not TUNED)
    if min(tuned, prompted) >= Fraction(str(rules.both_from)):
        return Verdict.BOTH
    return Verdict.FINE_TUNING if tuned > prompted else Verdict.PROMPT_ENGINEERING


@given(SIGNALS)
def test_the_verdict_is_that_of_the_written_weights_without_rounding(signals: frozenset[Signal]) -> None:
    assert decide(signals) is decide_exactly(signals)


def test_no_verdict_hangs_on_rounding() -> None:
    """Go through all profiles that say at most one thing about each of the six needs of the lesson."""
    options: list[frozenset[Signal]] = [frozenset()]
    for need in list(Need)[:6]:
        sides = [Signal(need, TUNED), Signal(need, PROMPTED)]
        options = [chosen | more for chosen in options for more in (frozenset(), *({side} for side in sides))]

    assert len(options) == 3**6
    assert not [sorted(signals) for signals in options if decide(signals) is not decide_exactly(signals)]
