"""The command line: `python -m bot`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app, main
from bot.gaps.table import FILE
from bot.reply import Case, Failure, Replies, Reply
from bot.words import load_words
from knowledge.lesson import Lesson
from retrieval.cost import CostComparison
from tests.bot.conftest import RunBot

QUESTION = "which of the two needs more data?"
OUTSIDE = "What is the capital of France?"
COST = [
    "cost", "--requests", "100000", "--fixed-tokens", "3000", "--variable-tokens", "500", "--output-tokens", "300",
    "--input-price", "2.5", "--output-price", "10",
]  # fmt: skip
PROJECT = "we have 5000 labelled tickets and two ML engineers"


class CallBot(Protocol):
    """Calls a command of `python -m bot`, in an empty folder."""

    def __call__(self, *arguments: str, given: str | None = None, env: Mapping[str, str] | None = None) -> Result: ...


@pytest.fixture
def call_bot(bot_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CallBot:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, given: str | None = None, env: Mapping[str, str] | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=given, env={**bot_env, **(env or {})})

    return call


class EndBot(Protocol):
    """Runs `python -m bot` in this process until it exits: the status, what was printed, and the errors."""

    def __call__(self, *arguments: str, **env: str) -> tuple[object, str, str]: ...


@pytest.fixture
def end_bot(
    bot_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> EndBot:
    monkeypatch.chdir(tmp_path)

    def end(*arguments: str, **env: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        for name, value in {**bot_env, **env}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, *capfd.readouterr()

    return end


def test_ask_answers_one_question(run_bot: RunBot) -> None:
    done = run_bot("ask", QUESTION)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Source: " in done.stdout.decode()


def test_json_is_the_whole_reply(call_bot: CallBot) -> None:
    """It is ASCII, and bytes that are no text do no harm."""
    done = call_bot("advise", PROJECT + os.fsdecode(b" \xff\x01\xfe"), "--json")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert Reply.model_validate_json(done.stdout).kind == "recommendation"
    assert list(json.loads(done.stdout)) == list(Reply.model_fields)


def test_compare_prints_a_feature_by_topic_as_json(call_bot: CallBot, lesson: Lesson) -> None:
    done = call_bot("compare", "time-and-cost", "--json")
    meant = next(row for row in lesson.comparison.features if row.topic == "time-and-cost")

    assert json.loads(done.stdout) == {"features": [meant.model_dump(exclude={"topic"})]}


def test_compare_with_an_unknown_feature_is_wrong_usage(call_bot: CallBot) -> None:
    """What there is instead is said where it is not taken for the table; bytes that are no text do no harm."""
    done = call_bot("compare", os.fsdecode(b"the \x1b[31mweather\xff"))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Scalability" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "kind", "cited"),
    [
        (["lesson", "price"], "answer", "time-and-cost/both"),
        (["cases", "court decisions"], "listing", "cases/lawma"),
        (["glossary", "lora"], "answer", "glossary/lora"),
    ],
)
def test_what_is_browsed_as_json_is_the_whole_reply(
    arguments: list[str], kind: str, cited: str, call_bot: CallBot
) -> None:
    done = call_bot(*arguments, "--json")
    reply = Reply.model_validate_json(done.stdout)

    assert (done.exit_code, done.stderr, reply.kind) == (0, "", kind)
    assert cited in [citation.passage for citation in reply.citations]
    assert reply.pages


def test_what_is_browsed_is_printed_in_words(call_bot: CallBot) -> None:
    done = call_bot("glossary")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "\n- LoRA (low-rank adaptation)\n" in done.stdout


def test_what_is_not_there_to_be_browsed_is_wrong_usage(call_bot: CallBot) -> None:
    done = call_bot("cases", os.fsdecode(b"zeppelins \x1b[31m\xff"))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "zeppelins" in done.stderr
    assert "\x1b" not in done.stderr


def test_cost_compares_by_the_prices_that_are_given() -> None:
    done = CliRunner().invoke(app, [*COST, "--cached-price", "0.25", "--currency", "$"])

    assert (done.exit_code, done.stderr) == (0, "")
    assert "$1,175 a month" in done.stdout
    assert "$500.00 a month" in done.stdout


def test_cost_as_json_is_the_whole_comparison() -> None:
    done = CliRunner().invoke(app, [*COST, "--tuned-one-off", "2000", "--tuned-hosting", "175", "--json"])
    comparison = CostComparison.model_validate_json(done.stdout)

    assert [each.way for each in comparison.ways] == ["long_prompt", "tuned_model"]
    assert comparison.break_even_months == 2


def test_cost_names_what_is_missing_by_the_name_it_is_given_by() -> None:
    done = CliRunner().invoke(app, [*COST, "--tuned-hosting", "90"])

    assert "tuned_one_off is missing" in done.stderr


def test_schema_describes_what_is_read_and_written() -> None:
    described = json.loads(CliRunner().invoke(app, ["schema"]).stdout)

    assert list(described) == ["case", "reply", "replies", "failure"]
    assert described["case"]["required"] == ["turns"]
    assert described["reply"]["required"] == list(Reply.model_fields)
    assert described["replies"]["required"] == list(Replies.model_fields)
    assert described["failure"]["required"] == list(Failure.model_fields)
    assert set(described["case"]["properties"]) == set(Case.model_fields)


def test_the_printed_schema_holds_for_what_batch_writes(call_bot: CallBot) -> None:
    described = json.loads(CliRunner().invoke(app, ["schema"]).stdout)
    case = {"id": 1, "turns": [QUESTION, PROJECT], "command": "ask"}
    answered, failed = call_bot("batch", given=f"{json.dumps(case)}\n[]\n").stdout.splitlines()

    jsonschema.validate(case, described["case"])
    jsonschema.validate(json.loads(answered), described["replies"])
    jsonschema.validate(json.loads(failed), described["failure"])
    for reply in json.loads(answered)["replies"]:
        jsonschema.validate(reply, described["reply"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing"],
        ["ask"],
        ["advise"],
        ["ask", "a", "b"],
        ["batch", "--fast"],
        ["ingest"],
        ["ingest", "--default", "a.md"],
        ["chat", "hello"],
        ["gaps", "all"],
        ["eval"],
        ["eval", "nowhere.jsonl"],
        ["eval", __file__, "--worst", "-1"],
        ["cost"],
        [*COST, "--tuned-hosting", "90"],
        [*COST, "--currency", "euros"],
        [*COST, "--months", "0"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    done = CliRunner().invoke(app, arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage" in done.stderr


def test_wrong_configuration_ends_with_78_and_one_line(end_bot: EndBot) -> None:
    status, printed, errors = end_bot("batch", LOG_LEVEL="nonsense")

    assert (status, printed) == (78, "")
    (line,) = errors.splitlines()
    assert line.startswith("tune-or-prompt: LOG_LEVEL: ")


def test_help_lists_every_command_with_what_it_does() -> None:
    shown = CliRunner().invoke(app, ["--help"]).stdout

    commands = (
        "chat ask advise compare cost lesson cases glossary batch gaps ingest eval schema invite discord doctor health"
    )
    for command in commands.split():
        assert command in shown


def test_a_lesson_that_is_ingested_is_the_one_in_use(run_bot: RunBot, tmp_path: Path, own_lesson: Path) -> None:
    """What was done is said, how it went is shown elsewhere, and the table is the new lesson's."""
    env = {"DATA_DIR": str(tmp_path / "data")}

    done = run_bot("ingest", str(own_lesson), env=env)
    compared = run_bot("compare", "time-and-cost", "--json", env=env)

    assert done.returncode == 0
    assert done.stdout.decode().endswith("and a table of 8 features.\n")
    assert load_words()["building"]["store"] in done.stderr.decode()
    (row,) = json.loads(compared.stdout)["features"]
    assert row["prompt_engineering"] == "An afternoon and a cup of tea"


def test_a_lesson_that_cannot_be_read_ends_with_one_line(end_bot: EndBot, tmp_path: Path) -> None:
    status, printed, errors = end_bot("ingest", str(tmp_path / "nowhere.md"), DATA_DIR=str(tmp_path / "data"))

    assert (status, printed) == (1, "")
    (line,) = errors.splitlines()
    assert line.startswith("tune-or-prompt: ")
    assert "nowhere.md" in line


def test_gaps_shows_what_was_kept_by_consent_and_counts_the_rest(
    call_bot: CallBot, data_dir: Path, tmp_path: Path
) -> None:
    """Every question that found nothing is there, in its words only where the operator said so."""
    env = {"DATA_DIR": str(tmp_path / "data")}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lessons").symlink_to(data_dir / "lessons")

    assert call_bot("gaps", env=env).stdout.strip() == load_words()["gaps"]["none"]
    call_bot("ask", OUTSIDE, env=env)
    call_bot("ask", OUTSIDE, env=env | {"KEEP_QUESTIONS": "true"})
    shown, as_json = call_bot("gaps", env=env), call_bot("gaps", "--json", env=env)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert f"1 × {OUTSIDE}" in shown.stdout
    report = json.loads(as_json.stdout)
    assert [(group["count"], group["typical"]) for group in report["groups"]] == [(1, OUTSIDE)]
    assert [entry["count"] for entry in report["without_text"]] == [1]


def test_a_damaged_file_of_gaps_costs_no_reply(run_bot: RunBot, data_dir: Path, tmp_path: Path) -> None:
    """Whoever asks is answered, and whoever wants to see the gaps is told what is wrong in one line."""
    env = {"DATA_DIR": str(tmp_path / "data"), "KEEP_QUESTIONS": "true"}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lessons").symlink_to(data_dir / "lessons")
    (tmp_path / "data" / FILE).write_bytes(b"not a database " * 100)

    asked, shown = run_bot("ask", OUTSIDE, env=env), run_bot("gaps", env=env)

    assert (asked.returncode, bool(asked.stdout)) == (0, True)
    assert b"gaps could not be kept" in asked.stderr
    assert OUTSIDE.encode() not in asked.stderr
    assert (shown.returncode, shown.stdout) == (1, b"")
    (line,) = shown.stderr.decode().splitlines()
    assert FILE in line


def test_answers_that_nobody_reads_any_more_end_quietly(bot_env: dict[str, str], tmp_path: Path) -> None:
    """As with `python -m bot batch | head -1`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **bot_env},
        cwd=tmp_path,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id": 1, "turns": []}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"id": 1, "replies": []}
        process.stdout.close()
        process.stdin.write(b'{"id": 2, "turns": []}\n' * 10)
        process.stdin.close()
        errors = process.stderr.read()

    assert errors == b""
    assert process.returncode == 1
