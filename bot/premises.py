"""What those who run a server want of the bot there."""

from __future__ import annotations

import asyncio

import discord

from bot.memory import UNREADABLE, Memory
from bot.records.servers import ServerSettings
from bot.translation import choose_language

PATIENCE = 1.5
"""Seconds to wait for settings before an acknowledgement, for which Discord gives three."""


class Premises:
    """Where the bot answers in a server, who sees it, and in which language."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def is_private(self, interaction: discord.Interaction) -> bool:
        """Tell whether only the asker is to see the answer: by the server's settings, or in none of its channels."""
        if interaction.guild_id is None:
            return False
        # An acknowledgement must not wait for a free thread; settings are nearly always in memory.
        server = self._memory.find_server(interaction.guild_id) or await self._look_up(interaction.guild_id)
        return server.private or not server.allows(_list_places(interaction.channel))

    async def point_elsewhere(self, asked: discord.Message | discord.Interaction) -> str:
        """Return the channels in which the bot chats instead; nothing where it may do so where it was asked."""
        if asked.guild is None:
            return ""
        server = await asyncio.to_thread(self._memory.recall_server, asked.guild.id)
        if server.allows(_list_places(asked.channel)):
            return ""
        return " ".join(f"<#{channel}>" for channel in sorted(server.channels))

    async def choose_shared_language(self, guild: int | None, locale: discord.Locale | None) -> str:
        """Return the language in which a server is spoken to, by its own choice or by Discord's; English elsewhere."""
        server = await asyncio.to_thread(self._memory.recall_server, guild or 0)
        return server.language or choose_language(locale and locale.value)

    async def _look_up(self, guild: int) -> ServerSettings:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._memory.recall_server, guild), PATIENCE)
        except TimeoutError:
            return UNREADABLE


def _list_places(channel: object) -> frozenset[int]:
    """Return a channel's id and, where it is a thread, that of the channel it belongs to."""
    ids = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return frozenset(each for each in ids if each is not None)
