"""The gate lets through what is better or as good, and names what is worse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.results import Results
from bot.evaluation.scores import count_score
from tests.evals.gate import Committed, Count, condense_results, list_falls


def commit(value: float, of: int = 300, **cases: int) -> Committed:
    return Committed(cases=cases or {"mine": of}, scores={"mine: topic": Count(right=value * of, of=of)})


@pytest.mark.parametrize(
    ("of", "before", "now", "falls"),
    [
        (300, 0.8, 0.9, False),
        (300, 0.8, 0.8, False),
        (300, 0.8, 0.781, False),
        (300, 0.8, 0.779, True),
        (20, 1.0, 0.95, False),
        (20, 1.0, 0.90, True),
    ],
)
def test_a_score_may_fall_by_two_points_or_one_case(of: int, before: float, now: float, *, falls: bool) -> None:
    assert bool(list(list_falls(commit(before, of), commit(now, of)))) is falls


@given(counted=st.integers(1, 50).flatmap(lambda of: st.tuples(st.integers(1, of), st.just(of))))
def test_where_there_are_few_cases_one_may_be_lost(counted: tuple[int, int]) -> None:
    right, of = counted
    before, now = (Committed(cases={}, scores={"a": Count(right=count, of=of)}) for count in (right, right - 1))

    assert list(list_falls(before, now)) == []


def test_a_fall_is_named_with_what_was_committed() -> None:
    assert list(list_falls(commit(0.8), commit(0.5))) == ["mine: topic must be at least 78.0%, not 50.0%"]


def test_scores_of_other_cases_are_not_compared() -> None:
    """Whoever changes a data set renews the scores, even where they rise."""
    (line,) = list_falls(commit(0.8), commit(0.9, mine=300, yours=5))

    assert line == "the data sets had {'mine': 300} cases and now have {'mine': 300, 'yours': 5}"


def test_a_score_that_is_gone_or_new_is_named() -> None:
    other = Committed(cases={"mine": 300}, scores={"mine: method": Count(right=300, of=300)})

    assert list(list_falls(commit(0.8), other)) == [
        "mine: topic is no longer measured",
        "mine: method is not committed",
    ]


def test_what_is_committed_is_read_back_and_holds_no_parts() -> None:
    scores = (count_score("mine", "topic", 2, 3), count_score("mine", "topic", 1, 2, part="style short"))
    condensed = condense_results(Results(cases={"mine": 3}, scores=scores, confusions=()))

    assert Committed.model_validate_json(condensed.model_dump_json()) == condensed
    assert condensed.scores == {"mine: topic": Count(right=2, of=3)}
    assert list(list_falls(condensed, condensed)) == []
