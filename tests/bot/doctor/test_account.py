"""What Discord tells about the bot is judged: a line for whatever is not as it should be."""

from __future__ import annotations

from typing import get_args

import pytest
from discord import Permissions

from bot.doctor.account import check_account, check_intents, check_servers, check_user_install, diagnose_trouble
from bot.doctor.commands import list_commands
from bot.doctor.portal import Application, PortalError, Server, Trouble
from bot.invite import PERMISSIONS
from tests.bot.doctor.portals import APPLICATION, SERVER, ToldPortal

ALL = ["discord", "intents", "servers", "commands", "user_install"]


async def test_a_bot_that_is_set_up_well_is_fine_in_every_respect() -> None:
    found = await check_account(ToldPortal())

    assert [(each.check, each.status) for each in found] == [(check, "fine") for check in ALL]
    assert "Advisor" in found[0].what


async def test_where_discord_does_not_let_the_bot_in_one_line_says_so() -> None:
    (found,) = await check_account(ToldPortal(application=PortalError("token")))

    assert (found.check, found.status) == ("discord", "broken")
    assert "DISCORD_TOKEN" in found.what
    assert found.remedy


async def test_commands_that_are_sent_elsewhere_do_not_reach_the_bot() -> None:
    diverted = APPLICATION.model_copy(update={"interactions_endpoint_url": "https://elsewhere.example"})

    found, *_ = await check_account(ToldPortal(application=diverted))

    assert (found.check, found.status) == ("discord", "broken")
    assert "https://elsewhere.example" in found.what


async def test_what_discord_does_not_tell_breaks_one_line_and_no_other() -> None:
    portal = ToldPortal(servers=PortalError("refused", "403 Forbidden"), commands=PortalError("slow", "10"))

    found = {each.check: each for each in await check_account(portal)}

    assert list(found) == ALL
    assert {check for check, each in found.items() if each.status == "broken"} == {"servers", "commands"}
    assert "403 Forbidden" in found["servers"].what
    assert "10 seconds" in found["commands"].what


@pytest.mark.parametrize("trouble", get_args(Trouble))
def test_each_trouble_has_words_and_a_remedy(trouble: Trouble) -> None:
    found = diagnose_trouble("commands", PortalError(trouble, "the\ndetail"))

    assert found.status == "broken"
    assert found.remedy
    assert "{" not in found.what + found.remedy
    assert "\n" not in found.what


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        (1 << 12, "Presence Intent"),
        (1 << 13, "Presence Intent"),
        (1 << 14, "Server Members Intent"),
        (1 << 15, "Server Members Intent"),
        (1 << 18, "Message Content Intent"),
        (1 << 19, "Message Content Intent"),
    ],
)
def test_a_privileged_intent_that_is_on_is_named(flags: int, name: str) -> None:
    found = check_intents(APPLICATION.model_copy(update={"flags": flags}))

    assert found.status == "warning"
    assert found.what.endswith(f": {name}.")


def test_other_flags_of_an_application_are_no_intents() -> None:
    assert check_intents(APPLICATION.model_copy(update={"flags": 1 << 23 | 1 << 16})).status == "fine"


def test_each_server_that_lacks_permissions_is_named_with_these() -> None:
    missing = PERMISSIONS & ~Permissions(attach_files=True, create_public_threads=True)
    servers = [SERVER, Server(id=3, name="Here", permissions=missing.value), Server(id=4, name="There", permissions=0)]

    here, there = check_servers(servers)

    assert (here.status, there.status) == ("warning", "warning")
    assert "“Here”" in here.what
    assert here.what.endswith(": Create Public Threads, Attach Files.")
    assert "“There”" in there.what
    assert "View Channels, Send Messages," in there.what


def test_whoever_may_do_everything_lacks_no_permission() -> None:
    administrator = Server(id=3, name="Ours", permissions=Permissions(administrator=True).value)

    (found,) = check_servers([administrator])

    assert found.status == "fine"


def test_the_name_of_a_server_cannot_command_the_terminal() -> None:
    (found,) = check_servers([Server(id=3, name="\x1b[2J{0}\nfine: all", permissions=0)])

    assert "“ [2J{0} fine: all”" in found.what
    assert found.what.isprintable()


def test_a_bot_in_no_server_is_told_how_to_get_into_one() -> None:
    (found,) = check_servers([])

    assert found.status == "warning"
    assert "python -m bot invite" in (found.remedy or "")


async def test_commands_that_differ_are_named_and_a_restart_registers_them() -> None:
    ours = {str(command["name"]): command for command in list_commands()}
    del ours["ask"]
    ours["cost"] = {**ours["cost"], "description": "Something else"}
    ours["old"] = {"name": "old", "type": 1}

    found = await check_account(ToldPortal(commands=list(ours.values())))

    (commands,) = [each for each in found if each.check == "commands"]
    assert commands.status == "warning"
    assert commands.what.endswith(": missing /ask; changed /cost; no longer there /old.")
    assert "Restart" in (commands.remedy or "")


@pytest.mark.parametrize("config", [None, {}, {"0": {}}])
def test_user_install_that_is_off_is_a_hint(config: dict[str, object] | None) -> None:
    application = Application.model_validate({"id": "1", "name": "Advisor", "integration_types_config": config})

    assert check_user_install(application).status == "warning"
