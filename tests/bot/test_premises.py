"""What those who run a server want holds in it, and where that is not known nothing is shown to everybody."""

from __future__ import annotations

from threading import Event
from types import SimpleNamespace
from typing import cast

import discord
import pytest

from bot.errors import RecordError
from bot.memory import Memory
from bot.premises import Premises
from bot.records.records import Records
from bot.records.servers import Servers, ServerSettings

pytestmark = pytest.mark.asyncio

GUILD = 7
ASKED = cast("discord.Interaction", SimpleNamespace(guild_id=GUILD, channel=None))


class OpenServers(Servers):
    """Settings that are the defaults for every server."""

    def __init__(self) -> None:
        pass

    def load_server(self, guild: int) -> ServerSettings:
        assert guild == GUILD
        return ServerSettings()


class BrokenServers(OpenServers):
    """Settings that cannot be read."""

    def load_server(self, guild: int) -> ServerSettings:
        raise RecordError(f"settings of {guild}", "must be readable", "move the file away")


class SlowServers(OpenServers):
    """Settings that cannot be read before they are let go."""

    def __init__(self) -> None:
        self.let_go = Event()

    def load_server(self, guild: int) -> ServerSettings:
        self.let_go.wait()
        return super().load_server(guild)


class ServerRecords(Records):
    """Records of nothing but settings."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers


async def test_by_default_everybody_sees_an_answer() -> None:
    assert not await Premises(Memory(ServerRecords(OpenServers()))).is_private(ASKED)


async def test_where_settings_cannot_be_read_only_the_asker_sees_it() -> None:
    assert await Premises(Memory(ServerRecords(BrokenServers()))).is_private(ASKED)


async def test_settings_that_take_too_long_are_not_waited_for_and_hold_as_soon_as_they_are_there() -> None:
    slow = SlowServers()
    premises = Premises(Memory(ServerRecords(slow)))

    assert await premises.is_private(ASKED)
    slow.let_go.set()
    assert not await premises.is_private(ASKED)
