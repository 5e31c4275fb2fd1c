"""A file that is touched for as long as the bot is connected, and whether that was lately."""

from __future__ import annotations

import time
from pathlib import Path

from discord.ext import commands, tasks

INTERVAL = 15.0
"""Seconds between two beats."""
TOLERATED = 60.0
"""Seconds without a beat after which the bot counts as not well."""


class HeartbeatCog(commands.Cog):
    """Beats while the gateway is connected."""

    def __init__(self, client: commands.Bot, folder: Path) -> None:
        self.client = client
        self.path = locate_heartbeat(folder)
        self._cut_off = False
        """Whether the connection was lost and is not back, which the client itself does not tell."""

    async def cog_load(self) -> None:
        self.beat.start()

    async def cog_unload(self) -> None:
        self.beat.cancel()

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        self._cut_off = True

    @commands.Cog.listener("on_ready")
    @commands.Cog.listener("on_resumed")
    async def on_connected(self) -> None:
        self._cut_off = False

    @tasks.loop(seconds=INTERVAL)
    async def beat(self) -> None:
        if not self._cut_off:
            self.path.touch()

    @beat.before_loop
    async def wait(self) -> None:
        """Begin with the connection, so that a bot is well as soon as it is there."""
        await self.client.wait_until_ready()


def locate_heartbeat(folder: Path) -> Path:
    return folder / "heartbeat"


def is_alive(folder: Path) -> bool:
    """Tell whether a bot with this data folder was connected lately."""
    try:
        return time.time() - locate_heartbeat(folder).stat().st_mtime < TOLERATED
    except FileNotFoundError:
        return False
