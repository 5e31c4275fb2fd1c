"""Whoever asks learns what the bot is and can do, and nobody else is bothered with it."""

from __future__ import annotations

import re

import pytest

from bot.layout import escape_markup
from bot.words import list_languages, load_words
from tests.bot.seen import PLACES, WORDS, list_buttons
from tests.fake_discord import FakeDiscord, MessageFlag
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMAND = re.compile(r"/([a-z]+)")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("command", ["help", "about"])
async def test_it_says_so_in_private(command: str, where: Where, fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash(command, by=ada, where=where)

    assert reply.text == escape_markup(load_words()["about"][command]).strip()
    assert MessageFlag.EPHEMERAL in reply.flags
    assert list_buttons(reply) == []


async def test_help_names_commands_and_menus_that_are_there(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("help", by=ada)
    registered = {command["name"] for command in fake.server.world.registered}

    assert set(COMMAND.findall(reply.text)) <= registered
    assert {"ask", "advise"} <= set(COMMAND.findall(reply.text))
    assert all(menu in reply.text for menu in WORDS["menus"].values())


@pytest.mark.parametrize("language", list_languages())
@pytest.mark.parametrize("command", ["help", "about"])
async def test_it_says_so_in_the_language_of_whoever_asks(
    language: str, command: str, fake: FakeDiscord, ada: str
) -> None:
    fake.introduce(ada, locale="en-GB" if language == "en" else language)
    reply = await fake.slash(command, by=ada)

    assert reply.text == escape_markup(load_words(language)["about"][command]).strip()
