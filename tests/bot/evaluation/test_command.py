"""`python -m bot eval`: anybody's own cases, scored with the lesson in use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.conftest import RunBot

CASES: tuple[dict[str, object], ...] = (
    {"text": "Which of the two needs more data?", "topics": ["data-requirement"], "methods": ["both", "fine_tuning"]},
    {"text": "What is the capital of France?", "kinds": ["answer"]},
    {"turns": ["How much data does fine-tuning need?", "why?"], "expect": [{"topics": ["data-requirement"]}, None]},
    {"text": "Help me with my project", "label": "ask", "findings": []},
)


@pytest.fixture
def own_cases(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)), "utf-8")
    return path


def test_own_cases_are_scored_in_lines(run_bot: RunBot, own_cases: Path) -> None:
    done = run_bot("eval", str(own_cases))

    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert [line.split()[-1] for line in lines if line.startswith("mine: topic ")] == ["1/1"]
    assert [line.split()[-1] for line in lines if line.startswith("mine: kind of reply ")] == ["0/1"]
    assert "worst misses" not in done.stdout.decode()


def test_the_worst_misses_are_shown_with_what_was_expected_and_said(run_bot: RunBot, own_cases: Path) -> None:
    lines = run_bot("eval", str(own_cases), "--worst", "1").stdout.decode().splitlines()
    place = lines.index("mine: kind of reply: the worst misses")

    assert lines[place + 1 : place + 3] == ["- What is the capital of France?", "    expected: answer"]
    assert lines[place + 3].startswith("    said: out_of_scope: ")


def test_scores_are_there_as_json(run_bot: RunBot, own_cases: Path) -> None:
    done = run_bot("eval", str(own_cases), "--json")
    read = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, b"")
    assert read["cases"] == {"mine": 4}
    assert {score["measure"]: score["value"] for score in read["scores"]}["verdict"] == 1


def test_a_line_that_breaks_a_rule_ends_with_one_line_and_nothing_is_scored(run_bot: RunBot, own_cases: Path) -> None:
    """The files before it are not scored either, and the store is not even opened."""
    broken = own_cases.with_name("broken.jsonl")
    broken.write_text('\n{"text": "a", "label": "neither"}\n', "utf-8")
    done = run_bot("eval", str(own_cases), str(broken), env={"DATA_DIR": str(own_cases.with_name("nowhere"))})

    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"tune-or-prompt: {broken}, line 2: label: ")
    assert not own_cases.with_name("nowhere").exists()
