"""Data sets → Results: all conversations are held, then all of them are scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from bot.evaluation.advice import Confusions, count_confusions, score_projects
from bot.evaluation.answers import score_dialogues, score_outside, score_questions
from bot.evaluation.cases import Case, DataSet
from bot.evaluation.grounding import score_grounding
from bot.evaluation.scores import Score
from bot.evaluation.trials import DialogueTrial, OutsideTrial, ProjectTrial, QuestionTrial, Trial, try_case
from bot.talk import Talk

Watch: TypeAlias = Callable[[Sequence[Case]], Iterable[Case]]
"""Hands cases on one by one, and may show how far it has come."""


class Results(BaseModel):
    """All that was measured."""

    model_config = ConfigDict(frozen=True)

    cases: dict[str, int]
    """How many there are, by data set."""
    scores: tuple[Score, ...]
    confusions: tuple[Confusions, ...]
    """Of each data set with projects."""


def evaluate(talk: Talk, data_sets: Iterable[DataSet], watch: Watch = iter) -> Results:
    """Hold the conversations of all cases, and return how good the replies were."""
    return score_trials(
        {data_set.name: [try_case(talk, case) for case in watch(data_set.cases)] for data_set in data_sets}
    )


def score_trials(trials: dict[str, list[Trial]]) -> Results:
    """Return the results of trials by the data sets they belong to; a score that nothing counts towards is left out."""
    scores = (score for name, tried in trials.items() for score in _score_data_set(name, tried))
    projects = {name: [trial for trial in tried if isinstance(trial, ProjectTrial)] for name, tried in trials.items()}
    return Results(
        cases={name: len(tried) for name, tried in trials.items()},
        scores=tuple(score for score in scores if score.of),
        confusions=tuple(count_confusions(name, advised) for name, advised in projects.items() if advised),
    )


def _score_data_set(name: str, trials: Sequence[Trial]) -> Iterator[Score]:
    questions = [trial for trial in trials if isinstance(trial, QuestionTrial)]
    yield from score_questions(name, questions)
    yield from score_grounding(name, questions)
    yield from score_outside(name, [trial for trial in trials if isinstance(trial, OutsideTrial)])
    yield from score_dialogues(name, [trial for trial in trials if isinstance(trial, DialogueTrial)])
    yield from score_projects(name, [trial for trial in trials if isinstance(trial, ProjectTrial)])
