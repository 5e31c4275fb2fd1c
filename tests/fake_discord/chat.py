"""What people do among themselves: write, delete, open threads. The bot may or may not be meant."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Literal, assert_never

from .exchange import Exchange
from .places import Where
from .protocol import Json, Permission
from .reply import Reply, is_private
from .server import FakeServer
from .whereabouts import EVERYTHING, Profile

Wait = Literal["answer", "acknowledgement", "nothing"]


def is_over(exchange: Exchange, wait: Wait) -> bool:
    """Tell whether a user who waits for this much need not wait any longer."""
    match wait:
        case "answer":
            return exchange.answered or exchange.expired
        case "acknowledgement":
            return exchange.acknowledged is not None or exchange.expired
        case "nothing":
            return True
    assert_never(wait)


class Chat:
    """People, each known by a name, and what they write.

    Every action returns the bot's reply as soon as there is what it was told to `wait` for. A bot
    that stays silent too long leaves the reply empty.
    """

    def __init__(self, server: FakeServer, timeout: float) -> None:
        """Act on this server, and wait this many seconds for each answer."""
        self.server = server
        self.timeout = timeout

    async def until(self, condition: Callable[[], object], within: float | None = None) -> None:
        """Return once the condition holds; raise `TimeoutError` if it never does."""
        await self.server.journal.until(condition, within or self.timeout)

    def introduce(
        self,
        name: str,
        *,
        locale: str = "en-US",
        permissions: Permission = EVERYTHING,
        takes_messages: bool = True,
    ) -> Json:
        """Say who a person is, anew, and return the account.

        Args:
            name: Whom it is about.
            locale: The language of their Discord.
            permissions: What they may do as a member of a guild; unless said otherwise, everything.
            takes_messages: Whether the bot can write to them in private.
        """
        person = self.server.world.person(name)
        self.server.world.profiles[person["id"]] = Profile(locale, permissions, takes_messages)
        return person

    async def change_guild_locale(self, locale: str) -> None:
        """Have the guild speak another language, and tell the bot."""
        self.server.world.guild_locale = locale
        await self.server.gateway.announce_guild()

    async def say(
        self,
        text: str,
        *,
        by: str = "ada",
        where: Where | Json = "guild",
        reply_to: Json | None = None,
        wait: Wait = "answer",
    ) -> Reply:
        """Write a message, in a place or a channel; where the bot is not itself, it does not hear of it."""
        world, channel = self.server.world, self._channel(where, by)
        exchange = world.say(text, world.person(by), channel, reply_to)
        await self.server.gateway.announce("MESSAGE_CREATE", exchange.trigger)
        return await self._reply(exchange, wait if world.hears(channel) else "nothing")

    async def mention(
        self, text: str, *, by: str = "ada", where: Where | Json = "guild", wait: Wait = "answer"
    ) -> Reply:
        """Write to the bot in the guild, or in one of its threads."""
        return await self.say(f"<@{self.server.world.bot['id']}> {text}", by=by, where=where, wait=wait)

    async def dm(self, text: str, *, by: str = "ada", wait: Wait = "answer") -> Reply:
        """Write to the bot in private."""
        return await self.say(text, by=by, where="dm", wait=wait)

    async def open_thread(self, name: str, *, by: str = "ada", on: Json | None = None) -> Json:
        """Open a thread in the guild, on a message or on none, and return it as a place to write in."""
        world = self.server.world
        thread = world.open_thread(world.general, world.person(by), {"name": name}, on)
        await self.server.gateway.announce_thread(thread)
        return thread

    async def delete(self, message: Json) -> None:
        """Delete a message, as its author or a moderator."""
        await self.server.messages.delete(message)

    def read(self, where: Where | Json = "guild", *, by: str = "ada") -> list[Json]:
        """Return the messages of a place or a channel that everybody there can see, the oldest first."""
        channel, messages = self._channel(where, by), self.server.world.messages.values()
        public = [message for message in messages if not is_private(message)]
        return [message for message in public if message["channel_id"] == channel["id"]]

    def _channel(self, where: Where | Json, name: str) -> Json:
        return self.server.world.place(where, self.server.world.person(name))

    async def _reply(self, exchange: Exchange, wait: Wait) -> Reply:
        with suppress(TimeoutError):
            await exchange.notice.until(lambda: is_over(exchange, wait), self.timeout)
        return Reply(exchange)
