"""The first sentences of a recommendation: what changed and why, then the verdict."""

from __future__ import annotations

import pytest

from bot.verdicts import phrase_gathering, phrase_verdict
from bot.words import load_words
from knowledge.signals import Leaning, Need, Signal
from retrieval.profile import Finding, Profile
from retrieval.recommendation import News, Reason, Verdict
from tests.bot.samples import EXAMPLES, HURRY, NONE, SECRET, plan, recommend

TUNE, PROMPT, BOTH = Verdict
MANY = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="we have 20k now")


def tell(finding: Finding, *, turned: bool = False, decisive: bool = False) -> News:
    return News(finding=finding, turned=turned, decisive=decisive)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_first_recommendation_begins_with_its_verdict_and_names_the_confidence_below(verdict: Verdict) -> None:
    first, confidence = phrase_verdict(recommend(verdict=verdict)).split("\n")

    assert first == load_words()["recommendation"]["verdict"][verdict]
    assert confidence == "Confidence: medium."


@pytest.mark.parametrize("unready", [True, False])
def test_both_says_in_which_order(unready: bool) -> None:  # noqa: FBT001 - either case
    said = phrase_verdict(recommend(verdict=BOTH, unready=unready, pilot=plan(gather=50)))

    assert "in this order" in said
    assert said.index("prompts first") < said.index("then fine-tune")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_not_ready_yet_is_said_with_the_verdict_and_what_to_gather(verdict: Verdict) -> None:
    said = phrase_verdict(recommend(verdict=verdict, unready=True, pilot=plan(gather=50)))

    assert "not ready yet" in said
    assert "first gather 50 checked examples from real use" in said


@pytest.mark.parametrize(
    ("pilot", "gathering"),
    [
        (plan(gather=50), "gather 50 checked examples from real use"),
        (plan(gather=20, stock=30), "gather 20 more checked examples from real use, 50 in all"),
        (plan(gather=50, stock=0, raw=40_000), "label 50 of your 40,000 examples"),
        (plan(gather=50, stock=0, raw=20_000, exact=False), "label 50 of your examples"),
        (plan(gather=50, stock=3, exact=False), "gather 50 checked examples from real use"),
        (plan(gather=50, stock=0, raw=12), "gather 50 checked examples from real use"),
    ],
)
def test_what_to_gather_goes_by_what_there_is(pilot: object, gathering: str) -> None:
    assert phrase_gathering(pilot) == gathering  # type: ignore[arg-type]


def test_a_change_of_the_verdict_is_explained_by_what_it_hangs_on() -> None:
    news = (tell(SECRET), tell(MANY, turned=True, decisive=True))

    said = phrase_verdict(recommend(earlier=PROMPT, news=news))

    assert said.startswith(
        "That changes the verdict: it was prompt engineering, now it is fine-tuning, "
        "because “we have 20k now” means that there are examples to train on. Fine-tune:"
    )


def test_where_it_hangs_on_no_single_finding_those_that_speak_for_it_explain_a_change() -> None:
    said = phrase_verdict(recommend(earlier=BOTH, news=(tell(HURRY), tell(SECRET), tell(MANY))))

    assert "because “nothing may leave the house” means that" in said
    assert "and “we have 20k now” means that" in said
    assert HURRY.words not in said


def test_the_same_words_explain_a_change_once() -> None:
    news = (tell(MANY, decisive=True), tell(HURRY.model_copy(update={"words": MANY.words}), decisive=True))

    assert phrase_verdict(recommend(earlier=BOTH, news=news)).count(MANY.words) == 1


def test_a_change_without_news_is_said_without_a_reason() -> None:
    assert "now it is fine-tuning. " in phrase_verdict(recommend(earlier=BOTH))


@pytest.mark.parametrize(
    ("news", "why"),
    [
        ((), "it says nothing new about what decides it."),
        ((MANY,), "it supports it: “we have 20k now” means that there are examples to train on."),
        (
            (MANY, HURRY),
            "it speaks against it: “it is due tomorrow” means that time or money is short, but “5000 labelled tickets”",
        ),
    ],
)
def test_a_verdict_that_stays_says_why(news: tuple[Finding, ...], why: str) -> None:
    said = phrase_verdict(recommend(earlier=TUNE, news=tuple(map(tell, news))))

    assert said.startswith("That does not change the verdict")
    assert why in said


def test_new_numbers_are_said_to_have_changed_the_steps() -> None:
    assert "The steps now go by your new numbers." in phrase_verdict(recommend(earlier=TUNE, refitted=True))
    assert "new numbers" not in phrase_verdict(recommend(earlier=TUNE))


def test_advice_to_look_facts_up_is_said() -> None:
    assert load_words()["recommendation"]["retrieval"] in phrase_verdict(recommend(retrieval_advised=True))


def test_a_verdict_on_nothing_says_that_it_judges_nothing() -> None:
    said = phrase_verdict(recommend(verdict=PROMPT, profile=Profile(), reasons=()))

    assert load_words()["recommendation"]["unknown"] in said


def test_where_nothing_speaks_for_the_verdict_no_finding_is_said_to_count_for_more() -> None:
    said = phrase_verdict(recommend(verdict=PROMPT, earlier=PROMPT, reasons=(), news=(tell(MANY),)))

    assert said.startswith(load_words()["recommendation"]["same"]["without"])


@pytest.mark.parametrize("finding", [EXAMPLES, NONE])
def test_long_words_are_shortened(finding: Finding) -> None:
    long = finding.model_copy(update={"words": "really " * 100})
    reason = Reason(finding=long, weight=1, passage=None)

    assert len(phrase_verdict(recommend(reason, earlier=BOTH, news=(tell(long),)))) < 500


@pytest.mark.parametrize("signal", [Signal(need, leaning) for need in Need for leaning in Leaning])
def test_every_finding_there_can_be_has_words(signal: Signal) -> None:
    """Facts that change lean to retrieval and nothing else does; each has a reason and a condition."""
    words = load_words()["needs"][signal.need]
    possible = (signal.need is Need.CHANGING_FACTS) == (signal.leaning is Leaning.RETRIEVAL)

    assert (signal.leaning in words["because"]) is possible
    assert (signal.leaning in words["if"]) is possible
    assert words["assumed"]
