"""The command line: `python -m bot`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reply import Case, Failure, Replies, Reply
from knowledge.lesson import Lesson
from tests.bot.conftest import ROOT, RunBot

QUESTION = "which of the two needs more data?"
PROJECT = "we have 5000 labelled tickets and two ML engineers"


def test_ask_answers_one_question(run_bot: RunBot) -> None:
    done = run_bot("ask", QUESTION)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Source: " in done.stdout.decode()


@pytest.mark.parametrize(("command", "text", "kind"), [("ask", QUESTION, "answer"), ("advise", PROJECT, "recommendation")])
def test_json_is_the_whole_reply(command: str, text: str, kind: str, run_bot: RunBot) -> None:
    done = run_bot(command, text, "--json")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert Reply.model_validate_json(done.stdout).kind == kind
    assert list(json.loads(done.stdout)) == list(Reply.model_fields)


@pytest.mark.parametrize("text", ["", "\x01", "x" * 100_000, os.fsdecode(b"\xff\xfe")])
def test_bad_input_gets_a_reply_and_no_traceback(text: str, run_bot: RunBot) -> None:
    done = run_bot("ask", text, "--json")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["kind"] == "rejected"


def test_compare_prints_the_table_as_text_and_as_json(run_bot: RunBot, lesson: Lesson) -> None:
    text = run_bot("compare").stdout.decode()
    shown = json.loads(run_bot("compare", "--json").stdout)

    assert list(shown) == ["features"]
    assert [row["feature"] for row in shown["features"]] == [row.feature for row in lesson.comparison.features]
    for row in shown["features"]:
        assert list(row) == ["feature", "fine_tuning", "prompt_engineering"]
        for cell in row.values():
            assert cell in text


@pytest.mark.parametrize("feature", ["Time and cost", "time-and-cost"])
def test_compare_knows_a_feature_by_label_and_by_topic(feature: str, run_bot: RunBot) -> None:
    done = run_bot("compare", feature, "--json")

    assert done.returncode == 0
    assert [row["feature"] for row in json.loads(done.stdout)["features"]] == ["Time and cost"]


def test_compare_with_an_unknown_feature_is_wrong_usage(run_bot: RunBot) -> None:
    """What there is instead is said where it is not taken for the table."""
    done = run_bot("compare", "the weather")

    assert (done.returncode, done.stdout) == (2, b"")
    assert "Scalability" in done.stderr.decode()


def test_schema_describes_what_is_read_and_written(run_bot: RunBot) -> None:
    done = run_bot("schema")
    described = json.loads(done.stdout)

    assert done.returncode == 0
    assert list(described) == ["case", "reply", "replies", "failure"]
    assert described["case"]["required"] == ["turns"]
    assert described["reply"]["required"] == list(Reply.model_fields)
    assert described["replies"]["required"] == list(Replies.model_fields)
    assert described["failure"]["required"] == list(Failure.model_fields)
    assert set(described["case"]["properties"]) == set(Case.model_fields)


def test_the_printed_schema_holds_for_what_batch_writes(run_bot: RunBot) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    described = json.loads(run_bot("schema").stdout)
    case = {"id": 1, "turns": [QUESTION, PROJECT], "command": "ask"}
    answered, failed = run_bot("batch", given=f"{json.dumps(case)}\n[]\n".encode()).stdout.splitlines()

    jsonschema.validate(case, described["case"])
    jsonschema.validate(json.loads(answered), described["replies"])
    jsonschema.validate(json.loads(failed), described["failure"])
    for reply in json.loads(answered)["replies"]:
        jsonschema.validate(reply, described["reply"])


@pytest.mark.parametrize(
    "arguments", [["sing"], ["ask"], ["advise"], ["ask", "a", "b"], ["batch", "--fast"], ["ingest"], ["chat", "hello"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], run_bot: RunBot) -> None:
    done = run_bot(*arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert "Usage" in done.stderr.decode()


@pytest.mark.parametrize("command", ["batch", "chat", "discord", "compare", "health"])
def test_wrong_configuration_ends_with_78_and_one_line(command: str, run_bot: RunBot) -> None:
    done = run_bot(command, env={"LOG_LEVEL": "nonsense"})

    assert (done.returncode, done.stdout) == (78, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("tune-or-prompt: LOG_LEVEL: ")


def test_help_lists_every_command(run_bot: RunBot) -> None:
    done = run_bot("--help")

    assert done.returncode == 0
    for command in ("chat", "ask", "advise", "compare", "batch", "ingest", "schema", "discord", "health"):
        assert command in done.stdout.decode()


def test_a_lesson_that_breaks_a_rule_is_named_and_changes_nothing(run_bot: RunBot, tmp_path: Path) -> None:
    done = run_bot("ingest", str(tmp_path / "nowhere.md"), env={"DATA_DIR": str(tmp_path / "data")})

    assert (done.returncode, done.stdout) == (1, b"")
    assert "nowhere.md" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_answers_that_nobody_reads_any_more_end_quietly(bot_env: dict[str, str], tmp_path: Path) -> None:
    """As with `python -m bot batch | head -1`."""
    command = [sys.executable, "-m", "bot", "batch"]
    process = subprocess.Popen(
        command,
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


def test_answering_imports_neither_torch_nor_transformers(bot_env: dict[str, str]) -> None:
    """So that the chat is there in seconds."""
    heavy = ("torch", "transformers", "sentence_transformers", "sklearn", "discord")
    program = f"""
import sys
from bot.bootstrap import build_assistant
from bot.settings import load_settings
from retrieval.conversation import Conversation
build_assistant(load_settings()).reply(Conversation(), {QUESTION!r})
print(*[name for name in {heavy!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **bot_env}, cwd=ROOT, capture_output=True, check=True
    )

    assert done.stdout.decode().strip() == ""
