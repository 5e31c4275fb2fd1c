"""The measures of ranking have known values, and those of ir_measures."""

from __future__ import annotations

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Success, nDCG

from bot.evaluation.ranking import MEASURES, measure_hit, measure_ndcg, rank_distinct

REFERENCES = {"Hit@1": Success @ 1, "Hit@3": Success @ 3, "MRR": RR, "nDCG@5": nDCG @ 5}
names = st.sampled_from("abcdefghij")
rankings = st.lists(names, unique=True).map(tuple)
judgments = st.frozensets(names, min_size=1)


def ask_reference(measure: str, ranked: tuple[str, ...], relevant: frozenset[str]) -> float:
    """Return what ir_measures says of one question."""
    judged = [ir_measures.Qrel("question", name, 1) for name in relevant]
    run = [ir_measures.ScoredDoc("question", name, -float(place)) for place, name in enumerate(ranked)]
    # Without any name the question is missing from a run, which the reference reads as a value of 0.
    return float(ir_measures.calc_aggregate([REFERENCES[measure]], judged, run)[REFERENCES[measure]])


def test_every_measure_has_a_reference() -> None:
    assert list(MEASURES) == list(REFERENCES)


@pytest.mark.parametrize("measure", MEASURES)
@given(ranked=rankings, relevant=judgments)
def test_a_measure_agrees_with_ir_measures(measure: str, ranked: tuple[str, ...], relevant: frozenset[str]) -> None:
    assert MEASURES[measure](ranked, relevant) == pytest.approx(ask_reference(measure, ranked, relevant), abs=1e-9)


@given(ranked=rankings, relevant=judgments, within=st.integers(1, 12))
def test_measures_agree_at_any_depth(ranked: tuple[str, ...], relevant: frozenset[str], within: int) -> None:
    judged = [ir_measures.Qrel("question", name, 1) for name in relevant]
    run = [ir_measures.ScoredDoc("question", name, -float(place)) for place, name in enumerate(ranked)]
    hit, gain = Success @ within, nDCG @ within
    reference = ir_measures.calc_aggregate([hit, gain], judged, run)

    assert measure_hit(ranked, relevant, within=within) == reference[hit]
    assert measure_ndcg(ranked, relevant, within=within) == pytest.approx(reference[gain], abs=1e-9)


@given(questions=st.lists(st.tuples(rankings, judgments), min_size=1, max_size=6))
def test_a_mean_over_questions_agrees_too(questions: list[tuple[tuple[str, ...], frozenset[str]]]) -> None:
    judged = [
        ir_measures.Qrel(str(number), name, 1) for number, (_, relevant) in enumerate(questions) for name in relevant
    ]
    run = [
        ir_measures.ScoredDoc(str(number), name, -float(place))
        for number, (ranked, _) in enumerate(questions)
        for place, name in enumerate(ranked)
    ]
    reference = ir_measures.calc_aggregate(list(REFERENCES.values()), judged, run)

    for measure, compute in MEASURES.items():
        mean = math.fsum(compute(*question) for question in questions) / len(questions)
        assert mean == pytest.approx(reference[REFERENCES[measure]], abs=1e-9)


@pytest.mark.parametrize(
    ("measure", "ranked", "relevant", "value"),
    [
        ("Hit@1", "abc", "a", 1.0),
        ("Hit@1", "abc", "b", 0.0),
        ("Hit@3", "abcd", "c", 1.0),
        ("Hit@3", "abcd", "d", 0.0),
        ("MRR", "abcd", "cd", 1 / 3),
        ("MRR", "abcd", "x", 0.0),
        ("nDCG@5", "abc", "a", 1.0),
        ("nDCG@5", "abc", "b", 1 / math.log2(3)),
        ("nDCG@5", "abc", "ax", 1 / (1 + 1 / math.log2(3))),
        ("nDCG@5", "abcdef", "f", 0.0),
        ("nDCG@5", "", "a", 0.0),
    ],
)
def test_a_measure_has_its_known_value(measure: str, ranked: str, relevant: str, value: float) -> None:
    assert MEASURES[measure](tuple(ranked), frozenset(relevant)) == pytest.approx(value)


@pytest.mark.parametrize("measure", MEASURES)
def test_where_nothing_is_relevant_nothing_is_earned(measure: str) -> None:
    assert MEASURES[measure](("a", "b"), frozenset()) == 0.0


def test_a_name_counts_where_it_first_stands() -> None:
    assert rank_distinct(["b", "a", "b", "c", "a"]) == ("b", "a", "c")
