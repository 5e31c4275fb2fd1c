"""How good advice on projects is: the verdict, the confidence in it, and what was found in the description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel, ConfigDict

from bot.evaluation.cases import Label
from bot.evaluation.scores import Mark, Score, count_score, score_f1, score_marks
from bot.evaluation.trials import ProjectTrial
from bot.reply import Reply
from knowledge.signals import Need, Signal
from retrieval.recommendation import Confidence

GRAVITY = {Confidence.HIGH: 3.0, Confidence.MEDIUM: 2.0, Confidence.LOW: 1.0}
"""How bad a wrong verdict is; a needless question is less bad than any."""


class Confusions(BaseModel):
    """How often each right outcome of projects met each that was said."""

    model_config = ConfigDict(frozen=True)

    data_set: str
    counts: dict[str, dict[str, int]]
    """By the right outcome, then by the one that was said."""


@dataclass(frozen=True)
class Reading:
    """What there is to be found in a description, and what was found."""

    text: str
    there: frozenset[Signal]
    found: frozenset[Signal]

    @property
    def wrong(self) -> frozenset[Signal]:
        return self.found - self.there

    @property
    def missing(self) -> frozenset[Signal]:
        return self.there - self.found

    @property
    def faults(self) -> frozenset[Signal]:
        return self.wrong | self.missing

    def narrow_down(self, need: Need) -> Reading:
        """Return what concerns one need."""
        there, found = (
            frozenset(signal for signal in part if signal.need is need) for part in (self.there, self.found)
        )
        return Reading(self.text, there, found)


def score_projects(data_set: str, trials: Sequence[ProjectTrial]) -> Iterator[Score]:
    """Yield verdicts, in all, by the right one and by confidence, findings, in all and by need, and recognition."""
    yield score_marks(data_set, "verdict", map(mark_verdict, trials))
    for label in get_args(Label):
        meant = [trial for trial in trials if trial.case.label == label]
        yield score_marks(data_set, f"verdict where it is {label}", map(mark_verdict, meant))
    readings = [_read_trial(trial) for trial in trials if trial.case.findings is not None]
    yield from score_findings(data_set, readings)
    yield score_marks(data_set, "recognized in chat", map(_mark_recognition, trials))
    yield from _score_confidence(data_set, trials)
    for need in Need:
        yield from score_findings(data_set, [reading.narrow_down(need) for reading in readings], part=need)


def count_confusions(data_set: str, trials: Sequence[ProjectTrial]) -> Confusions:
    """Return the confusion matrix: a row and a column for each label, and a column for anything else that was said."""
    labels: tuple[str, ...] = get_args(Label)
    said = dict.fromkeys([*labels, *(name_outcome(trial.reply) for trial in trials)])
    counts = {label: dict.fromkeys(said, 0) for label in labels}
    for trial in trials:
        counts[trial.case.label][name_outcome(trial.reply)] += 1
    return Confusions(data_set=data_set, counts=counts)


def name_outcome(reply: Reply) -> str:
    """Return the verdict, `ask` for a clarifying question, and the kind of any other reply."""
    return "ask" if reply.kind == "clarifying_question" else reply.verdict or reply.kind


def mark_verdict(trial: ProjectTrial) -> Mark:
    """Return whether the verdict is right; where it is not, the surer it was the graver."""
    reply = trial.reply
    sure = f", confidence {reply.confidence}" if reply.confidence else ""
    findings = ", ".join(f"{finding.need}:{finding.leaning}" for finding in reply.profile) or "nothing found"
    return Mark(
        value=float(name_outcome(reply) == trial.case.label),
        asked=trial.case.text,
        expected=trial.case.label,
        said=f"{name_outcome(reply)}{sure} ({findings})",
        gravity=GRAVITY[reply.confidence] if reply.confidence else 0.0,
    )


def score_findings(data_set: str, readings: Sequence[Reading], *, part: str = "") -> Iterator[Score]:
    """Yield precision, recall and F1 of findings, each finding a need and its leaning."""
    hits = sum(len(reading.there & reading.found) for reading in readings)
    wrong = sum(len(reading.wrong) for reading in readings)
    missing = sum(len(reading.missing) for reading in readings)
    alarms = [_mark_faults(reading, reading.wrong) for reading in readings if reading.wrong]
    gaps = [_mark_faults(reading, reading.missing) for reading in readings if reading.missing]
    faults = [_mark_faults(reading, reading.faults) for reading in readings if reading.faults]
    yield count_score(data_set, "findings precision", hits, hits + wrong, part=part, misses=alarms)
    yield count_score(data_set, "findings recall", hits, hits + missing, part=part, misses=gaps)
    yield score_f1(data_set, hits, wrong=wrong, missing=missing, part=part, misses=faults)


def _score_confidence(data_set: str, trials: Sequence[ProjectTrial]) -> Iterator[Score]:
    """Yield, for each confidence, its share of all verdicts and how many of its verdicts are right."""
    advised = [trial for trial in trials if trial.reply.confidence]
    for confidence in Confidence:
        sure = [trial for trial in advised if trial.reply.confidence is confidence]
        part = f"confidence {confidence}"
        yield count_score(data_set, "share of verdicts", len(sure), len(advised), part=part)
        yield score_marks(data_set, "verdict", map(mark_verdict, sure), part=part)


def _mark_recognition(trial: ProjectTrial) -> Mark:
    said = "a project" if trial.recognized else "something else"
    return Mark(value=float(trial.recognized), asked=trial.case.text, expected="a project", said=said)


def _read_trial(trial: ProjectTrial) -> Reading:
    there = frozenset(Signal(finding.need, finding.leaning) for finding in trial.case.findings or ())
    found = frozenset(Signal(finding.need, finding.leaning) for finding in trial.reply.profile)
    return Reading(trial.case.text, there, found)


def _mark_faults(reading: Reading, faults: frozenset[Signal]) -> Mark:
    """Return a miss that is the graver the more findings are at fault."""
    there, found = (", ".join(sorted(map(str, signals))) for signals in (reading.there, reading.found))
    return Mark(value=0.0, asked=reading.text, expected=there, said=found, gravity=len(faults))
