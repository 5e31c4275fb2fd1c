"""What can be done with a reply, by whoever asked and wherever that was."""

from __future__ import annotations

import pytest

from bot.controls.settings import name_language
from bot.layout import escape_markup
from bot.library import show_lesson
from bot.quotes import quote_lesson
from bot.session import respond
from bot.words import load_words
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.bot.seen import (
    CARD,
    LITTLE,
    MUCH,
    PLACES,
    QUESTION,
    WORDS,
    list_buttons,
    list_menus,
    repeat,
    say,
    settle_channels,
    settle_private,
)
from tests.fake_discord import ComponentType, FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY, LESSON_WORDS, SHARE, DELETE = (CARD[act] for act in ("why", "lesson_words", "share", "delete"))
TOPIC = "Data requirement"
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
    """It says by whom; what is shared has nothing to tap."""
    private = await explain(fake, ada, where)
    name = fake.server.world.person(ada)["global_name"]

    shared = await fake.click(private, SHARE)

    assert MessageFlag.EPHEMERAL in private.flags
    assert MessageFlag.EPHEMERAL not in shared.flags
    assert shared.text == f"-# {CARD['shared'].format(name=name)}\n{say(assistant, QUESTION)}"
    assert list_buttons(shared) == list_menus(shared) == []


async def test_a_shared_recommendation_keeps_its_picture(fake: FakeDiscord, ada: str) -> None:
    written = await fake.say(MUCH, by="bob", wait="nothing")
    private = await fake.context_menu(WORDS["menus"]["advise"], written.trigger, by=ada)

    shared = await fake.click(private, SHARE)

    assert "### Fine-tuning" in shared.text
    assert [file["description"] for file in shared.messages[0]["attachments"]] == [
        file["description"] for file in private.messages[0]["attachments"]
    ]
    assert list_buttons(shared) == list_menus(shared) == []


async def test_a_private_reply_is_shared_once(fake: FakeDiscord, ada: str) -> None:
    """Whoever taps again is told so in private."""
    private = await explain(fake, ada)
    before = len(fake.read())
    await fake.click(private, SHARE)

    told = await fake.click(private, SHARE)

    assert told.text == CARD["shared_before"]
    assert MessageFlag.EPHEMERAL in told.flags
    assert len(fake.read()) == before + 1


async def test_a_reply_whose_sharing_failed_can_be_shared_all_the_same(fake: FakeDiscord, ada: str) -> None:
    private = await explain(fake, ada)
    fake.fault("PATCH /webhooks", 403)
    await fake.click(private, SHARE, wait="acknowledgement")
    await fake.until(lambda: not fake.server.faults[-1].times)
    # Whatever is asked after it is answered after it.
    await fake.slash("help", by="marker")

    shared = await fake.click(private, SHARE)

    assert MessageFlag.EPHEMERAL not in shared.flags


async def test_nothing_is_shared_where_the_bot_does_not_chat(fake: FakeDiscord, ada: str) -> None:
    """Neither what was shown there before, nor what is shown from now on."""
    private = await explain(fake, ada)
    async with settle_channels(fake, "17"):
        told = await fake.click(private, SHARE)
        later = await explain(fake, ada)

    assert told.text == WORDS["channels"].format(channels="<#17>")
    assert MessageFlag.EPHEMERAL in told.flags
    assert SHARE not in list_buttons(later)


async def test_private_answers_to_commands_can_be_shared(fake: FakeDiscord, ada: str) -> None:
    async with settle_private(fake):
        private = await fake.slash("ask", by=ada, question=QUESTION)
        shared = await fake.click(private, SHARE)

    assert MessageFlag.EPHEMERAL in private.flags
    assert MessageFlag.EPHEMERAL not in shared.flags


async def test_of_a_reply_in_pages_the_one_that_is_read_is_shared_and_can_be_turned(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    """By whoever shared it, whose name stays above it."""
    pages = [escape_markup(page).strip() for page in show_lesson(assistant, TOPIC).pages]
    line = f"-# {CARD['shared'].format(name=fake.server.world.person(ada)['global_name'])}"
    async with settle_private(fake):
        read = await fake.click(await fake.slash("lesson", by=ada, topic=TOPIC), CARD["next"])
        shared = await fake.click(read, SHARE)
        first = shared.text
        refused = await fake.click(shared, CARD["next"], by=bob)
        turned = await fake.click(shared, CARD["previous"])

    assert first == f"{line}\n{pages[1]}"
    assert refused.text == WORDS["not_yours"]
    assert turned.text == f"{line}\n{pages[0]}"
    assert MessageFlag.EPHEMERAL not in turned.flags
    assert list_buttons(turned) == [CARD["next"], DELETE]


async def test_a_page_that_is_turned_after_it_was_shared_offers_that_no_more(fake: FakeDiscord, ada: str) -> None:
    async with settle_private(fake):
        read = await fake.slash("lesson", by=ada, topic=TOPIC)
        before = list_buttons(read)
        await fake.click(read, SHARE)
        turned = await fake.click(read, CARD["next"])

    assert SHARE in before
    assert SHARE not in list_buttons(turned)


async def test_a_reply_is_shared_in_the_language_that_the_server_has_chosen(fake: FakeDiscord, ada: str) -> None:
    panel, german = await fake.slash("settings"), load_words("de")["discord"]["card"]
    await fake.select(panel, name_language("de"))
    shared = await fake.click(await explain(fake, ada), SHARE)
    await fake.click(panel, load_words()["settings"]["reset"])

    name = fake.server.world.person(ada)["global_name"]
    assert shared.text.startswith(f"-# {german['shared'].format(name=name)}\n")


async def test_a_question_of_the_bots_can_be_taken_back(fake: FakeDiscord, ada: str) -> None:
    asked = await fake.slash("advise", by=ada, project=LITTLE)
    await fake.click(asked, DELETE)

    assert asked.messages == []


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
