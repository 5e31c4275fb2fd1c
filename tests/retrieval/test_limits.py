"""What binds a first trial is what was stated, and nothing else."""

from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.limits import Limits, find_limits
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING


def limit(text: str, *findings: tuple[Need, Leaning, str]) -> Limits:
    """Return the limits of a description in which these findings are made."""
    found = [Finding(need=need, leaning=leaning, words=words) for need, leaning, words in findings]
    return find_limits(Profile().add_findings(found).add_quantities(parse_quantities(text)))


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("One 4090, and 8,000 letters.", Limits(gpus="One 4090", hardware="one")),
        ("We have no GPU.", Limits(gpus="no GPU", hardware="rented")),
        ("Four A100s in the basement.", Limits()),
        ("The budget is $500.", Limits(money="$500")),
        ("We have no budget.", Limits()),
        ("We cannot afford thousands.", Limits()),
        ("What do people need today?", Limits()),
        ("It has to run in 3 days.", Limits(deadline="in 3 days")),
        ("It has to run in 3 months.", Limits()),
        ("Due by Friday.", Limits(deadline="Due by Friday")),
        ("Launch next week.", Limits(deadline="Launch next week")),
        ("Due by December.", Limits()),
        ("A call takes two days.", Limits()),
    ],
)
def test_limits_count_where_they_are_stated_and_bind(text: str, limits: Limits) -> None:
    assert limit(text) == limits


def test_a_stretch_of_time_is_a_deadline_where_it_was_said_to_be_short() -> None:
    short = (Need.TIME_AND_COST, PROMPTED, "we have four days")

    assert limit("Well, we have four days.", short).deadline == "four days"


def test_data_that_has_to_stay_takes_a_graphics_card_of_ones_own() -> None:
    secret = (Need.PRIVACY, TUNED, "nothing may leave the house")

    assert limit("We have no GPU, and nothing may leave the house.", secret).hardware == "own"
