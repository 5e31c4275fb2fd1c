"""Advice is held against the outcome a reader gave, and what was found against what the reader found."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.evaluation.advice import count_confusions, mark_verdict, name_outcome, score_projects
from bot.evaluation.cases import FindingCase, Label, ProjectCase
from bot.evaluation.scores import Score
from bot.evaluation.trials import ProjectTrial
from bot.reply import Reply
from knowledge.signals import Leaning, Need
from retrieval.recommendation import Confidence, Verdict
from tests.bot.evaluation.replies import ASKING, OUT_OF_SCOPE, make_advice

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING
DATA, PRIVACY, TIME = Need.DATA_REQUIREMENT, Need.PRIVACY, Need.TIME_AND_COST
HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def make_trial(label: Label, reply: Reply, *findings: tuple[Need, Leaning]) -> ProjectTrial:
    there = tuple(FindingCase(need=need, leaning=leaning) for need, leaning in findings)
    case = ProjectCase(text=f"a project: {label}", label=label, findings=there)
    return ProjectTrial(case, reply, recognized=reply is not OUT_OF_SCOPE)


TRIALS = [
    make_trial("fine_tuning", make_advice(Verdict.FINE_TUNING, HIGH, (DATA, TUNED)), (DATA, TUNED)),
    make_trial("fine_tuning", make_advice(Verdict.BOTH, LOW, (DATA, PROMPTED)), (DATA, TUNED), (PRIVACY, TUNED)),
    make_trial(
        "prompt_engineering", make_advice(Verdict.FINE_TUNING, HIGH, (TIME, TUNED), (DATA, TUNED)), (DATA, TUNED)
    ),
    make_trial("ask", ASKING),
    make_trial("ask", OUT_OF_SCOPE),
]


def tell(scores: Iterable[Score]) -> dict[str, str]:
    return {score.name.removeprefix("mine: "): f"{score.right:g}/{score.of}" for score in scores if score.of}


def find_score(name: str) -> Score:
    return next(score for score in score_projects("mine", TRIALS) if score.name == f"mine: {name}")


def test_projects_are_scored_by_verdict_confidence_and_findings() -> None:
    told = tell(score_projects("mine", TRIALS))

    assert {name: count for name, count in told.items() if "findings" not in name} == {
        "verdict": "2/5",
        "verdict where it is fine_tuning": "1/2",
        "verdict where it is prompt_engineering": "0/1",
        "verdict where it is ask": "1/2",
        "recognized in chat": "4/5",
        "share of verdicts (confidence high)": "2/3",
        "verdict (confidence high)": "1/2",
        "share of verdicts (confidence medium)": "0/3",
        "share of verdicts (confidence low)": "1/3",
        "verdict (confidence low)": "0/1",
    }
    assert {name: count for name, count in told.items() if "findings" in name} == {
        "findings precision": "2/4",
        "findings recall": "2/4",
        "findings F1": "4/8",
        "findings precision (data_requirement)": "2/3",
        "findings recall (data_requirement)": "2/3",
        "findings F1 (data_requirement)": "4/6",
        "findings precision (time_and_cost)": "0/1",
        "findings F1 (time_and_cost)": "0/1",
        "findings recall (privacy)": "0/1",
        "findings F1 (privacy)": "0/1",
    }


def test_a_need_that_is_found_leaning_the_wrong_way_is_wrong_and_missing() -> None:
    trial = make_trial("ask", make_advice(Verdict.BOTH, LOW, (DATA, PROMPTED)), (DATA, TUNED))
    told = tell(score_projects("mine", [trial]))

    assert (told["findings precision"], told["findings recall"]) == ("0/1", "0/1")


def test_projects_whose_findings_nobody_listed_count_for_the_verdict_alone() -> None:
    case = ProjectCase(text="a", label="both")
    trial = ProjectTrial(case, make_advice(Verdict.BOTH, HIGH, (DATA, TUNED)), recognized=True)

    assert [name for name in tell(score_projects("mine", [trial])) if "findings" in name] == []


def test_a_verdict_that_was_sure_and_wrong_is_the_worst_miss() -> None:
    said = [miss.said for miss in find_score("verdict").misses]

    assert said == [
        "fine_tuning, confidence high (time_and_cost:fine_tuning, data_requirement:fine_tuning)",
        "both, confidence low (data_requirement:prompt_engineering)",
        "out_of_scope (nothing found)",
    ]


def test_the_more_findings_are_at_fault_the_worse_the_miss() -> None:
    worst, *others = find_score("findings F1").misses

    assert worst.expected == "data_requirement:fine_tuning, privacy:fine_tuning"
    assert worst.said == "data_requirement:prompt_engineering"
    assert [miss.said for miss in others] == ["data_requirement:fine_tuning, time_and_cost:fine_tuning"]


def test_precision_misses_what_is_wrong_and_recall_what_is_missing() -> None:
    assert [miss.asked for miss in find_score("findings precision (time_and_cost)").misses] == [
        "a project: prompt_engineering"
    ]
    assert [miss.asked for miss in find_score("findings recall (privacy)").misses] == ["a project: fine_tuning"]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [(ASKING, "ask"), (make_advice(Verdict.BOTH, LOW), "both"), (OUT_OF_SCOPE, "out_of_scope")],
)
def test_declining_is_not_asking(reply: Reply, outcome: str) -> None:
    assert name_outcome(reply) == outcome
    assert mark_verdict(make_trial("ask", reply)).value == (outcome == "ask")


def test_the_confusion_matrix_counts_every_project_once() -> None:
    """What is no label has a column of its own, and rows and columns of labels are there without cases, too."""
    counts = count_confusions("mine", TRIALS).counts

    assert list(counts) == ["fine_tuning", "prompt_engineering", "both", "ask"]
    assert {tuple(row) for row in counts.values()} == {(*counts, "out_of_scope")}
    assert [list(row.values()) for row in counts.values()] == [
        [1, 0, 1, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 1, 1],
    ]
