"""`python -m bot doctor`: every check in order, its exit status, and nothing that ends it early."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from structlog.testing import capture_logs

from bot.doctor.commands import list_commands
from bot.doctor.diagnosis import Check, Diagnosis
from bot.doctor.examination import attempt, check_token
from bot.invite import PERMISSIONS
from tests.bot.conftest import RunBot
from tests.bot.doctor.discord_rest import TOKEN, DiscordRest, make_server
from tests.fake_discord.process import bot_environment

FINE = Diagnosis(check="store", status="fine", what="The store opens.")


async def run_doctor(url: str, env: dict[str, str], folder: Path) -> tuple[int | None, dict[str, Any], str]:
    """Return exit status, what was found by check, and all that was printed to standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", "--json"),
        env=bot_environment(url, TOKEN, env),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert TOKEN not in output.decode() + errors.decode()
    found = json.loads(output)["diagnoses"]
    return process.returncode, {each["check"]: each for each in found}, errors.decode()


async def test_an_installation_that_is_whole_is_sound_in_every_respect(bot_env: dict[str, str], tmp_path: Path) -> None:
    """A server without permissions is a warning, and warnings do not count."""
    async with DiscordRest() as discord:
        discord.servers = [make_server(1, PERMISSIONS.value), make_server(2, 0)]
        discord.commands = [dict(command) for command in list_commands()]
        status, found, errors = await run_doctor(discord.url, bot_env, tmp_path)

    assert (status, errors) == (0, "")
    assert list(found) == list(get_args(Check))
    assert {check for check, each in found.items() if each["status"] != "fine"} <= {"servers", "space"}
    assert "“Server 2”" in found["servers"]["what"]


async def test_a_refused_token_is_broken_and_ends_with_1(bot_env: dict[str, str], tmp_path: Path) -> None:
    """It makes no difference that the store is broken, too: each is said."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lessons").write_text("I am a file", "utf-8")
    async with DiscordRest() as discord:
        discord.failures["/users/@me"] = 401
        status, found, errors = await run_doctor(discord.url, bot_env | {"DATA_DIR": str(tmp_path / "data")}, tmp_path)

    assert (status, errors) == (1, "")
    assert {check for check, each in found.items() if each["status"] == "broken"} == {"store", "discord"}
    assert list(found)[-1] == "discord"


def test_without_a_token_discord_is_not_asked_and_that_is_a_warning(run_bot: RunBot) -> None:
    """In a pipe it is plain text, a line for each finding and one for its remedy."""
    done = run_bot("doctor")
    lines = done.stdout.decode().splitlines()

    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[0].startswith("fine: ")
    assert lines[-3].startswith("warning: DISCORD_TOKEN")
    assert lines[-1].startswith("Nothing is broken")
    assert "\x1b" not in done.stdout.decode()


def test_wrong_settings_are_found_in_one_line_with_their_remedy(run_bot: RunBot) -> None:
    done = run_bot("doctor", env={"LOG_LEVEL": "nonsense"})
    found, remedy, summary = done.stdout.decode().splitlines()

    assert (done.returncode, done.stderr) == (1, b"")
    assert found.startswith("broken: LOG_LEVEL: ")
    assert remedy.startswith("    ")
    assert summary.startswith("Broken: 1 ")


@pytest.mark.parametrize(
    ("token", "status"), [("", "warning"), (TOKEN, "fine"), (f"Bot {TOKEN}", "broken"), ("sk-of-another", "broken")]
)
def test_a_token_is_known_by_its_shape_and_not_shown(token: str, status: str) -> None:
    found = check_token(token)

    assert found.status == status
    assert not token or token not in f"{found.what} {found.remedy}"


def test_a_check_that_breaks_is_broken_itself_and_logged() -> None:
    def look() -> Iterator[Diagnosis]:
        yield FINE
        raise RuntimeError("secret")

    with capture_logs() as logged:
        first, second = attempt("store", look())

    assert first == FINE
    assert (second.check, second.status) == ("store", "broken")
    assert "RuntimeError" in second.what
    assert "secret" not in second.what
    assert [(entry["check"], entry["log_level"]) for entry in logged] == [("store", "error")]
