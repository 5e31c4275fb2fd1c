"""All data sets are tried, then scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluation.cases import Case, DataSet, OutsideCase, ProjectCase, QuestionCase
from bot.evaluation.results import evaluate, score_trials
from bot.evaluation.trials import ProjectTrial, QuestionTrial, Trial
from bot.talk import Talk
from tests.bot.evaluation.replies import ASKING, OUT_OF_SCOPE

QUESTION = QuestionCase(text="Which of the two needs more data?", topics=("data-requirement",))
OUTSIDE = OutsideCase(text="What is the capital of France?", kinds=("smalltalk",))
PROJECT = ProjectCase(text="Help me with my project", label="ask")


def test_a_data_set_may_mix_cases_of_all_kinds(talk: Talk) -> None:
    results = evaluate(talk, [DataSet("mine", (QUESTION, OUTSIDE, PROJECT))])
    values = {score.name: score.value for score in results.scores}

    assert results.cases == {"mine": 3}
    assert values["mine: topic"] == 1
    assert values["mine: kind of reply"] == 0
    assert values["mine: verdict"] == 1
    assert [confusions.data_set for confusions in results.confusions] == ["mine"]


def test_it_can_be_watched_how_far_it_has_come(talk: Talk) -> None:
    seen: list[Case] = []

    def watch(cases: Sequence[Case]) -> Iterator[Case]:
        for case in cases:
            seen.append(case)
            yield case

    evaluate(talk, [DataSet("mine", (QUESTION,)), DataSet("yours", (OUTSIDE,))], watch)

    assert seen == [QUESTION, OUTSIDE]


def test_data_sets_are_scored_apart_and_no_score_is_without_cases() -> None:
    results = score_trials(
        {
            "mine": [QuestionTrial(QUESTION, OUT_OF_SCOPE)],
            "yours": [ProjectTrial(PROJECT, ASKING, recognized=False)],
        }
    )

    assert {score.data_set: score.measure for score in results.scores if score.value == 1} == {
        "yours": "verdict where it is ask"
    }
    assert {score.data_set for score in results.scores} == {"mine", "yours"}
    assert all(score.of for score in results.scores)


def test_the_names_of_scores_are_their_own() -> None:
    trials: list[Trial] = [QuestionTrial(QUESTION, OUT_OF_SCOPE), ProjectTrial(PROJECT, ASKING, recognized=False)]
    names = [score.name for score in score_trials({"mine": trials, "yours": trials}).scores]

    assert len(names) == len(set(names))
