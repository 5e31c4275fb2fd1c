"""The scores do not fall, and the data sets are what they are said to be. Takes a minute or two."""

from __future__ import annotations

import pytest

from bot.evaluation.cases import Case, DialogueCase, OutsideCase, ProjectCase, QuestionCase
from bot.evaluation.results import Results
from knowledge.topics import load_topics
from tests.evals.gate import COMMITTED, RENEW, Committed, condense_results, list_falls, read_own_data_sets, take_sample

pytestmark = pytest.mark.timeout(1_200)


def test_no_score_falls_below_the_committed_one(results: Results) -> None:
    committed = Committed.model_validate_json(COMMITTED.read_bytes())

    assert list(list_falls(committed, condense_results(results))) == [], RENEW


def test_every_case_counts(results: Results) -> None:
    """Each data set has scores, and every project has its place in the confusion matrix."""
    placed = {
        confusions.data_set: sum(count for row in confusions.counts.values() for count in row.values())
        for confusions in results.confusions
    }

    assert {score.data_set for score in results.scores} == set(results.cases)
    assert placed == {
        data_set.name: len(data_set.cases)
        for data_set in take_sample(read_own_data_sets())
        if isinstance(data_set.cases[0], ProjectCase)
    }


def test_topics_that_are_expected_are_ours() -> None:
    """A misspelt one could never be met."""
    expected = [topic for data_set in read_own_data_sets() for case in data_set.cases for topic in list_topics(case)]

    assert expected
    assert set(expected) <= set(load_topics())


def list_topics(case: Case) -> tuple[str, ...]:
    match case:
        case QuestionCase():
            return case.topics
        case DialogueCase():
            return tuple(topic for turn in case.expect if turn is not None for topic in turn.topics)
        case OutsideCase() | ProjectCase():
            return ()
