"""Settings become an assistant, and logs go to standard error without anybody's words or secrets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.bootstrap import build_assistant
from bot.settings import Settings
from retrieval.conversation import Conversation
from tests.bot.conftest import ROOT

FAIL = """
import logging, structlog
from bot.bootstrap import set_up_logging
set_up_logging("INFO")
def answer(token):
    raise ValueError("no answer")
logging.getLogger("somebody.else").info("started")
logging.getLogger("somebody.else").debug("details")
try:
    answer("sec" + "ret")
except ValueError:
    structlog.get_logger("bot.session").exception("a reply failed", characters=3)
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without `.env`."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def logged() -> subprocess.CompletedProcess[str]:
    """What a process logs; one of its own, because logging is set up once in a process."""
    return subprocess.run([sys.executable, "-c", FAIL], capture_output=True, text=True, cwd=ROOT, check=True)


def test_an_assistant_on_a_store_that_is_there_answers_at_once(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = build_assistant(Settings(data_dir=data_dir))

    assert assistant.reply(Conversation(), "which of the two needs more data?").outcome
    assert capsys.readouterr() == ("", "")


def test_models_may_live_outside_the_data_folder(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "lessons").symlink_to(data_dir / "lessons")

    build_assistant(Settings(data_dir=tmp_path, models_dir=data_dir / "models"))

    assert not (tmp_path / "models").exists()


def test_all_logs_go_to_standard_error_in_one_format(logged: subprocess.CompletedProcess[str]) -> None:
    """Another library's log looks like ours, and what is below the level is left out."""
    assert logged.stdout == ""
    assert "started" in logged.stderr
    assert "[somebody.else]" in logged.stderr
    assert "a reply failed" in logged.stderr
    assert "[bot.session]" in logged.stderr
    assert "details" not in logged.stderr


def test_a_logged_error_says_where_it_happened_but_shows_no_value(logged: subprocess.CompletedProcess[str]) -> None:
    """What a person wrote and the bot's token are local variables, which a log must not show."""
    assert "ValueError: no answer" in logged.stderr
    assert "in answer" in logged.stderr
    assert "secret" not in logged.stderr
