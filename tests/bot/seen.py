"""What people do and see in Discord, as the tests of its face share it."""

from __future__ import annotations

from contextlib import suppress

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
from tests.fake_discord.protocol import Json
from tests.fake_discord.reply import button_names

WORDS = load_words()["discord"]
CARD = WORDS["card"]
PLACES: tuple[Where, ...] = ("dm", "group_dm")
"""A direct message, and a place where only a person has installed it; all else happens in a server of the bot."""
QUESTION = "which of the two needs more data?"
LITTLE = "We want a bot that answers questions about our products."
MUCH = "We have 5000 labelled tickets, two ML engineers and a budget; it is one fixed task in one strict format."
IN_VAIN = "What is the capital of France?"


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
