"""What somebody wrote can be explained, or taken for a project, by whoever reads it."""

from __future__ import annotations

from typing import Any

import pytest
from discord.utils import remove_markdown

from bot.what_if import phrase_question
from knowledge.signals import Leaning, Need, Signal
from retrieval.assistant import Assistant
from retrieval.questions import load_questions
from tests.bot.seen import CARD, LITTLE, MUCH, PLACES, QUESTION, WORDS, list_buttons, repeat, say
from tests.fake_discord import ComponentType, FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where
from tests.fake_discord.protocol import CommandType

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADVISE, EXPLAIN = WORDS["menus"]["advise"], WORDS["menus"]["explain"]
NO_DATA = Signal(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING)


async def use(
    fake: FakeDiscord, menu: str, text: str, *, by: str, writer: str | None = None, where: Where = "guild"
) -> Reply:
    """Use the menu of a message that somebody wrote."""
    written = await fake.say(text, by=writer or by, where=where, wait="nothing")
    return await fake.context_menu(menu, written.trigger, by=by)


async def test_both_are_in_the_menu_of_a_message_everywhere(fake: FakeDiscord) -> None:
    menus = {each["name"]: each for each in fake.server.world.registered if each["type"] == CommandType.MESSAGE}

    assert set(menus) == {ADVISE, EXPLAIN}
    for menu in menus.values():
        assert (menu["contexts"], menu["integration_types"]) == ([0, 1, 2], [0, 1])


@pytest.mark.parametrize("where", PLACES)
async def test_a_question_is_explained_to_its_reader_alone(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await use(fake, EXPLAIN, QUESTION, by=ada, where=where)

    assert reply.text == say(assistant, QUESTION, command="ask")
    assert MessageFlag.EPHEMERAL in reply.flags
    assert CARD["share"] in list_buttons(reply)


@pytest.mark.parametrize("where", PLACES)
async def test_a_project_is_advised_on_for_its_reader_alone(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await use(fake, ADVISE, MUCH, by=ada, where=where)

    assert reply.text == say(assistant, MUCH, command="advise")
    assert MessageFlag.EPHEMERAL in reply.flags
    assert {CARD["why"], CARD["share"]} <= set(list_buttons(reply))


@pytest.mark.parametrize("menu", [ADVISE, EXPLAIN])
async def test_a_message_without_text_is_told_in_private(menu: str, fake: FakeDiscord, ada: str, bob: str) -> None:
    """Such as a picture, or a message whose text Discord does not hand over."""
    reply = await use(fake, menu, "  ", by=ada, writer=bob)

    assert reply.text == WORDS["empty_message"]
    assert MessageFlag.EPHEMERAL in reply.flags


@pytest.mark.parametrize(("command", "option", "text"), [("ask", "question", QUESTION), ("advise", "project", MUCH)])
async def test_a_reply_of_the_bot_itself_is_read_although_it_is_made_of_components(
    command: str, option: str, text: str, fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    """Without what Discord takes for formatting."""
    options: dict[str, Any] = {option: text}
    shown = await fake.slash(command, by=bob, **options)
    reply = await fake.context_menu(EXPLAIN, shown.messages[0], by=ada)

    parts = [part["content"] for part in shown.components if part["type"] == ComponentType.TEXT]
    assert reply.text == say(assistant, "\n\n".join(map(remove_markdown, parts)), command="ask")
    assert MessageFlag.EPHEMERAL in reply.flags


async def test_what_advice_on_a_message_asks_is_answered_by_its_reader(fake: FakeDiscord, ada: str, bob: str) -> None:
    asked = await use(fake, ADVISE, LITTLE, by=ada, writer=bob)
    choice = next(iter(load_questions()[Need.DATA_REQUIREMENT].choices))

    answered = await fake.click(asked, choice)

    assert answered.text.startswith("### Fine-tuning")
    assert MessageFlag.EPHEMERAL in answered.flags


async def test_somebody_elses_project_takes_nothing_from_the_readers(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    await fake.slash("advise", by=ada, project=MUCH)
    reply = await use(fake, ADVISE, LITTLE, by=ada, writer=bob)

    assert reply.text == say(assistant, LITTLE, command="advise")


async def test_the_readers_own_project_stays_what_it_was(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    """Also where the advice on somebody else's goes on by a button."""
    further = "we have no labelled examples any more"
    await fake.slash("advise", by=ada, project=MUCH)
    asked = await use(fake, ADVISE, LITTLE, by=ada, writer=bob)
    answered = await fake.click(asked, WORDS["skip"])

    refined = await fake.mention(further, by=ada)

    assert answered.text == say(assistant, LITTLE, "skip", command="advise")
    assert refined.text == say(assistant, MUCH, further, command="advise")


async def test_an_explanation_leaves_the_readers_own_project_as_it_was(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    card = await fake.slash("advise", by=ada, project=MUCH)
    explained = await use(fake, EXPLAIN, QUESTION, by=ada, writer=bob)

    supposed = await fake.click(card, phrase_question(NO_DATA))

    assert explained.text == say(assistant, QUESTION, command="ask")
    assert supposed.text.startswith("Now: fine-tuning. If there were no usable examples: prompt engineering.")


async def test_whoever_wrote_the_message_keeps_a_conversation_of_their_own(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    await use(fake, ADVISE, LITTLE, by=ada, writer=bob)
    reply = await fake.mention("skip", by=bob)

    assert reply.text == say(assistant, "skip")


@pytest.mark.parametrize("menu", [ADVISE, EXPLAIN])
@pytest.mark.parametrize("text", ["@everyone <@123456789012345678> **now**", "x" * 2_000, "```py\nprint(1)\n```"])
async def test_whatever_a_message_says_the_reply_calls_nobody(
    text: str, menu: str, fake: FakeDiscord, ada: str, bob: str
) -> None:
    reply = await use(fake, menu, text, by=ada, writer=bob)

    assert reply.text
    assert "@everyone" not in reply.text
    assert "<@" not in reply.text.replace("\\<", "")


async def test_a_menu_that_is_used_once_but_comes_twice_is_answered_once(fake: FakeDiscord, ada: str, bob: str) -> None:
    reply = await use(fake, EXPLAIN, QUESTION, by=ada, writer=bob)
    await repeat(fake, reply)

    assert len(reply.messages) == 1
