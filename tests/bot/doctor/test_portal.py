"""What Discord tells about the bot, by the real library in a process; or why it does not."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

import pytest

from tests.bot.conftest import ROOT
from tests.bot.doctor.discord_rest import HANG, TOKEN, DiscordRest, make_server
from tests.bot.test_invite import ID
from tests.fake_discord.process import bot_environment

ASK = """
import asyncio, json, sys
from bot.doctor.portal import DiscordPortal, PortalError

async def ask(token, limit):
    async with DiscordPortal(token, float(limit)) as portal:
        try:
            application = await portal.fetch_application()
            servers = await portal.fetch_servers()
            commands = await portal.fetch_commands(application.id)
        except PortalError as error:
            return {"trouble": error.trouble, "detail": error.detail}
        told = [server.model_dump() for server in servers]
        return {"application": application.model_dump(), "servers": told, "commands": commands}

print(json.dumps(asyncio.run(ask(*sys.argv[1:]))))
"""


async def ask(url: str, token: str = TOKEN, limit: float = 10) -> dict[str, Any]:
    """Return what the portal tells; the process may neither warn nor write an error."""
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", ASK, token, str(limit)]
    process = await asyncio.create_subprocess_exec(
        *command,
        env=bot_environment(url, token, {"PYTHONPATH": str(ROOT)}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    told: dict[str, Any] = json.loads(output)
    return told


async def test_discord_tells_the_application_all_servers_and_the_commands() -> None:
    """Servers come in pages of 200."""
    async with DiscordRest() as discord:
        discord.application |= {"flags": 1 << 15}
        discord.servers = [make_server(number, 1 << 10) for number in range(1, 402)]
        discord.commands = [{"name": "ask", "type": 1}]

        told = await ask(discord.url)

    assert told["application"]["id"] == ID
    assert told["application"]["flags"] == 1 << 15
    assert told["application"]["integration_types_config"] == {"0": {}, "1": {}}
    assert [server["id"] for server in told["servers"]] == [ID + number for number in range(1, 402)]
    assert {server["permissions"] for server in told["servers"]} == {1 << 10}
    assert told["commands"] == [{"name": "ask", "type": 1}]


async def test_a_token_that_discord_does_not_know_is_in_trouble() -> None:
    async with DiscordRest() as discord:
        assert await ask(discord.url, f"{TOKEN}X") == {"trouble": "token", "detail": ""}


@pytest.mark.parametrize(("status", "trouble"), [(401, "token"), (403, "refused"), (404, "refused"), (503, "faulty")])
async def test_what_discord_refuses_is_told_by_its_status(status: int, trouble: str) -> None:
    async with DiscordRest() as discord:
        discord.failures["/users/@me/guilds"] = status
        told = await ask(discord.url)

    assert told["trouble"] == trouble
    assert str(status) in told["detail"]


@pytest.mark.parametrize("path", ["/users/@me", "/applications/@me", f"/applications/{ID}/commands"])
async def test_discord_has_so_many_seconds_and_no_more(path: str) -> None:
    async with DiscordRest() as discord:
        discord.failures[path] = HANG

        assert await ask(discord.url, limit=0.5) == {"trouble": "slow", "detail": "0.5"}


async def test_without_a_connection_discord_cannot_be_reached() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        told = await ask(f"http://127.0.0.1:{nobody.getsockname()[1]}")

    assert told["trouble"] == "unreachable"
    assert told["detail"]


async def test_an_answer_in_another_shape_cannot_be_read_and_is_not_shown() -> None:
    async with DiscordRest() as discord:
        discord.application = {"id": "no number", "name": "secret"}

        assert await ask(discord.url) == {"trouble": "unreadable", "detail": "ValidationError"}
