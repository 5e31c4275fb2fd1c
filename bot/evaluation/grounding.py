"""How much of what a chat model wrote is supported by what it cites, and how often it has a part in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluation.scores import Mark, Score, score_marks
from bot.evaluation.trials import QuestionTrial


def score_grounding(data_set: str, trials: Sequence[QuestionTrial]) -> Iterator[Score]:
    """Yield both, over the questions that a chat model was asked to answer."""
    asked = [trial for trial in trials if trial.reply.written or trial.reply.alone]
    yield score_marks(data_set, "written by a chat model", (_mark_part(trial) for trial in asked))
    written = ((trial, trial.supported) for trial in asked)
    marks = (_mark_support(trial, share) for trial, share in written if share is not None)
    yield score_marks(data_set, "groundedness", marks)


def _mark_part(trial: QuestionTrial) -> Mark:
    said = trial.reply.alone or trial.reply.written or ""
    return Mark(value=float(bool(trial.reply.written)), asked=trial.case.text, expected="its own words", said=said)


def _mark_support(trial: QuestionTrial, share: float) -> Mark:
    said = trial.reply.written or ""
    return Mark(value=share, asked=trial.case.text, expected="what is cited", said=said, gravity=1 - share)
