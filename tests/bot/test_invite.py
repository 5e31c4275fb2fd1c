"""The links that install the bot ask for no more than it needs, and never show its token."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from discord import Permissions
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import ConfigurationError
from bot.invite import (
    PERMISSIONS,
    find_application_id,
    link_server_install,
    link_user_install,
    name_permissions,
    phrase_invitation,
    read_application_id,
)
from bot.settings import Settings
from bot.words import load_words
from tests.bot.conftest import RunBot

ID = 1_234_567_890_123_456_789
SECRET = "GsEcRt"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without `.env`."""
    monkeypatch.chdir(tmp_path)


def make_token(application_id: object = ID) -> str:
    first = base64.urlsafe_b64encode(str(application_id).encode()).decode().rstrip("=")
    return f"{first}.{SECRET}.not-a-real_token-of-anybody"


def read_query(link: str) -> dict[str, list[str]]:
    assert link.startswith("https://discord.com/oauth2/authorize?")
    return parse_qs(urlsplit(link).query)


def test_the_link_for_a_server_asks_for_the_bot_its_commands_and_the_permissions_it_needs() -> None:
    assert read_query(link_server_install(ID)) == {
        "client_id": [str(ID)],
        "scope": ["bot applications.commands"],
        "permissions": [str(PERMISSIONS.value)],
        "integration_type": ["0"],
    }


def test_the_link_for_oneself_asks_for_the_commands_alone() -> None:
    assert read_query(link_user_install(ID)) == {
        "client_id": [str(ID)],
        "scope": ["applications.commands"],
        "integration_type": ["1"],
    }


def test_the_permissions_are_few_and_each_has_the_name_that_discord_shows() -> None:
    assert name_permissions(PERMISSIONS) == ", ".join(load_words()["invite"]["permissions"].values())
    assert name_permissions(Permissions.none()) == ""
    assert not PERMISSIONS & Permissions(administrator=True, manage_messages=True, mention_everyone=True)


@pytest.mark.parametrize("application_id", [10**14, ID, 10**19])
def test_the_application_is_known_from_its_token_whatever_its_length(application_id: int) -> None:
    assert read_application_id(f" {make_token(application_id)}\n") == application_id


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "a.b.c",
        "A.b.c",
        f"Bot {make_token()}",
        f'"{make_token()}"',
        make_token("nobody"),
        make_token(7),
        make_token().replace(".", ""),
        f"{make_token()}.more",
        f"{make_token()}\nX-Other: header",
        "sk-proj-a_key_of_somebody_else",
        "ÄÖÜ.b.c",
    ],
)
def test_what_is_no_token_names_no_application(wrong: str) -> None:
    assert read_application_id(wrong) is None


def test_invite_prints_both_links_for_the_application_of_the_token_but_not_the_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", make_token())

    done = CliRunner().invoke(app, ["invite"])

    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{phrase_invitation(ID)}\n", "")
    assert link_server_install(ID) in done.stdout
    assert link_user_install(ID) in done.stdout
    assert SECRET not in done.stdout


def test_invite_takes_an_application_by_its_id_whatever_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", make_token())

    done = CliRunner().invoke(app, ["invite", "--application-id", "987654321098765432"])

    assert (done.exit_code, done.stdout) == (0, f"{phrase_invitation(987_654_321_098_765_432)}\n")


def test_without_a_token_the_application_has_to_be_given() -> None:
    with pytest.raises(ConfigurationError, match=r"^DISCORD_TOKEN .* is not set; .* --application-id$"):
        find_application_id(Settings())


def test_invite_with_what_is_no_token_ends_with_78_and_one_line_without_it(run_bot: RunBot) -> None:
    done = run_bot("invite", env={"DISCORD_TOKEN": f"Bot {make_token()}"})

    assert (done.returncode, done.stdout) == (78, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("tune-or-prompt: DISCORD_TOKEN must ")
    assert line.endswith("give --application-id")
    assert SECRET not in line
