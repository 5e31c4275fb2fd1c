"""The fake lets an unmodified discord.py work, and sees what a bot does wrong."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from . import TOKEN, FakeDiscord, MessageFlag, Opcode, Rule

ECHO_BOT = (sys.executable, str(Path(__file__).with_name("echo_bot.py")))
KEY = "sk-a-key-nobody-may-see"


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A fake with the echo bot connected to it."""
    async with FakeDiscord(acknowledgement_limit=1.0) as fake:
        await fake.start_bot(*ECHO_BOT, env={"API_KEY": KEY})
        await fake.ready()
        yield fake


async def test_a_deferred_command_is_answered_by_an_edit(discord: FakeDiscord) -> None:
    """The reply has the text, the file with its alternative text, and the time it took."""
    reply = await discord.slash("echo", text="hello")

    assert reply.text == "hello"
    assert not reply.deferred
    assert reply.acknowledged_after is not None
    assert reply.acknowledged_after < 1
    assert reply.messages[0]["attachments"][0]["description"] == "An echo"
    assert discord.calls[-1].files == {"echo.png": b"pixels"}
    assert discord.violations == []


async def test_a_button_opens_a_form_whose_answer_is_private(discord: FakeDiscord) -> None:
    """A click leads to a form, the form to a message only its writer sees, and to a follow-up."""
    opened = await discord.click(await discord.slash("echo", text="hello"), "More")
    reply = await discord.submit_modal(opened, {"Goal": "a support bot"})
    await discord.until(lambda: len(reply.messages) == 2)

    assert opened.modal is not None
    assert opened.modal["title"] == "Tell me more"
    assert reply.text == "a support bot\nnoted"
    assert MessageFlag.EPHEMERAL in reply.flags
    assert discord.violations == []


async def test_components_change_the_message_they_sit_on(discord: FakeDiscord) -> None:
    """A menu defers and edits, a button edits at once."""
    first = await discord.slash("echo", text="hello", where="dm")
    picked = await discord.select(first, "Data")
    assert picked.text == "picked Data"

    done = await discord.click(picked, "Done")
    assert (done.text, done.components) == ("done", [])
    assert discord.violations == []


async def test_a_message_can_be_taken_back(discord: FakeDiscord) -> None:
    """What is deleted is gone for whoever saw it."""
    first = await discord.slash("echo", text="hello")
    second = await discord.click(first, "🗑️", by="bob")

    assert first.messages == second.messages == []
    assert [call.status for call in discord.calls[-2:]] == [200, 204]
    assert discord.violations == []


async def test_an_option_is_completed(discord: FakeDiscord) -> None:
    """Autocomplete shows the names the bot suggests."""
    reply = await discord.autocomplete("echo", "text", "co")

    assert reply.choices == ["co!"]


async def test_mentions_and_private_messages_can_be_read(discord: FakeDiscord) -> None:
    """Without the message content intent the bot reads only what is meant for it."""
    mentioned = await discord.mention("hello")
    private = await discord.dm("hi", by="bob")
    overheard = await discord.say("a secret of ours")
    replied = await discord.say("and so?", reply_to=mentioned.messages[0])

    assert mentioned.text == "heard: @Advisor hello"
    assert private.text == "heard: hi"
    assert overheard.text == "heard: "
    assert replied.text == "heard: and so?"
    assert discord.violations == []


async def test_broken_rules_are_recorded(discord: FakeDiscord) -> None:
    """What Discord would accept but we do not is sent; what Discord refuses is refused."""
    shouted = await discord.slash("shout")
    overflowing = await discord.slash("overflow")

    assert shouted.text == KEY
    assert overflowing.text == ""
    assert [violation.rule for violation in discord.violations] == [
        Rule.SECRET,
        Rule.MENTIONS,
        Rule.LENGTH,
        Rule.ACKNOWLEDGEMENT,
    ]


async def test_a_silent_bot_misses_the_acknowledgement(discord: FakeDiscord) -> None:
    """A command that is not acknowledged in time ends without an answer."""
    reply = await discord.slash("sleep")

    assert reply.acknowledged_after is None
    assert [violation.rule for violation in discord.violations] == [Rule.ACKNOWLEDGEMENT]


async def test_a_fault_strikes_as_often_as_told(discord: FakeDiscord) -> None:
    """A rate limited edit is tried again and arrives."""
    discord.fault("PATCH /webhooks", 429, times=2)
    reply = await discord.slash("echo", text="hello")

    assert reply.text == "hello"
    assert [call.status for call in discord.calls[-3:]] == [429, 429, 200]


async def test_an_answer_can_be_lost(discord: FakeDiscord) -> None:
    """The request is carried out, although the bot does not learn of it."""
    discord.lose("PATCH /webhooks")
    reply = await discord.slash("echo", text="hello")

    assert reply.text == "hello"
    assert discord.calls[-1].status == 200


async def test_a_lost_session_is_resumed(discord: FakeDiscord) -> None:
    """After a dropped connection the bot resumes, and gets what it missed."""
    discord.drop_gateway()
    reply = await discord.mention("still there?")

    assert reply.text == "heard: @Advisor still there?"
    assert discord.opcodes.count(Opcode.IDENTIFY) == 1
    assert Opcode.RESUME in discord.opcodes


async def test_discord_can_close_the_gateway(discord: FakeDiscord) -> None:
    """A session that has timed out is resumed or begun again."""
    await discord.close_gateway(4009)
    await discord.until(lambda: not discord.server.gateway.connected)
    await discord.ready()

    assert (await discord.mention("hello")).text == "heard: @Advisor hello"


async def test_a_lost_gateway_is_dialled_again(discord: FakeDiscord) -> None:
    """While connections are refused the bot keeps trying."""
    discord.refuse(gateway=2)
    discord.drop_gateway()
    await discord.ready()

    assert "Attempting a reconnect" in discord.log


async def test_the_gateway_knows_a_wrong_token() -> None:
    """Identifying with another token ends in close code 4004."""
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        async with session.ws_connect(fake.server.gateway.url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": Opcode.IDENTIFY, "d": {"token": TOKEN[1:]}})
            await socket.receive()
        assert socket.close_code == 4004


async def test_a_wrong_token_is_refused() -> None:
    """A bot with another token does not get past the login."""
    async with FakeDiscord() as fake:
        await fake.start_bot(*ECHO_BOT, env={"DISCORD_TOKEN": "another"})
        with pytest.raises(ChildProcessError, match="Improper token"):
            await fake.ready()


async def test_connections_can_be_refused() -> None:
    """A bot that gives up ends; discord.py's client tries a GET twice."""
    async with FakeDiscord() as fake:
        fake.refuse(http=2)
        await fake.start_bot(*ECHO_BOT)
        with pytest.raises(ChildProcessError, match="ServerDisconnectedError"):
            await fake.ready()
