"""What can be done with a reply, by whoever asked and wherever that was."""

from __future__ import annotations

import pytest

from bot.layout import escape_markup
from bot.quotes import quote_lesson
from bot.session import respond
from bot.words import load_words
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.bot.seen import CARD, MUCH, PLACES, QUESTION, WORDS, list_buttons, list_menus, repeat, say
from tests.fake_discord import ComponentType, FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY, LESSON_WORDS, SHARE, DELETE = (CARD[act] for act in ("why", "lesson_words", "share", "delete"))
ACTS = [WHY, LESSON_WORDS, "👍", "👎", DELETE]


async def explain(fake: FakeDiscord, by: str, where: Where = "guild", text: str = QUESTION) -> Reply:
    """Return the private explanation of what somebody else wrote."""
    written = await fake.say(text, by=by, where=where, wait="nothing")
    return await fake.context_menu(load_words()["discord"]["menus"]["explain"], written.trigger, by=by, where=where)


@pytest.mark.parametrize("where", PLACES)
async def test_a_recommendation_is_a_card_with_a_picture_that_is_also_in_words(
    where: Where, fake: FakeDiscord, ada: str
) -> None:
    reply = await fake.slash("advise", by=ada, where=where, project=MUCH)

    (message,) = reply.messages
    (card,) = [part for part in reply.components if part["type"] == ComponentType.CONTAINER]
    (gallery,) = [part for part in reply.components if part["type"] == ComponentType.GALLERY]
    (file,) = message["attachments"]
    sent = next(call.files for call in reversed(fake.calls) if call.files)
    assert gallery in card["components"]
    assert gallery["items"][0]["media"]["url"] == f"attachment://{file['filename']}"
    assert gallery["items"][0]["description"] == file["description"]
    assert "Verdict: Fine-tuning" in file["description"]
    assert sent[file["filename"]].startswith(b"\x89PNG")
    assert reply.text.startswith("### Fine-tuning (confidence: high)")
    assert list_buttons(reply)[-len(ACTS) :] == ACTS
    assert list_menus(reply) == [WORDS["what_if"]["menu"]]


@pytest.mark.parametrize("where", PLACES)
async def test_why_shows_the_asker_all_there_is_to_it(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    card = await fake.slash("advise", by=ada, where=where, project=MUCH)
    before = card.text

    why = await fake.click(card, WHY)

    assert why.text == escape_markup(respond(assistant, Conversation(), MUCH, "advise").reply.text)
    assert len(why.text) > len(before)
    assert MessageFlag.EPHEMERAL in why.flags
    assert card.text == before


@pytest.mark.parametrize("where", PLACES)
async def test_the_lessons_words_are_quoted_with_where_they_stand(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    card = await fake.slash("advise", by=ada, where=where, project=MUCH)

    quoted = await fake.click(card, LESSON_WORDS)

    reply = respond(assistant, Conversation(), MUCH, "advise").reply
    assert quoted.text == escape_markup(quote_lesson(reply))
    assert all(escape_markup(citation.quote) in quoted.text for citation in reply.citations)
    assert MessageFlag.EPHEMERAL in quoted.flags


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_else_can_do_anything_with_a_reply(act: str, fake: FakeDiscord, ada: str, bob: str) -> None:
    """They are told so in private, and the reply stays as it is."""
    card = await fake.slash("advise", by=ada, project=MUCH)
    before = card.text

    refused = await fake.click(card, act, by=bob)

    assert refused.text == WORDS["not_yours"]
    assert MessageFlag.EPHEMERAL in refused.flags
    assert refused.modal is None
    assert card.text == before


@pytest.mark.parametrize("where", PLACES)
async def test_a_reply_can_be_taken_back(where: Where, fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("ask", by=ada, where=where, question=QUESTION)
    await fake.click(reply, DELETE)

    assert reply.messages == []


async def test_a_reply_to_a_message_can_be_taken_back(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.mention(QUESTION, by=ada)
    await fake.click(reply, DELETE)

    assert reply.messages == []


@pytest.mark.parametrize("where", PLACES)
async def test_a_private_reply_can_be_shared_with_everybody(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    """It says by whom, and only once; what is shared has nothing to tap."""
    private = await explain(fake, ada, where)
    name = fake.server.world.person(ada)["global_name"]

    shared = await fake.click(private, SHARE)

    assert MessageFlag.EPHEMERAL in private.flags
    assert MessageFlag.EPHEMERAL not in shared.flags
    assert shared.text == f"{say(assistant, QUESTION)}\n-# {CARD['shared'].format(name=name)}"
    assert list_buttons(shared) == list_menus(shared) == []


async def test_a_shared_recommendation_keeps_its_picture(fake: FakeDiscord, ada: str) -> None:
    written = await fake.say(MUCH, by="bob", wait="nothing")
    private = await fake.context_menu(WORDS["menus"]["advise"], written.trigger, by=ada)

    shared = await fake.click(private, SHARE)

    assert shared.text.startswith("### Fine-tuning")
    assert [file["description"] for file in shared.messages[0]["attachments"]] == [
        file["description"] for file in private.messages[0]["attachments"]
    ]
    assert list_buttons(shared) == list_menus(shared) == []


async def test_what_everybody_sees_needs_no_sharing(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("ask", by=ada, question=QUESTION)

    assert list_buttons(reply) == ["👍", "👎", DELETE]


async def test_small_talk_has_nothing_to_tap(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.mention("hello", by=ada)

    assert list_buttons(reply) == []


async def test_an_answer_is_shown_although_the_connection_breaks(fake: FakeDiscord, ada: str) -> None:
    card = await fake.slash("advise", by=ada, project=MUCH)
    fake.fault("POST /interactions", 0)
    fake.fault("PATCH /webhooks", 503)

    why = await fake.click(card, WHY)
    await fake.until(lambda: why.text)

    assert why.text.startswith("Fine-tune")


async def test_a_tap_that_comes_twice_is_answered_once(fake: FakeDiscord, ada: str) -> None:
    card = await fake.slash("advise", by=ada, project=MUCH)
    why = await fake.click(card, WHY)

    await repeat(fake, why)

    assert len(why.messages) == 1
