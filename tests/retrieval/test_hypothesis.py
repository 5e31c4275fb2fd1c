"""What if one thing about a project were different: the verdict then, beside the verdict now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison import Comparison
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.advisor import find_flips, recommend
from retrieval.conversation import Conversation
from retrieval.hypothesis import NoProject, WhatIf, suppose, try_hypothesis
from retrieval.profile import Finding, Profile
from retrieval.questions import list_answers, load_questions
from retrieval.recommendation import Verdict
from retrieval.rules import decide

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING
SILENT = Lesson(passages=(), comparison=Comparison())
MUCH_DATA = Finding(need=Need.DATA_REQUIREMENT, leaning=TUNED, words="9,000 letters")
FIXED = Finding(need=Need.FLEXIBILITY, leaning=TUNED, words="one form")
NO_DATA = Signal(Need.DATA_REQUIREMENT, PROMPTED)
NO_HURRY = Signal(Need.VOLUME_LATENCY, PROMPTED)
SIGNALS = st.sampled_from(list_answers())
PROFILES = st.lists(
    st.builds(lambda signal, words: Finding(need=signal.need, leaning=signal.leaning, words=words), SIGNALS, st.text()),
    max_size=9,
).map(lambda findings: Profile(findings=tuple(findings)))


def try_out(profile: Profile, supposed: Signal) -> WhatIf:
    hypothesis = try_hypothesis(Conversation(profile=profile, verdict=Verdict.BOTH), supposed, SILENT)
    assert isinstance(hypothesis, WhatIf)
    return hypothesis


@given(PROFILES, SIGNALS)
def test_a_supposed_need_leans_that_way_only_and_all_else_stays(profile: Profile, supposed: Signal) -> None:
    others = [finding for finding in profile.findings if finding.need is not supposed.need]

    changed = suppose(profile, supposed)

    assert {signal for signal in changed.signals if signal.need is supposed.need} == {supposed}
    assert [finding for finding in changed.findings if finding.need is not supposed.need] == others


@given(PROFILES, SIGNALS)
def test_supposing_twice_is_as_supposing_once(profile: Profile, supposed: Signal) -> None:
    once = suppose(profile, supposed)

    assert suppose(once, supposed) == once


@given(PROFILES.filter(lambda profile: profile.findings))
def test_supposing_what_is_already_so_changes_nothing(profile: Profile) -> None:
    first = profile.findings[0]
    settled = profile.add_findings([first])

    what_if = try_out(settled, first.signal)

    assert suppose(settled, first.signal) == settled
    assert what_if.after == what_if.before


@pytest.mark.parametrize("supposed", list_answers(), ids=str)
def test_what_is_supposed_is_marked_and_has_the_words_of_an_answer(supposed: Signal) -> None:
    profile = Profile(findings=(MUCH_DATA, FIXED))
    added = [finding for finding in suppose(profile, supposed).findings if finding not in profile.findings]

    assert [finding.signal for finding in added if finding.supposed] == (
        [] if supposed in profile.signals else [supposed]
    )
    for finding in added:
        assert load_questions()[finding.need].choices[finding.words] is finding.leaning
    assert not any(finding.supposed for finding in profile.findings)


@given(PROFILES, SIGNALS)
def test_the_verdicts_are_what_the_advisor_says_now_and_would_say_then(profile: Profile, supposed: Signal) -> None:
    what_if = try_out(profile, supposed)

    assert what_if.supposed == supposed
    assert what_if.before == recommend(profile, SILENT)
    assert what_if.after == recommend(suppose(profile, supposed), SILENT)


@given(PROFILES)
def test_supposing_what_flips_the_verdict_flips_it(profile: Profile) -> None:
    for flip in find_flips(profile.signals):
        if len(flip.changes) == 1:
            assert try_out(profile, flip.changes[0]).after.verdict is flip.verdict


@given(PROFILES, SIGNALS)
def test_its_grounds_are_findings_that_settle_the_verdict_alone(profile: Profile, supposed: Signal) -> None:
    what_if = try_out(profile, supposed)
    signals = what_if.after.profile.signals

    assert signals.issuperset(what_if.grounds)
    if what_if.grounds:
        assert decide(frozenset(what_if.grounds)) is what_if.after.verdict


def test_without_examples_that_alone_settles_it() -> None:
    what_if = try_out(Profile(findings=(MUCH_DATA, FIXED)), NO_DATA)

    assert (what_if.before.verdict, what_if.after.verdict) == (Verdict.FINE_TUNING, Verdict.PROMPT_ENGINEERING)
    assert what_if.grounds == (NO_DATA,)


def test_where_the_weights_decide_there_are_no_grounds_before_them() -> None:
    assert try_out(Profile(findings=(MUCH_DATA, FIXED)), NO_HURRY).grounds == ()


def test_without_a_project_there_is_nothing_to_suppose_anything_about() -> None:
    assert try_hypothesis(Conversation(), NO_DATA, SILENT) == NoProject()


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(verdict=Verdict.PROMPT_ENGINEERING),
        Conversation(profile=Profile(findings=(FIXED,)), asked=Need.DATA_REQUIREMENT),
    ],
    ids=["advised on nothing", "still asked about"],
)
def test_a_project_is_one_that_was_advised_on_or_of_which_something_is_known(conversation: Conversation) -> None:
    assert isinstance(try_hypothesis(conversation, NO_DATA, SILENT), WhatIf)


def test_a_project_of_which_only_the_words_are_known_can_be_supposed_about() -> None:
    conversation = Conversation(profile=Profile(told=("We sort parcels.",)))

    hypothesis = try_hypothesis(conversation, NO_DATA, SILENT)

    assert isinstance(hypothesis, WhatIf)
    assert hypothesis.before.profile == conversation.profile
