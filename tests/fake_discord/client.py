"""The user's side: which commands people use, and what they tap and fill in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from .chat import Chat, Wait
from .commands import find_command, target_message, target_person
from .exchange import Exchange, clock
from .forms import Entry, Value, fill_command, fill_modal, pick_options
from .places import Where
from .protocol import CommandType, InteractionType, Json
from .reply import Reply
from .server import FakeServer


class Client(Chat):
    """What people do with the bot, each known by a name.

    Where somebody taps or sends a form, it happens at the place of what is tapped.
    """

    def __init__(self, server: FakeServer, timeout: float, reaction: float) -> None:
        """Act on this server, wait this many seconds for each answer, and take so many to react to it."""
        super().__init__(server, timeout)
        self.reaction = reaction

    async def slash(
        self,
        command: str,
        /,
        *,
        by: str = "ada",
        where: Where | Json = "guild",
        in_dm: bool = False,
        wait: Wait = "answer",
        **options: Value,
    ) -> Reply:
        """Use a command; words after its name are subcommands."""
        channel = self._channel("dm" if in_dm else where, by)
        data = await self._fill(command, options, by, channel)
        return await self._interact(InteractionType.COMMAND, data, by, channel, wait)

    async def autocomplete(
        self,
        command: str,
        option: str,
        text: str,
        /,
        *,
        by: str = "ada",
        where: Where | Json = "guild",
        **others: Value,
    ) -> Reply:
        """Type into an option of a command."""
        channel = self._channel(where, by)
        data = await self._fill(command, {**others, option: text}, by, channel, focused=option)
        return await self._interact(InteractionType.AUTOCOMPLETE, data, by, channel, "answer")

    async def context_menu(
        self,
        command: str,
        target: Json | str,
        /,
        *,
        by: str = "ada",
        where: Where | Json = "guild",
        wait: Wait = "answer",
    ) -> Reply:
        """Use a command from the menu of a message, at its place, or of a person, given by name."""
        world = self.server.world
        if isinstance(target, str):
            channel, person = self._channel(where, by), world.person(target)
            known = await self._find(CommandType.USER, command, by, channel)
            data = target_person(known, person, world.profile(person), channel)
        else:
            channel = world.channels[target["channel_id"]]
            data = target_message(await self._find(CommandType.MESSAGE, command, by, channel), target)
        return await self._interact(InteractionType.COMMAND, data, by, channel, wait)

    async def click(self, reply: Reply, label: str, *, by: str | None = None, wait: Wait = "answer") -> Reply:
        """Click a button by its label, emoji or custom_id."""
        message, button = reply.find_button(label)
        return await self._use(reply, message, button, by=by, wait=wait)

    async def select(self, reply: Reply, *labels: str, by: str | None = None, wait: Wait = "answer") -> Reply:
        """Pick options of the menu that offers them, by their labels."""
        message, menu = reply.find_menu(labels)
        values = pick_options(menu, labels)
        return await self._use(reply, message, menu, by=by, wait=wait, values=values)

    async def submit_modal(self, reply: Reply, fields: Mapping[str, Entry], *, wait: Wait = "answer") -> Reply:
        """Fill the form that was opened, its fields named by their labels, and send it."""
        if reply.modal is None:
            raise LookupError("no form was opened")
        data, opened = fill_modal(reply.modal, fields), reply.exchange
        await self._react(reply)
        exchange = self.server.world.interact(InteractionType.MODAL, data, opened.person, opened.channel, opened.source)
        return await self._deliver(exchange, wait)

    async def _find(self, kind: CommandType, name: str, by: str, channel: Json) -> Json:
        world = self.server.world
        with suppress(TimeoutError):
            await self.until(lambda: world.registered)
        return find_command(world, kind, name, world.person(by), channel)

    async def _fill(
        self, command: str, options: Mapping[str, Value], by: str, channel: Json, focused: str | None = None
    ) -> Json:
        name, *path = command.split()
        return fill_command(await self._find(CommandType.SLASH, name, by, channel), path, options, focused)

    async def _use(
        self,
        reply: Reply,
        message: Json,
        component: Json,
        *,
        by: str | None,
        wait: Wait,
        **entered: object,
    ) -> Reply:
        identity = {"custom_id": component["custom_id"], "component_type": component["type"]}
        used, world = reply.exchange, self.server.world
        person = world.person(by) if by else used.person
        await self._react(reply)
        channel = world.channels[message["channel_id"]]
        exchange = world.interact(InteractionType.COMPONENT, identity | entered, person, channel, message)
        return await self._deliver(exchange, wait)

    async def _react(self, reply: Reply) -> None:
        # discord.py knows a button only once it has read the answer to the request that showed it, and a
        # click sent at once would overtake that. No person is as fast.
        shown = reply.exchange.answered_at or clock()
        await asyncio.sleep(max(0.0, shown + self.reaction - clock()))

    async def _interact(self, kind: InteractionType, data: Json, by: str, channel: Json, wait: Wait) -> Reply:
        exchange = self.server.world.interact(kind, data, self.server.world.person(by), channel, None)
        return await self._deliver(exchange, wait)

    async def _deliver(self, exchange: Exchange, wait: Wait) -> Reply:
        await self.server.deliver(exchange)
        return await self._reply(exchange, wait)
