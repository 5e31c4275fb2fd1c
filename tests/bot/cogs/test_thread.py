"""/chat opens a thread that remembers; in it people go on by mention and by button."""

from __future__ import annotations

from typing import Any

import pytest

from bot.layout import escape_markup
from retrieval.assistant import Assistant
from tests.bot.seen import (
    CARD,
    LITTLE,
    MUCH,
    QUESTION,
    WORDS,
    list_buttons,
    repeat,
    say,
    settle_channels,
    settle_private,
)
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.exchange import Exchange
from tests.fake_discord.places import ORDINARY, Where
from tests.fake_discord.protocol import Json, Permission

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHAT, CONTINUE = WORDS["chat"], CARD["continue"]
FIELD = CHAT["form"]


async def open_thread(fake: FakeDiscord, by: str, message: str | None = None) -> Json:
    """Use the command, and return the thread once everything is said in it."""
    before = len(fake.threads)
    options: dict[str, Any] = {"message": message} if message else {}
    told = await fake.slash("chat", by=by, **options)
    (thread,) = fake.threads[before:]
    assert told.text == CHAT["goes_on"].format(thread=f"<#{thread['id']}>")
    assert MessageFlag.EPHEMERAL in told.flags
    await fake.until(lambda: len(fake.read(thread)) == (2 if message else 1))
    return thread


def look_at(fake: FakeDiscord, message: Json, by: str) -> Reply:
    """Return a message as something that somebody may tap."""
    seen = Exchange(message, fake.server.world.person(by), fake.server.world.channels[message["channel_id"]])
    seen.show(message)
    return Reply(seen)


async def go_on(fake: FakeDiscord, shown: Reply, text: str, by: str) -> Reply:
    """Tap Continue and write."""
    opened = await fake.click(shown, CONTINUE, by=by)
    return await fake.submit_modal(opened, {FIELD: text})


async def test_a_thread_is_opened_for_whoever_asks(fake: FakeDiscord, ada: str) -> None:
    """Everybody in the channel finds it, by a name that says whose it is; in it stands how to go on."""
    thread = await open_thread(fake, ada)
    (opening,) = [look_at(fake, message, ada) for message in fake.read(thread)]

    assert thread["name"] == CHAT["title"].format(name=ada.title())
    assert thread["parent_id"] == fake.server.world.general["id"]
    assert opening.text == escape_markup(CHAT["opened"])
    assert list_buttons(opening) == [CONTINUE]


async def test_the_first_message_is_answered_in_the_thread(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    thread = await open_thread(fake, ada, QUESTION)
    opening, answer = (look_at(fake, message, ada) for message in fake.read(thread))

    assert opening.text == escape_markup(CHAT["opened"])
    assert list_buttons(opening) == []
    assert answer.text == say(assistant, QUESTION)
    assert CONTINUE in list_buttons(answer)


async def test_a_project_in_the_first_message_has_its_card(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    thread = await open_thread(fake, ada, MUCH)
    _, answer = (look_at(fake, message, ada) for message in fake.read(thread))

    assert answer.text == say(assistant, MUCH)
    assert answer.messages[0]["attachments"]
    assert {CARD["why"], CONTINUE} <= set(list_buttons(answer))


async def test_mentions_and_the_button_go_on_in_one_conversation(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    turns = ["what is fine-tuning?", "and what are its disadvantages?", "and how much data does it need?"]
    thread = await open_thread(fake, ada, turns[0])

    mentioned = await fake.mention(turns[1], by=ada, where=thread)
    tapped = await go_on(fake, mentioned, turns[2], ada)

    assert mentioned.text == say(assistant, *turns[:2])
    assert tapped.text == say(assistant, *turns)
    assert CONTINUE in list_buttons(tapped)
    assert tapped.exchange.channel["id"] == thread["id"]


async def test_the_button_of_the_opening_begins(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    thread = await open_thread(fake, ada)
    (opening,) = fake.read(thread)

    reply = await go_on(fake, look_at(fake, opening, ada), QUESTION, ada)

    assert reply.text == say(assistant, QUESTION)
    assert MessageFlag.EPHEMERAL not in reply.flags


async def test_everybody_in_a_thread_has_a_conversation_of_their_own(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    """Anybody may tap Continue, but nobody answers what somebody else was asked."""
    thread = await open_thread(fake, ada, LITTLE)
    asked = look_at(fake, fake.read(thread)[-1], ada)

    others = await go_on(fake, asked, "skip", bob)
    refused = await fake.click(asked, WORDS["skip"], by=bob)
    own = await go_on(fake, asked, "skip", ada)

    assert others.text == say(assistant, "skip")
    assert refused.text == WORDS["not_yours"]
    assert own.text == say(assistant, LITTLE, "skip")


async def test_a_choice_in_a_thread_keeps_the_button_to_go_on(fake: FakeDiscord, ada: str) -> None:
    thread = await open_thread(fake, ada, LITTLE)
    answered = await fake.click(look_at(fake, fake.read(thread)[-1], ada), WORDS["skip"])

    assert answered.text.startswith("### Prompt engineering")
    assert CONTINUE in list_buttons(answered)


async def test_a_page_that_is_turned_in_a_thread_keeps_the_button_to_go_on(fake: FakeDiscord, ada: str) -> None:
    thread = await open_thread(fake, ada)
    page = await fake.slash("lesson", by=ada, where=thread, topic="Data requirement")
    turned = await fake.click(page, CARD["next"])

    assert CONTINUE in list_buttons(page)
    assert CONTINUE in list_buttons(turned)


async def test_what_is_said_in_a_thread_stays_out_of_the_channel(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    await open_thread(fake, ada, LITTLE)
    reply = await fake.mention("skip", by=ada)

    assert reply.text == say(assistant, "skip")


async def test_a_thread_of_somebody_else_has_no_button_to_go_on(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    """There the bot is a guest, who is mentioned."""
    thread = await fake.open_thread("A thread", by=ada)
    reply = await fake.mention(QUESTION, by=ada, where=thread)

    assert reply.text == say(assistant, QUESTION)
    assert CONTINUE not in list_buttons(reply)


async def test_what_people_say_to_each_other_in_a_thread_is_not_answered(fake: FakeDiscord, ada: str) -> None:
    thread = await open_thread(fake, ada)
    overheard = await fake.say(QUESTION, by=ada, where=thread, wait="nothing")
    await fake.mention("hello", by=ada, where=thread)

    assert overheard.messages == []


@pytest.mark.parametrize("where", ["dm", "foreign_guild", "group_dm"])
async def test_where_no_thread_can_be_it_says_where_to_talk(where: Where, fake: FakeDiscord, ada: str) -> None:
    before = len(fake.threads)
    told = await fake.slash("chat", by=ada, where=where, message=QUESTION)

    assert told.text == CHAT["elsewhere"]
    assert MessageFlag.EPHEMERAL in told.flags
    assert len(fake.threads) == before


async def test_in_a_thread_of_the_bots_it_says_how_to_go_on(fake: FakeDiscord, ada: str) -> None:
    thread = await open_thread(fake, ada)
    before = len(fake.threads)
    told = await fake.slash("chat", by=ada, where=thread)

    assert told.text == CHAT["here"]
    assert MessageFlag.EPHEMERAL in told.flags
    assert len(fake.threads) == before


async def test_in_a_thread_of_the_bots_a_message_goes_on(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    turns = ["what is fine-tuning?", "and what are its disadvantages?"]
    thread = await open_thread(fake, ada, turns[0])
    before = len(fake.threads)

    reply = await fake.slash("chat", by=ada, where=thread, message=turns[1])

    assert reply.text == say(assistant, *turns)
    assert CONTINUE in list_buttons(reply)
    assert len(fake.threads) == before


async def test_no_thread_is_opened_within_a_thread_of_somebody_else(fake: FakeDiscord, ada: str) -> None:
    thread = await fake.open_thread("A thread", by=ada)
    told = await fake.slash("chat", by=ada, where=thread)

    assert told.text == CHAT["elsewhere"]


async def test_where_answers_are_private_no_thread_is_opened(fake: FakeDiscord, ada: str) -> None:
    before = len(fake.threads)
    async with settle_private(fake):
        told = await fake.slash("chat", by=ada, message=QUESTION)

    assert told.text == CHAT["private"]
    assert MessageFlag.EPHEMERAL in told.flags
    assert len(fake.threads) == before


async def test_where_the_bot_does_not_chat_it_says_where_it_does(fake: FakeDiscord, ada: str) -> None:
    before = len(fake.threads)
    async with settle_channels(fake, "17"):
        told = await fake.slash("chat", by=ada, message=QUESTION)

    assert told.text == WORDS["channels"].format(channels="<#17>")
    assert MessageFlag.EPHEMERAL in told.flags
    assert len(fake.threads) == before


@pytest.mark.parametrize("missing", [Permission.CREATE_THREADS, Permission.SEND_IN_THREADS])
async def test_for_whoever_may_open_no_thread_none_is_opened(missing: Permission, fake: FakeDiscord, ada: str) -> None:
    fake.introduce(ada, permissions=ORDINARY & ~missing)
    before = len(fake.threads)
    told = await fake.slash("chat", by=ada, message=QUESTION)

    assert told.text == CHAT["elsewhere"]
    assert len(fake.threads) == before


async def test_a_server_that_lets_nobody_open_threads_is_told_so_in_private(fake: FakeDiscord, ada: str) -> None:
    fake.fault("POST /channels/.*/threads", 403)
    told = await fake.slash("chat", by=ada)

    assert told.text == CHAT["elsewhere"]
    assert MessageFlag.EPHEMERAL in told.flags


async def test_the_longest_name_fits(fake: FakeDiscord) -> None:
    """Discord refuses the name of a thread above 100 characters."""
    person = fake.server.world.person("ludo")
    person["global_name"] = "L" * 100
    await fake.slash("chat", by="ludo")

    assert len(fake.threads[-1]["name"]) == 100


async def test_a_command_that_comes_twice_opens_one_thread(fake: FakeDiscord, ada: str) -> None:
    before = len(fake.threads)
    told = await fake.slash("chat", by=ada, message=QUESTION)
    await fake.until(lambda: len(fake.read(fake.threads[-1])) == 2)
    await repeat(fake, told)

    assert len(fake.threads) == before + 1
    assert len(fake.read(fake.threads[-1])) == 2


async def test_the_longest_message_is_answered(fake: FakeDiscord, ada: str) -> None:
    thread = await open_thread(fake, ada, (f"{MUCH} " * 60)[:6_000])

    assert look_at(fake, fake.read(thread)[-1], ada).text.startswith("### Fine-tuning")
