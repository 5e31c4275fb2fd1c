"""Three steps, fitted to what was stated, and to nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.steps import list_steps
from knowledge.comparison import Comparison
from knowledge.lesson import Lesson
from knowledge.signals import Signal
from retrieval.advisor import advise
from retrieval.limits import Limits
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.recommendation import Recommendation, Verdict
from retrieval.rules import load_rules
from tests.bot.samples import plan, recommend

TUNE, PROMPT, BOTH = Verdict
SILENT = Lesson(passages=(), comparison=Comparison())
ALL = [Signal(need, leaning) for need, rule in load_rules().needs.items() for leaning in rule.weights]
STATED = [
    "8,000 labelled tickets",
    "12 letters",
    "no data",
    "40k unlabelled mails",
    "no GPU",
    "one 4090",
    "in 3 days",
    "$500",
]
PLENTY = plan(stock=8_000, check=500, unseen=100, tests=100)


def test_a_pilot_is_fitted_to_the_examples_there_are() -> None:
    _, pilot, compare = list_steps(recommend(pilot=PLENTY))

    assert pilot == (
        "Check 500 of your 8,000 examples, keep 100 of them unseen, "
        "and train a small adapter (LoRA) on the rest as a pilot, 1 to 3 epochs."
    )
    assert "the 100 unseen examples" in compare


def test_where_there_are_no_more_than_a_pilot_takes_it_takes_all() -> None:
    assert (
        "Check all of your 300 examples, keep 60"
        in list_steps(recommend(pilot=plan(stock=300, check=300, unseen=60)))[1]
    )


def test_of_a_number_left_open_nobody_is_told_how_many_there_are() -> None:
    some, few = plan(stock=300, exact=False, check=300, unseen=60, tests=100), plan(stock=3, exact=False, more_tests=17)

    assert "Check 300 of your examples, keep 60" in list_steps(recommend(pilot=some))[1]
    assert "Take 100 of your examples" in list_steps(recommend(verdict=PROMPT, pilot=some))[0]
    assert "Collect 20 to 100" in list_steps(recommend(verdict=PROMPT, pilot=few))[0]


def test_where_no_number_was_stated_the_recipe_gives_its_own() -> None:
    assert list_steps(recommend())[1].startswith("Check 50 to 500 of your examples, keep a fifth of them unseen")


@pytest.mark.parametrize("verdict", [TUNE, BOTH])
def test_with_too_few_examples_the_pilot_begins_with_gathering(verdict: Verdict) -> None:
    pilot = plan(stock=30, gather=20, tests=30)

    assert list_steps(recommend(verdict=verdict, unready=True, pilot=pilot))[1].startswith("Gather 20 more checked")


def test_who_prompts_but_would_tune_gathers_last() -> None:
    ready = list_steps(recommend(verdict=PROMPT))
    unready = list_steps(recommend(verdict=PROMPT, unready=True, pilot=plan(gather=50)))

    assert ready[2].startswith("Keep inputs")
    assert unready[2].startswith("Gather 50 checked examples")


@pytest.mark.parametrize(
    ("tests", "more", "stock", "step"),
    [
        (100, 0, 8_000, "Take 100 of your 8,000 examples"),
        (30, 0, 30, "Take your 30 examples"),
        (12, 8, 12, "Take your 12 examples and at least 8 more"),
        (None, 0, None, "Collect 20 to 100 typical cases"),
    ],
)
def test_test_cases_are_taken_from_what_there_is(tests: int | None, more: int, stock: int | None, step: str) -> None:
    pilot = plan(tests=tests, more_tests=more, stock=stock)

    assert list_steps(recommend(verdict=PROMPT, pilot=pilot))[0].startswith(step)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_looking_facts_up_is_a_part_of_the_three_steps(verdict: Verdict) -> None:
    steps = list_steps(recommend(verdict=verdict, retrieval_advised=True))

    assert len(steps) == 3
    assert any("search index" in step for step in steps)
    assert not any("search index" in step for step in list_steps(recommend(verdict=verdict)))


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_near_deadline_and_money_are_heeded_in_the_persons_words(verdict: Verdict) -> None:
    limits = Limits(deadline="by Friday", money="$500")

    steps = " ".join(list_steps(recommend(verdict=verdict, pilot=plan(limits=limits))))

    assert "“by Friday”" in steps
    assert "“$500”" in steps


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(gpus="one 4090", hardware="one"), "“one 4090” has room for"),
        (Limits(gpus="no GPU", hardware="rented"), "“no GPU”: rent a graphics card"),
        (Limits(gpus="no GPU", hardware="own"), "a graphics card of your own"),
    ],
)
def test_one_graphics_card_or_none_is_heeded_where_something_is_trained(limits: Limits, said: str) -> None:
    pilot = plan(limits=limits)

    assert said in list_steps(recommend(pilot=pilot))[1]
    assert "graphics" not in " ".join(list_steps(recommend(verdict=PROMPT, pilot=pilot)))


@given(st.frozensets(st.sampled_from(ALL)), st.lists(st.sampled_from(STATED), unique=True).map(", ".join))
def test_whatever_is_known_leads_to_three_steps_without_gaps(signals: frozenset[Signal], text: str) -> None:
    findings = tuple(Finding(need=need, leaning=leaning, words=text) for need, leaning in signals)
    profile = Profile(findings=findings).add_quantities(parse_quantities(text)).add_text(text)

    advice = advise(profile, SILENT, ask=False)

    assert isinstance(advice, Recommendation)
    steps = list_steps(advice)
    assert len(steps) == 3
    assert all(re.fullmatch(r"[A-Z][^{}]+\.", step) for step in steps)
