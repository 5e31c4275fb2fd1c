"""Answers arrive although connections break, and what cannot be delivered harms nobody."""

from __future__ import annotations

import asyncio
import re

import aiohttp
import pytest

from bot.calls import insist
from bot.cooldown import Cooldown
from bot.delivery import Delivery
from bot.gaps.writer import GapWriter
from bot.memory import Memory
from bot.speaker import Speaker
from bot.words import load_words
from retrieval.assistant import Assistant
from tests.bot.seen import MUCH, QUESTION, say
from tests.fake_discord import Code, FakeDiscord, Rule

pytestmark = pytest.mark.asyncio(loop_scope="module")

CUT = 0
CALLBACK = "POST /interactions"
EDIT = "PATCH /webhooks"
MESSAGES = "POST /channels/{channel_id}/messages"
SEND = f"^{re.escape(MESSAGES)}$"
TYPING = "POST /channels/.*/typing"


@pytest.mark.parametrize(
    ("route", "status"),
    [(CALLBACK, 500), (CALLBACK, 503), (CALLBACK, 429), (CALLBACK, CUT), (EDIT, 503), (EDIT, CUT)],
)
async def test_a_command_is_answered_although_a_request_fails(route: str, status: int, discord: FakeDiscord) -> None:
    discord.fault(route, status)

    reply = await discord.slash("ask", question=QUESTION)

    assert "Source: " in reply.text
    assert len(reply.messages) == 1
    assert not reply.deferred


@pytest.mark.parametrize("status", [503, CUT])
@pytest.mark.parametrize("route", [SEND, TYPING])
async def test_a_message_is_answered_although_a_request_fails(route: str, status: int, discord: FakeDiscord) -> None:
    discord.fault(route, status)

    reply = await discord.mention(QUESTION)

    assert "Source: " in reply.text
    assert len(reply.messages) == 1


async def test_a_choice_is_answered_although_the_connection_breaks(discord: FakeDiscord) -> None:
    asked = await discord.slash("advise", project="Help me with my project")
    discord.fault(CALLBACK, CUT)
    discord.fault(EDIT, 503)
    before = asked.text

    answered = await discord.click(asked, load_words()["discord"]["skip"])
    await discord.until(lambda: answered.text != before)

    assert answered.text.startswith("### Prompt engineering")


async def test_a_form_opens_although_the_connection_breaks(discord: FakeDiscord) -> None:
    discord.fault(CALLBACK, 503)

    opened = await discord.slash("advise")

    assert opened.modal is not None


@pytest.mark.parametrize("status", [403, 404])
async def test_an_answer_that_nobody_takes_ends_quietly(status: int, discord: FakeDiscord) -> None:
    """The question was deleted meanwhile, or the bot may not write there; others are answered as before."""
    discord.fault(EDIT, status)
    discord.fault(SEND, status)
    before = len(discord.calls)

    await discord.slash("ask", question=QUESTION, wait="acknowledgement")
    await discord.mention(QUESTION, wait="acknowledgement")
    await discord.until(lambda: [call.status for call in discord.calls[before:]].count(status) == 2)

    assert "Source: " in (await discord.slash("ask", question=QUESTION)).text


async def test_a_message_whose_receipt_was_lost_is_read_once(discord: FakeDiscord) -> None:
    """It is sent again with the same nonce, and Discord drops it."""
    discord.lose(SEND)
    before = len(discord.calls)

    first = await discord.mention(QUESTION)
    await discord.until(lambda: [call.route for call in discord.calls[before:]].count(MESSAGES) == 2)
    second = await discord.mention("hello")

    nonces = [call.body["nonce"] for call in discord.calls[before:] if call.route == MESSAGES]
    assert nonces[0] == nonces[1] != nonces[2]
    assert all(len(nonce) <= 25 for nonce in nonces)
    assert len(first.messages) == len(second.messages) == 1


async def test_an_acknowledgement_whose_receipt_was_lost_counts(discord: FakeDiscord) -> None:
    """Discord refuses the second one, which says that the first one arrived."""
    discord.lose(CALLBACK)

    reply = await discord.slash("ask", question=QUESTION)

    assert "Source: " in reply.text
    assert [violation.rule for violation in discord.violations] == [Rule.ACKNOWLEDGEMENT]
    discord.violations.clear()


async def test_a_card_is_sent_once_with_its_picture_although_a_request_fails(discord: FakeDiscord) -> None:
    """The picture is sent along again, and the message is shown once."""
    discord.fault(EDIT, 503)
    discord.lose(SEND)
    before = len(discord.calls)

    by_command = await discord.slash("advise", by="cora", project=MUCH)
    by_mention = await discord.mention(MUCH, by="cora")
    await discord.until(lambda: [call.route for call in discord.calls[before:]].count(MESSAGES) == 2)

    for reply in (by_command, by_mention):
        assert len(reply.messages) == 1
        assert len(reply.messages[0]["attachments"]) == 1


async def test_where_no_files_may_be_attached_a_card_comes_without_its_picture(
    discord: FakeDiscord, assistant: Assistant
) -> None:
    discord.fault(SEND, Code.MISSING_PERMISSIONS)

    reply = await discord.mention(MUCH, by="carl")

    assert reply.text == say(assistant, MUCH)
    assert len(reply.messages) == 1
    assert not reply.messages[0]["attachments"]


@pytest.mark.parametrize("act", ["Share with channel", "Delete", "👍"])
async def test_what_is_tapped_is_done_once_although_the_connection_breaks(act: str, discord: FakeDiscord) -> None:
    written = await discord.say(QUESTION, by="dana", wait="nothing")
    private = await discord.context_menu("Explain this", written.trigger, by="dana")
    discord.fault(CALLBACK, 503)

    tapped = await discord.click(private, act)

    assert len(tapped.messages) == (0 if act == "Delete" else 1)


async def test_thanks_are_read_although_the_receipt_of_the_acknowledgement_was_lost(discord: FakeDiscord) -> None:
    reply = await discord.slash("ask", by="edna", question=QUESTION)
    discord.lose(CALLBACK)

    thanked = await discord.click(reply, "👍")
    await discord.until(lambda: thanked.messages)

    assert thanked.text == load_words()["discord"]["feedback"]["thanks"]
    discord.violations.clear()


async def test_an_answer_whose_receipt_was_lost_is_written_again(discord: FakeDiscord) -> None:
    discord.lose(EDIT)

    reply = await discord.slash("ask", question=QUESTION)

    assert "Source: " in reply.text
    assert len(reply.messages) == 1


async def test_what_is_no_broken_connection_is_not_repeated() -> None:
    calls = []

    async def send() -> None:
        calls.append("sent")
        raise ValueError("not a matter of the connection")

    with pytest.raises(ValueError, match="not a matter"):
        await insist(send)

    assert calls == ["sent"]


async def test_a_broken_connection_is_tried_again() -> None:
    failures = [aiohttp.ServerDisconnectedError(), None]

    async def send() -> None:
        failure = failures.pop(0)
        if failure:
            raise failure

    await insist(send)

    assert failures == []


async def test_of_one_person_one_thing_is_done_at_a_time_whatever_others_do(
    assistant: Assistant, gap_writer: GapWriter
) -> None:
    delivery = Delivery(Speaker(assistant), Memory(), gap_writer, Cooldown("12/minute"))
    finish, done = asyncio.Event(), []

    async def act(name: str, user: int) -> None:
        async with delivery.take_turn(user):
            if name == "first":
                await finish.wait()
            done.append(name)

    acts = [asyncio.create_task(act(*each)) for each in (("first", 1), ("second", 1), ("third", 1), ("another's", 2))]
    await acts[-1]
    finish.set()
    await asyncio.gather(*acts)

    assert done == ["another's", "first", "second", "third"]


async def test_draining_waits_for_all_answers_under_way_and_begins_no_other(
    assistant: Assistant, gap_writer: GapWriter
) -> None:
    delivery = Delivery(Speaker(assistant), Memory(), gap_writer, Cooldown("12/minute"))
    first, second = asyncio.Event(), asyncio.Event()
    begun = asyncio.Barrier(3)

    async def answer(finish: asyncio.Event) -> None:
        async with delivery.work():
            await begun.wait()
            await finish.wait()

    answers = [asyncio.create_task(answer(finish)) for finish in (first, second)]
    await begun.wait()
    assert delivery.accepts(1)
    draining = asyncio.create_task(delivery.drain())
    first.set()
    await answers[0]
    assert not draining.done()
    assert not delivery.accepts(2)

    second.set()
    await draining
    await asyncio.gather(*answers)


async def test_there_is_nothing_to_drain_where_nothing_is_under_way(
    assistant: Assistant, gap_writer: GapWriter
) -> None:
    await Delivery(Speaker(assistant), Memory(), gap_writer, Cooldown("12/minute")).drain()
