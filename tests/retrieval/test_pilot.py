"""The first trial a project can afford, by the numbers that were stated, and by no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.signals import Leaning, Need
from retrieval.pilot import Limits, Pilot, load_pilot_rules, plan_pilot
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING


def plan(text: str, *findings: tuple[Need, Leaning, str]) -> Pilot:
    """Return the pilot for a description in which these findings are made."""
    found = [Finding(need=need, leaning=leaning, words=words) for need, leaning, words in findings]
    return plan_pilot(Profile().add_findings(found).add_quantities(parse_quantities(text)).add_text(text))


@pytest.mark.parametrize(
    ("text", "check", "unseen"),
    [
        ("8,000 labelled examples", 500, 100),
        ("8k rated support chats", 500, 100),
        ("8,000 labelled tickets to classify", 500, 100),
        ("8,000 approved letters in our tone of voice", 100, 20),
        ("300 labelled tickets to classify", 300, 60),
        ("100 labelled tickets to classify", 100, 20),
        ("60 letters in our own style", 60, 12),
        ("50 labelled examples", 50, 10),
        ("20-30k labelled chats", 500, 100),
    ],
)
def test_a_pilot_takes_what_the_recipe_says_and_no_more_than_there_is(text: str, check: int, unseen: int) -> None:
    pilot = plan(text)

    assert (pilot.check, pilot.unseen, pilot.gather) == (check, unseen, 0)


@pytest.mark.parametrize(
    ("text", "stock", "gather"),
    [
        ("49 labelled examples", 49, 1),
        ("17 examples total", 17, 33),
        ("30 tickets to classify", 30, 170),
        ("no labelled data yet", 0, 50),
        ("20 labelled letters in our tone of voice", 20, 30),
    ],
)
def test_with_fewer_than_a_pilot_takes_the_rest_is_to_be_gathered(text: str, stock: int, gather: int) -> None:
    pilot = plan(text)

    assert (pilot.stock, pilot.check, pilot.unseen, pilot.gather) == (stock, None, None, gather)


def test_what_is_not_labelled_is_no_stock_but_can_be_labelled() -> None:
    pilot = plan("40k unlabelled emails to sort into 12 categories")

    assert (pilot.stock, pilot.raw, pilot.gather) == (0, 40_000, 200)
    assert (pilot.tests, pilot.more_tests) == (100, 0)


def test_of_what_is_labelled_in_part_only_that_part_counts() -> None:
    pilot = plan("40k unlabelled emails, 300 of them labelled")

    assert (pilot.stock, pilot.raw, pilot.check, pilot.unseen) == (300, 40_000, 300, 60)


def test_many_of_which_nothing_can_be_learned_are_not_labelled() -> None:
    useless = (Need.DATA_REQUIREMENT, PROMPTED, "9,000 letters")

    assert plan("There are 9,000 letters.", useless).raw == 9_000
    assert plan("There are 9,000 letters.").stock == 9_000


def test_where_nothing_is_stated_no_number_is_invented() -> None:
    assert plan("Plenty of checked letters, no hurry.") == Pilot(
        size=load_pilot_rules().sizes["any"],
        epochs=(1, 3),
        stock=None,
        raw=None,
        check=None,
        unseen=None,
        gather=0,
        tests=None,
        more_tests=0,
    )


def test_where_there_is_nothing_to_train_on_the_recipe_says_how_much_to_gather() -> None:
    nothing = (Need.DATA_REQUIREMENT, PROMPTED, "Nobody kept any letters.")

    assert plan("Nobody kept any letters.", nothing).gather == 50


@pytest.mark.parametrize(
    ("text", "tests", "more"), [("12 examples", 12, 8), ("20 examples", 20, 0), ("5,000 examples", 100, 0)]
)
def test_prompts_are_tested_on_what_there_is_and_on_twenty_cases_at_least(text: str, tests: int, more: int) -> None:
    pilot = plan(text)

    assert (pilot.tests, pilot.more_tests) == (tests, more)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("One 4090, and 8,000 letters.", Limits(gpus="One 4090", hardware="one")),
        ("We have no GPU.", Limits(gpus="no GPU", hardware="rented")),
        ("Four A100s in the basement.", Limits()),
        ("The budget is $500.", Limits(money="$500")),
        ("It has to run in 3 days.", Limits(deadline="in 3 days")),
        ("It has to run in 3 months.", Limits()),
        ("Due by Friday.", Limits(deadline="Due by Friday")),
        ("Due by December.", Limits()),
        ("A call takes two days.", Limits()),
    ],
)
def test_limits_count_where_they_are_stated_and_bind(text: str, limits: Limits) -> None:
    assert plan(text).limits == limits


def test_a_stretch_of_time_is_a_deadline_where_it_was_said_to_be_short() -> None:
    short = (Need.TIME_AND_COST, PROMPTED, "we have four days")

    assert plan("Well, we have four days.", short).limits.deadline == "four days"


def test_data_that_has_to_stay_takes_a_graphics_card_of_ones_own() -> None:
    secret = (Need.PRIVACY, TUNED, "nothing may leave the house")

    assert plan("We have no GPU, and nothing may leave the house.", secret).limits.hardware == "own"


@given(st.integers(2, 10**7), st.sampled_from(["labelled examples", "unlabelled letters", "tickets to classify"]))
def test_the_numbers_fit_each_other(count: int, things: str) -> None:
    pilot = plan(f"{count} {things}")

    assert (pilot.check is None) == (pilot.unseen is None)
    if pilot.check and pilot.unseen and pilot.stock:
        assert pilot.unseen < pilot.check <= min(pilot.stock, pilot.size.most)
        assert pilot.gather == 0
    else:
        assert 0 < pilot.gather <= pilot.size.least
    assert (pilot.tests or 0) <= max(pilot.stock or 0, pilot.raw or 0)
