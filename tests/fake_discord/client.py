"""The user's side: what people do in Discord, and when they have their answer."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Literal

from .forms import Entry, Value, fill_command, fill_modal, pick_options
from .protocol import InteractionType, Json
from .reply import Reply
from .server import FakeServer
from .world import Exchange

# discord.py knows a button only once it has read the answer to the request that showed it, and a
# click sent at once would overtake that. No person is as fast.
REACTION_SECONDS = 0.1

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


class Client:
    """What people do, each known by a name.

    Every action returns the bot's reply as soon as there is what it was told to `wait` for. A bot
    that stays silent too long leaves the reply empty.
    """

    def __init__(self, server: FakeServer, timeout: float) -> None:
        """Act on this server, and wait this long for each answer."""
        self.server = server
        self.timeout = timeout

    async def until(self, condition: Callable[[], object], within: float | None = None) -> None:
        """Return once the condition holds; raise `TimeoutError` if it never does."""
        await self.server.journal.until(condition, within or self.timeout)

    async def slash(
        self,
        command: str,
        /,
        *,
        by: str = "ada",
        in_dm: bool = False,
        wait: Wait = "answer",
        **options: Value,
    ) -> Reply:
        """Use a command; words after its name are subcommands."""
        data, world = await self._fill(command, options), self.server.world
        exchange = world.interact(InteractionType.COMMAND, data, world.person(by), self._channel(by, in_dm=in_dm), None)
        return await self._deliver(exchange, wait)

    async def autocomplete(self, command: str, option: str, text: str, /, *, by: str = "ada", **others: Value) -> Reply:
        """Type into an option of a command."""
        data = await self._fill(command, {**others, option: text}, focused=option)
        world = self.server.world
        exchange = world.interact(InteractionType.AUTOCOMPLETE, data, world.person(by), world.general, None)
        return await self._deliver(exchange, "answer")

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
        await asyncio.sleep(REACTION_SECONDS)
        exchange = self.server.world.interact(InteractionType.MODAL, data, opened.person, opened.channel, opened.source)
        return await self._deliver(exchange, wait)

    async def say(
        self,
        text: str,
        *,
        by: str = "ada",
        in_dm: bool = False,
        reply_to: Json | None = None,
        wait: Wait = "answer",
    ) -> Reply:
        """Write a message, which the bot may or may not be meant by."""
        world, channel = self.server.world, self._channel(by, in_dm=in_dm)
        exchange = world.say(text, world.person(by), channel, reply_to)
        await self.server.gateway.announce("MESSAGE_CREATE", exchange.trigger)
        return await self._reply(exchange, wait)

    async def mention(self, text: str, *, by: str = "ada", wait: Wait = "answer") -> Reply:
        """Write to the bot in the guild."""
        return await self.say(f"<@{self.server.world.bot['id']}> {text}", by=by, wait=wait)

    async def dm(self, text: str, *, by: str = "ada", wait: Wait = "answer") -> Reply:
        """Write to the bot in private."""
        return await self.say(text, by=by, in_dm=True, wait=wait)

    def _channel(self, name: str, *, in_dm: bool) -> Json:
        world = self.server.world
        return world.direct_channel(world.person(name)) if in_dm else world.general

    async def _fill(self, command: str, options: Mapping[str, Value], focused: str | None = None) -> Json:
        name, *path = command.split()
        with suppress(TimeoutError):
            await self.until(lambda: name in self.server.world.commands)
        commands = self.server.world.commands
        if name not in commands:
            raise LookupError(f"no command {name!r}; there are {sorted(commands)}")
        return fill_command(commands[name], path, options, focused)

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
        await asyncio.sleep(REACTION_SECONDS)
        person = world.person(by) if by else used.person
        exchange = world.interact(InteractionType.COMPONENT, identity | entered, person, used.channel, message)
        return await self._deliver(exchange, wait)

    async def _deliver(self, exchange: Exchange, wait: Wait) -> Reply:
        await self.server.deliver(exchange)
        return await self._reply(exchange, wait)

    async def _reply(self, exchange: Exchange, wait: Wait) -> Reply:
        with suppress(TimeoutError):
            await self.until(lambda: is_over(exchange, wait))
        return Reply(exchange)
