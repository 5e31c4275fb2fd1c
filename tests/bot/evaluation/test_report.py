"""Results are told to people in lines, and to programs as JSON."""

from __future__ import annotations

import json

import pytest

from bot.evaluation.cases import ProjectCase
from bot.evaluation.report import dump_results, write_report
from bot.evaluation.results import Results, score_trials
from bot.evaluation.scores import Mark, count_score, score_marks
from bot.evaluation.trials import ProjectTrial
from retrieval.recommendation import Confidence, Verdict
from tests.bot.evaluation.replies import ASKING, make_advice

MISSES = [Mark(value=0, asked=f"question {number}", expected="this", said="that\n\x1b[31m") for number in range(3)]
RESULTS = Results(
    cases={"mine": 4},
    scores=(
        score_marks("mine", "topic", [*MISSES, MISSES[0].model_copy(update={"value": 1.0})]),
        count_score("mine", "topic", 1, 2, part="style short", misses=MISSES[:1]),
    ),
    confusions=(),
)


def test_a_score_is_a_line_with_its_interval_and_its_counts() -> None:
    first, second = write_report(RESULTS, 0).splitlines()

    assert first.split(maxsplit=2) == ["mine:", "topic", "25.0%  [4.6%, 69.9%]  1/4"]
    assert second.endswith("50.0%  [9.5%, 90.5%]  1/2")


def test_the_worst_misses_stand_at_the_end_where_they_are_asked_for() -> None:
    """A part's misses are among those of the whole; what a reply holds does nothing to a terminal."""
    lines = write_report(RESULTS, 2).splitlines()
    place = lines.index("mine: topic: the worst misses")

    assert lines[place + 1 :] == [
        *("- question 0", "    expected: this", "    said: that [31m"),
        *("- question 1", "    expected: this", "    said: that [31m"),
    ]


def test_a_long_text_is_cut_to_a_line() -> None:
    miss = MISSES[0].model_copy(update={"asked": "word " * 1_000})
    results = RESULTS.model_copy(update={"scores": (score_marks("mine", "topic", [miss]),)})

    assert max(map(len, write_report(results, 1).splitlines())) < 300


def test_the_confusion_matrix_has_its_rows_and_columns_named() -> None:
    case = ProjectCase(text="a", label="both")
    trials = [
        ProjectTrial(case, ASKING, recognized=True),
        ProjectTrial(case, make_advice(Verdict.BOTH, Confidence.LOW), recognized=True),
    ]
    lines = write_report(score_trials({"mine": list(trials)}), 0).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("mine: what was right (rows)"))

    assert lines[place + 1].split() == ["fine_tuning", "prompt_engineering", "both", "ask"]
    assert [line.split() for line in lines[place + 2 : place + 6]][2] == ["both", "0", "0", "1", "1"]
    assert len({len(line) for line in lines[place + 1 : place + 6]}) == 1


@pytest.mark.parametrize("worst", [0, 1, 9])
def test_json_holds_every_score_with_its_worst_misses(worst: int) -> None:
    dumped = dump_results(RESULTS, worst)
    read = json.loads(dumped)

    assert dumped.isascii()
    assert list(read) == ["cases", "scores", "confusions"]
    assert read["cases"] == {"mine": 4}
    assert [(score["measure"], score["part"], score["right"], score["of"]) for score in read["scores"]] == [
        ("topic", "", 1, 4),
        ("topic", "style short", 1, 2),
    ]
    assert [len(score["misses"]) for score in read["scores"]] == [min(worst, 3), min(worst, 1)]
    assert {"value", "low", "high", "data_set"} <= set(read["scores"][0])
