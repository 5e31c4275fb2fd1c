"""What people do and see in Discord, as the tests of its face share it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot import reply as said
from bot.layout import Stage, lay_out
from bot.session import respond
from bot.words import load_words
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command
from tests.fake_discord import ComponentType, FakeDiscord, Reply, Rule
from tests.fake_discord.payloads import walk
from tests.fake_discord.places import Where
from tests.fake_discord.protocol import InteractionType, Json
from tests.fake_discord.reply import button_names

WORDS = load_words()["discord"]
CARD = WORDS["card"]
PLACES: tuple[Where, ...] = ("dm", "group_dm")
"""A direct message, and a place where only a person has installed it; all else happens in a server of the bot."""
QUESTION = "which of the two needs more data?"
LITTLE = "We want a bot that answers questions about our products."
MUCH = "We have 5000 labelled tickets, two ML engineers and a budget; it is one fixed task in one strict format."
IN_VAIN = "What is the capital of France?"
CHANNEL_MENU = 8
"""How Discord calls a menu of channels."""


def show(reply: said.Reply) -> str:
    """Return what Discord shows of a reply."""
    views = lay_out(reply, Stage(asker=0))
    components: list[Json] = [part for view in views for part in view.to_components()]  # type: ignore[no-untyped-call]  # discord.py's
    return "\n".join(part["content"] for part in walk(components) if part["type"] == ComponentType.TEXT)


def say(assistant: Assistant, *turns: str, command: Command | None = None) -> str:
    """Return the last reply of a conversation, as Discord is to show it; the command is that of the first turn."""
    conversation, text = Conversation(), ""
    for number, turn in enumerate(turns):
        reply, conversation, _ = respond(assistant, conversation, turn, None if number else command)
        text = show(reply)
    return text


def list_buttons(reply: Reply) -> list[str]:
    """Return what can be tapped, by label or sign."""
    buttons = [part for part in reply.components if part["type"] == ComponentType.BUTTON]
    return [button_names(button)[0] for button in buttons if not button.get("disabled")]


def list_menus(reply: Reply) -> list[str]:
    """Return the menus there are, by what they say while nothing is chosen."""
    return [part["placeholder"] for part in reply.components if part["type"] == ComponentType.SELECT]


async def repeat(fake: FakeDiscord, reply: Reply) -> None:
    """Let the same interaction come a second time; a second acknowledgement is then no fault of the bot's."""
    before = len(fake.calls)
    await fake.repeat(reply)
    with suppress(TimeoutError):
        await fake.until(lambda: len(fake.calls) > before, within=1)
    # Whatever is asked after it is answered after it.
    await fake.slash("help", by="marker")
    fake.violations[:] = [each for each in fake.violations if each.rule != Rule.ACKNOWLEDGEMENT]


@asynccontextmanager
async def settle_private(fake: FakeDiscord) -> AsyncIterator[None]:
    """Let answers to commands be private in the server for a while."""
    panel, words = await fake.slash("settings"), load_words()["settings"]
    await fake.click(panel, words["private"]["turn_on"])
    yield
    await fake.click(panel, words["reset"])


@asynccontextmanager
async def settle_channels(fake: FakeDiscord, channel: str) -> AsyncIterator[None]:
    """Let the bot chat in no other channel of the server for a while."""
    panel, world = await fake.slash("settings"), fake.server.world
    picked = {channel: {"id": channel, "type": 0, "name": "a channel", "permissions": "0"}}
    identity = {"custom_id": "settings:channels", "component_type": CHANNEL_MENU}
    data = {**identity, "values": [channel], "resolved": {"channels": picked}}
    exchange = world.interact(InteractionType.COMPONENT, data, world.person("ada"), world.general, panel.messages[0])
    await fake.server.deliver(exchange)
    await fake.until(lambda: exchange.answered)
    yield
    await fake.click(panel, load_words()["settings"]["reset"])
