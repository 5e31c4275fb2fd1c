"""The first trial a project can afford, by the numbers that were stated, and by no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.signals import Leaning, Need
from retrieval.pilot import Pilot, plan_pilot
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.recipe import load_recipe

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


def test_a_part_without_examples_takes_none_from_the_part_that_has_them() -> None:
    has = (Need.DATA_REQUIREMENT, TUNED, "plenty of receipts")
    lacks = (Need.DATA_REQUIREMENT, PROMPTED, "no examples")

    pilot = plan("There are plenty of receipts; for the chat, no examples.", has, lacks)

    assert (pilot.stock, pilot.gather) == (None, 0)


def test_where_nothing_is_stated_no_number_is_invented() -> None:
    assert plan("Plenty of checked letters, no hurry.") == Pilot(
        size=load_recipe().sizes["any"],
        epochs=(1, 3),
        stock=None,
        raw=None,
        exact=True,
        check=None,
        unseen=None,
        gather=0,
        cases=load_recipe().tests,
        tests=None,
        more_tests=0,
    )


def test_where_there_is_nothing_to_train_on_the_recipe_says_how_much_to_gather() -> None:
    nothing = (Need.DATA_REQUIREMENT, PROMPTED, "Nobody kept any letters.")

    assert plan("Nobody kept any letters.", nothing).gather == 50


@pytest.mark.parametrize(
    ("text", "stock", "check", "gather"),
    [
        ("a few hundred labelled letters", 300, 300, 0),
        ("20-30k labelled chats", 20_000, 500, 0),
        ("a few labelled letters", 3, None, 50),
    ],
)
def test_a_number_that_was_left_open_is_told_from_an_exact_one(
    text: str, stock: int, check: int | None, gather: int
) -> None:
    pilot = plan(text)

    assert (pilot.stock, pilot.exact, pilot.check, pilot.gather) == (stock, False, check, gather)
    assert plan("300 labelled letters").exact


def test_a_single_example_is_none() -> None:
    assert (plan("one example per class").stock, plan("one example per class").tests) == (0, None)


@pytest.mark.parametrize(
    ("text", "tests", "more"), [("12 examples", 12, 8), ("20 examples", 20, 0), ("5,000 examples", 100, 0)]
)
def test_prompts_are_tested_on_what_there_is_and_on_twenty_cases_at_least(text: str, tests: int, more: int) -> None:
    pilot = plan(text)

    assert (pilot.tests, pilot.more_tests) == (tests, more)


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
