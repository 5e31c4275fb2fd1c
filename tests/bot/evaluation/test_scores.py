"""Scores count what is right, with Wilson's interval, and hold what was missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.evaluation.scores import Mark, compute_interval, count_score, score_f1, score_marks, score_parts


def mark(value: float, asked: str = "a question", gravity: float = 1.0) -> Mark:
    return Mark(value=value, asked=asked, expected="this", said="that", gravity=gravity)


@given(counted=st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_is_that_of_scipy(counted: tuple[int, int]) -> None:
    expected = binomtest(*counted).proportion_ci(0.95, method="wilson")

    assert compute_interval(*counted) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (60, 100, 0.5020, 0.6906)],
)
def test_the_interval_has_its_known_ends(right: int, of: int, low: float, high: float) -> None:
    assert compute_interval(right, of) == pytest.approx((low, high), abs=5e-5)


def test_without_cases_anything_is_possible() -> None:
    assert compute_interval(0, 0) == (0.0, 1.0)


@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_the_interval_of_a_mean_holds_the_mean(values: list[float]) -> None:
    score = score_marks("mine", "MRR", map(mark, values))

    assert 0 <= score.low <= score.value + 1e-12
    assert score.value <= score.high + 1e-12
    assert score.high <= 1


def test_a_score_counts_full_and_partial_marks() -> None:
    score = score_marks("mine", "MRR", [mark(1), mark(0.5), mark(0)])

    assert (score.name, score.value, score.right, score.of) == ("mine: MRR", 0.5, 1.5, 3)
    assert len(score.misses) == 2


def test_misses_come_worst_first_and_otherwise_in_order() -> None:
    marks = [mark(0, "a", 1), mark(1, "b", 9), mark(0, "c", 2), mark(0, "d", 1)]

    assert [miss.asked for miss in score_marks("mine", "topic", marks).misses] == ["c", "a", "d"]


def test_parts_are_scored_each_by_itself() -> None:
    scores = score_parts("mine", "topic", [("style short", mark(1)), ("style long", mark(0)), ("style short", mark(0))])

    assert [(score.name, score.value) for score in scores] == [
        ("mine: topic (style long)", 0.0),
        ("mine: topic (style short)", 0.5),
    ]


def test_one_part_alone_says_nothing_new() -> None:
    assert score_parts("mine", "topic", [("style short", mark(1)), ("style short", mark(0))]) == []


@given(hits=st.integers(0, 300), wrong=st.integers(0, 300), missing=st.integers(0, 300))
def test_f1_is_the_harmonic_mean_and_lies_in_its_interval(hits: int, wrong: int, missing: int) -> None:
    score = score_f1("mine", hits, wrong=wrong, missing=missing)

    if hits:
        precision, recall = hits / (hits + wrong), hits / (hits + missing)
        assert score.value == pytest.approx(2 * precision * recall / (precision + recall))
    assert 0 <= score.low <= score.value + 1e-12
    assert score.value <= score.high + 1e-12 <= 1 + 1e-9


def test_the_interval_of_f1_is_wider_than_one_that_counts_each_hit_twice() -> None:
    """A hit is one finding, though it stands in both precision and recall."""
    score = score_f1("mine", 60, wrong=20, missing=20)
    low, high = compute_interval(120, 160)

    assert score.value == pytest.approx(0.75)
    assert (score.low, score.high) == pytest.approx([2 * end / (1 + end) for end in (0.5020, 0.6906)], abs=5e-5)
    assert score.high - score.low > high - low


def test_a_part_stands_in_the_name() -> None:
    assert count_score("mine", "verdict", 1, 2, part="confidence high").name == "mine: verdict (confidence high)"
