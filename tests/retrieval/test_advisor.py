"""Profile → recommendation, by rules alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.comparison import Comparison, Method
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.advisor import advise, ask_about, find_flips
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion, Confidence, Recommendation, Verdict
from retrieval.rules import decide, load_rules

TUNED, PROMPTED, RETRIEVAL = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING, Leaning.RETRIEVAL
ALL = [Signal(need, leaning) for need, rule in load_rules().needs.items() for leaning in rule.weights]
SIGNALS = st.frozensets(st.sampled_from(ALL))
SILENT = Lesson(passages=(), comparison=Comparison())
"""A lesson that says nothing; the verdict does not need it."""


def profile_of(signals: Iterable[Signal]) -> Profile:
    findings = tuple(Finding(need=need, leaning=leaning, words=f"{need} {leaning}") for need, leaning in signals)
    return Profile(findings=findings)


def recommend(lesson: Lesson, *signals: Signal) -> Recommendation:
    advice = advise(profile_of(signals), lesson, ask=False)
    assert isinstance(advice, Recommendation)
    return advice


MUCH_DATA = Signal(Need.DATA_REQUIREMENT, TUNED)
NO_DATA = Signal(Need.DATA_REQUIREMENT, PROMPTED)
EXACT = Signal(Need.OUTPUT_CONSISTENCY, TUNED)
EXPERT = Signal(Need.SPECIALIZATION, TUNED)
NO_TIME = Signal(Need.TIME_AND_COST, PROMPTED)
MANY_TASKS = Signal(Need.FLEXIBILITY, PROMPTED)
NEW_FACTS = Signal(Need.CHANGING_FACTS, RETRIEVAL)


@settings(max_examples=40)
@given(st.permutations(ALL), st.integers(min_value=0, max_value=len(ALL)))
def test_the_verdict_does_not_depend_on_the_order_of_findings(order: list[Signal], count: int) -> None:
    chosen = order[:count]
    forward, backward = recommend(SILENT, *chosen), recommend(SILENT, *reversed(chosen))

    assert forward.verdict is backward.verdict
    assert forward.confidence is backward.confidence
    assert {(reason.finding, reason.passage) for reason in forward.reasons} == {
        (reason.finding, reason.passage) for reason in backward.reasons
    }
    assert forward.assumptions == backward.assumptions
    assert forward.next_need is backward.next_need


@given(st.permutations(ALL), st.integers(min_value=0, max_value=8))
def test_saying_a_thing_twice_changes_nothing(order: list[Signal], count: int) -> None:
    once, twice = recommend(SILENT, *order[:count]), recommend(SILENT, *order[:count], *order[:count])

    assert (once.verdict, once.confidence, once.reasons) == (twice.verdict, twice.confidence, twice.reasons)


def change(signals: frozenset[Signal], changes: Iterable[Signal]) -> frozenset[Signal]:
    changed = set(changes)
    needs = {signal.need for signal in changed}
    return frozenset({signal for signal in signals if signal.need not in needs} | changed)


@given(SIGNALS)
def test_a_flip_really_flips(signals: frozenset[Signal]) -> None:
    verdict = decide(signals)

    for flip in find_flips(signals):
        assert decide(change(signals, flip.changes)) is flip.verdict
        assert flip.verdict is not verdict


@given(SIGNALS)
def test_a_flip_is_minimal_and_says_nothing_that_is_so_already(signals: frozenset[Signal]) -> None:
    verdict = decide(signals)

    for flip in find_flips(signals):
        assert signals.isdisjoint(flip.changes)
        for single in flip.changes if len(flip.changes) > 1 else ():
            assert decide(change(signals, [single])) is verdict


@given(SIGNALS)
def test_where_no_flip_is_found_no_single_change_flips(signals: frozenset[Signal]) -> None:
    if not find_flips(signals):
        assert all(decide(change(signals, [signal])) is decide(signals) for signal in ALL if signal not in signals)


@given(SIGNALS)
def test_reasons_speak_for_the_verdict_and_objections_against_it(signals: frozenset[Signal]) -> None:
    advice = recommend(SILENT, *signals)

    assert {reason.finding.signal for reason in (*advice.reasons, *advice.objections)} == signals
    assert len(advice.reasons) + len(advice.objections) == len(signals)
    weights = [reason.weight for reason in advice.reasons]
    assert weights == sorted(weights, reverse=True)
    for reason in advice.reasons:
        if advice.verdict is not Verdict.BOTH:
            assert (reason.finding.leaning is TUNED) == (advice.verdict is Verdict.FINE_TUNING)
    if advice.verdict is Verdict.BOTH:
        assert advice.objections == ()


@given(SIGNALS)
def test_assumptions_are_needs_that_were_not_said_and_could_change_the_verdict(signals: frozenset[Signal]) -> None:
    advice = recommend(SILENT, *signals)

    for need in Need:
        matters = any(decide(signals | {signal}) is not advice.verdict for signal in ALL if signal.need is need)
        said = need in {signal.need for signal in signals}
        assert (need in advice.assumptions) == (matters and not said)
    assert (advice.next_need is None) == (not advice.assumptions)
    assert advice.next_need is None or advice.next_need in advice.assumptions


@given(SIGNALS)
def test_retrieval_is_advised_just_where_facts_change(signals: frozenset[Signal]) -> None:
    assert recommend(SILENT, *signals).retrieval_advised == (NEW_FACTS in signals)


@pytest.mark.parametrize("signal", ALL, ids=str)
def test_a_reason_of_the_lesson_names_the_passage_of_its_topic_and_method(lesson: Lesson, signal: Signal) -> None:
    (reason,) = [*recommend(lesson, signal).reasons, *recommend(lesson, signal).objections]
    cited = {passage.id: passage for passage in lesson.passages}

    if signal.need in list(Need)[:6]:
        assert reason.passage is not None
        passage = cited[reason.passage]
        assert passage.method is Method(signal.leaning)
        assert not passage.addition
    else:
        assert reason.passage is None


def test_a_lesson_that_is_silent_on_a_topic_leaves_the_reason_without_a_passage() -> None:
    assert [reason.passage for reason in recommend(SILENT, MUCH_DATA, EXACT).reasons] == [None, None]


def test_confidence_grows_with_what_is_known(lesson: Lesson) -> None:
    some = recommend(lesson, NO_TIME, MANY_TASKS)
    many = recommend(lesson, NO_TIME, MANY_TASKS, NO_DATA, Signal(Need.TECHNICAL_REQUIREMENTS, PROMPTED))

    assert recommend(lesson).confidence is Confidence.LOW
    assert some.confidence is Confidence.MEDIUM
    assert many.confidence is Confidence.HIGH


@given(SIGNALS)
def test_confidence_is_high_only_where_no_single_finding_carries_the_verdict(signals: frozenset[Signal]) -> None:
    confidence = recommend(SILENT, *signals).confidence

    carried = any(decide(signals - {signal}) is not decide(signals) for signal in signals)
    known = len({signal.need for signal in signals})
    assert (confidence is Confidence.HIGH) == (known >= load_rules().sure and not carried)


@given(SIGNALS)
def test_a_question_is_asked_first_where_too_little_is_known_and_only_where_it_may(signals: frozenset[Signal]) -> None:
    profile = profile_of(signals)
    settled = len(signals) >= load_rules().enough or signals.intersection(load_rules().decisive)

    asked = advise(profile, SILENT, ask=True)

    assert isinstance(asked, Recommendation) == bool(settled)
    assert isinstance(advise(profile, SILENT, ask=False), Recommendation)
    if isinstance(asked, ClarifyingQuestion):
        assert asked.need not in profile.needs
        assert asked.profile == profile


def test_with_nothing_known_the_question_is_about_data(lesson: Lesson) -> None:
    asked = advise(Profile(), lesson, ask=True)

    assert isinstance(asked, ClarifyingQuestion)
    assert asked.need is Need.DATA_REQUIREMENT
    assert len(asked.choices) >= 2


def test_what_was_recommended_before_is_told_with_what_has_changed_since(lesson: Lesson) -> None:
    before = profile_of([MUCH_DATA, EXACT])

    advice = advise(profile_of([MUCH_DATA, EXACT, NEW_FACTS]), lesson, ask=False, earlier=before)

    assert isinstance(advice, Recommendation)
    assert (advice.earlier, advice.verdict) == (Verdict.FINE_TUNING, Verdict.BOTH)
    assert [(news.finding.signal, news.decisive) for news in advice.news] == [(NEW_FACTS, True)]
    assert not advice.refitted


def test_a_first_recommendation_has_nothing_before_it_and_no_news(lesson: Lesson) -> None:
    advice = recommend(lesson, MUCH_DATA, EXACT)

    assert (advice.earlier, advice.news, advice.refitted) == (None, (), False)


@pytest.mark.parametrize(
    ("signals", "unready"),
    [
        ({NO_DATA, EXACT, EXPERT}, True),
        ({NO_DATA, NO_TIME, MANY_TASKS}, False),
        ({NO_DATA}, False),
        ({MUCH_DATA, EXACT}, False),
        ({NO_TIME, MANY_TASKS}, False),
        ({MUCH_DATA, NO_DATA, EXACT}, False),
    ],
)
def test_not_ready_is_who_lacks_examples_and_nothing_else(signals: set[Signal], unready: bool) -> None:  # noqa: FBT001 - a case's expectation
    assert recommend(SILENT, *signals).unready is unready


@given(SIGNALS)
def test_who_is_not_ready_learns_how_much_to_gather(signals: frozenset[Signal]) -> None:
    advice = recommend(SILENT, *signals)

    assert not advice.unready or advice.pilot.gather > 0


def test_too_few_examples_are_not_ready_for_fine_tuning_either(lesson: Lesson) -> None:
    profile = profile_of([MUCH_DATA, EXACT]).add_quantities(parse_quantities("30 labelled letters"))

    advice = advise(profile, lesson, ask=False)

    assert isinstance(advice, Recommendation)
    assert (advice.verdict, advice.unready, advice.pilot.gather) == (Verdict.FINE_TUNING, True, 20)


def test_each_recommendation_has_one_caution(lesson: Lesson) -> None:
    assert recommend(lesson, MUCH_DATA, EXACT).caution == "fine_tuning"
    assert recommend(lesson, MUCH_DATA, EXACT, NEW_FACTS).caution == "facts_trained_in"


def test_what_is_asked_comes_with_its_choices() -> None:
    profile = Profile(told=("We sort parcels.",))
    asked = ask_about(Need.PRIVACY, profile)

    assert (asked.need, asked.profile) == (Need.PRIVACY, profile)
    assert asked.question == load_questions()[Need.PRIVACY].question
    assert asked.choices == tuple(load_questions()[Need.PRIVACY].choices)
