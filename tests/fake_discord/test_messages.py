"""Messages are answered, changed and deleted, in channels and in threads; and what Discord refuses, it refuses."""

from __future__ import annotations

import asyncio

import pytest

from . import Code, FakeDiscord, MessageFlag, Reply
from .conftest import PLACES_BOT
from .raw import send

pytestmark = pytest.mark.asyncio(loop_scope="module")


def code(code: Code) -> str:
    """Return a code as the bot tells it."""
    return str(int(code))


async def test_a_message_leads_to_a_thread_where_it_is_answered(places: FakeDiscord) -> None:
    reply = await places.mention("a thread, please", by="tom")
    await places.until(lambda: len(reply.messages) == 2)
    opened = places.threads[-1]

    assert opened["id"] == reply.trigger["id"] == reply.messages[0]["channel_id"]
    assert [message["content"] for message in places.read(opened)] == ["in here"]
    assert reply.messages[1]["content"] == code(Code.THREAD_EXISTS)
    await places.until(lambda: "opened: On it" in places.log)


async def test_a_command_leads_to_a_thread(places: FakeDiscord) -> None:
    reply = await places.slash("thread")

    assert reply.text == "done"
    assert (places.threads[-1]["name"], places.threads[-1]["parent_id"]) == ("Beside", reply.trigger["channel_id"])


async def test_a_thread_in_private_there_is_none(places: FakeDiscord) -> None:
    channel = (await places.slash("where", where="dm")).trigger["channel_id"]

    assert await send(places, "POST", f"/channels/{channel}/threads", {"name": "Nowhere"}) == Code.WRONG_CHANNEL_TYPE


async def test_in_a_thread_the_bot_reads_what_is_meant_for_it(places: FakeDiscord) -> None:
    thread = await places.open_thread("Ours", by="tom")
    mentioned = await places.mention("hello", where=thread)
    overheard = await places.say("a secret of ours", where=thread)
    replied = await places.say("and so?", where=thread, reply_to=mentioned.messages[0])

    assert mentioned.text == "@Advisor hello member=True place=True"
    assert overheard.text == " member=True place=True"
    assert replied.text == "and so? member=True place=True"


async def test_a_thread_is_known_after_a_restart(places: FakeDiscord) -> None:
    thread = await places.open_thread("Lasting")
    await places.stop_bot()
    await places.start_bot(*PLACES_BOT)
    await places.ready()

    assert (await places.mention("hello", where=thread)).text.endswith("place=True")


async def test_commands_are_used_in_threads(places: FakeDiscord) -> None:
    written = await places.say("a project")
    thread = await places.open_thread("On a project", on=written.trigger)

    assert (await places.slash("where", where=thread)).trigger["channel_id"] == written.trigger["id"]


async def test_what_is_replied_to_is_read_only_if_it_was_meant_for_the_bot(places: FakeDiscord) -> None:
    overheard = await places.say("a secret of ours")
    reply = await places.say("look", reply_to=overheard.trigger)
    seen = places.server.gateway.reveal(reply.trigger)

    assert (seen["content"], seen["referenced_message"]["content"]) == ("", "")


async def test_a_reply_needs_the_message_it_is_about(places: FakeDiscord) -> None:
    first = await places.mention("hello", by="rita")
    await places.delete(first.trigger)
    before = len(places.calls)
    second = await places.mention("what about the one before?", by="rita")

    assert second.text == code(Code.INVALID_BODY)
    assert [call.status for call in places.calls[before:]] == [400, 200]
    await places.until(lambda: f"gone: {first.trigger['id']}" in places.log)


async def test_a_bot_deletes_its_own_messages_only(places: FakeDiscord) -> None:
    public = await places.mention("delete this", by="dora")
    private = await places.dm("delete this", by="dora")

    assert public.text == code(Code.MISSING_PERMISSIONS)
    assert private.text == code(Code.NOT_IN_DIRECT_MESSAGES)


async def test_a_deleted_answer_is_gone(places: FakeDiscord) -> None:
    reply = await places.mention("delete it all", by="dora")
    await places.until(lambda: not reply.messages)

    assert places.read()[-1] is reply.trigger


async def test_people_can_be_closed_to_messages(places: FakeDiscord) -> None:
    places.introduce("shy", takes_messages=False)

    assert (await places.slash("write", by="shy")).text == code(Code.CLOSED_TO_MESSAGES)
    assert (await places.slash("write", by="ada")).text == "done"
    assert places.read("dm", by="ada")[-1]["content"] == "hello"


async def test_a_fault_can_be_any_refusal(places: FakeDiscord) -> None:
    places.fault("POST /channels/.*/threads", Code.MISSING_PERMISSIONS)

    assert (await places.slash("thread")).text == code(Code.MISSING_PERMISSIONS)
    assert (await places.slash("thread")).text == "done"


@pytest.mark.parametrize("reason", [Code.INVALID_TOKEN, Code.UNKNOWN_WEBHOOK])
async def test_a_token_ends(reason: Code, places: FakeDiscord) -> None:
    kept = await places.slash("remember")
    assert (await places.slash("recall")).text == "done"
    places.expire(kept, reason)

    assert (await places.slash("recall")).text == code(reason)
    assert kept.text == "changed"


async def test_an_addition_can_be_for_one_person_only(places: FakeDiscord) -> None:
    reply = await places.slash("whisper", by="wendy")
    await places.until(lambda: [m["attachments"][0]["filename"] for m in reply.messages[:1]] == ["new.png"])

    assert reply.text == "to all\nto you only"
    assert [bool(message["flags"] & MessageFlag.EPHEMERAL) for message in reply.messages] == [False, True]
    assert reply.messages[0] in places.read()
    assert reply.messages[1] not in places.read()


async def test_a_private_message_is_not_in_the_channel(places: FakeDiscord) -> None:
    reply = await places.slash("whisper", by="wendy")
    await places.until(lambda: len(reply.messages) == 2)
    path = f"/channels/{reply.trigger['channel_id']}/messages"

    found = [await send(places, "GET", f"{path}/{message['id']}", None) for message in reply.messages]
    assert found == [0, Code.UNKNOWN_MESSAGE]


async def test_what_begins_in_public_stays_public(places: FakeDiscord) -> None:
    reply = await places.slash("postpone")

    assert (reply.text, MessageFlag.EPHEMERAL in reply.flags, reply.deferred) == ("late", False, False)


async def test_a_message_can_come_twice(places: FakeDiscord) -> None:
    reply = await places.mention("hello", by="tess")
    await places.repeat(reply)
    await places.until(lambda: len(reply.messages) == 2)

    assert reply.messages[0]["content"] == reply.messages[1]["content"]


async def test_an_interaction_can_come_twice(places: FakeDiscord) -> None:
    reply = await places.slash("where", by="tess")
    await places.repeat(reply)
    await places.until(lambda: places.calls[-1].status == 400)

    assert len(reply.messages) == 1
    assert places.violations.pop().detail == "this interaction is already acknowledged"


async def test_every_answer_has_its_times(places: FakeDiscord) -> None:
    replies = await asyncio.gather(*(places.slash("chatter", by=f"many{number}") for number in range(10)))
    await places.until(lambda: all("done" in reply.text for reply in replies))

    assert all(0 < first < last for first, last in map(times, replies))


async def test_many_people_may_tap_as_fast_as_they_can() -> None:
    """Where a button is known by its id alone, nobody has to take the time of a person."""
    async with FakeDiscord(reaction=0.0) as fake:
        await fake.start_bot(*PLACES_BOT)
        await fake.ready()
        shown = await asyncio.gather(*(fake.slash("where", by=f"many{number}") for number in range(40)))
        tapped = await asyncio.gather(*(fake.click(reply, "Again") for reply in shown))

        assert all("context" in reply.text for reply in tapped)
        assert fake.violations == []


def times(reply: Reply) -> tuple[float, float]:
    """Return the seconds to the first sign, and to the last part of the answer."""
    assert reply.acknowledged_after is not None
    assert reply.answered_after is not None
    return reply.acknowledged_after, reply.answered_after
