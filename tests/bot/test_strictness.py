"""A server that wants little of the bot gets little; whoever asks too much waits, and nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.needs import name_need
from bot.records.records import Records
from bot.records.servers import ServerSettings
from bot.what_if import phrase_question
from bot.words import load_words
from knowledge.signals import Need
from retrieval.assistant import Assistant
from retrieval.questions import list_answers
from tests.bot.conftest import DISCORD_BOT, PATIENCE, assert_unharmed
from tests.bot.seen import CARD, LITTLE, MUCH, QUESTION, WORDS, list_buttons, say
from tests.fake_discord import FakeDiscord, MessageFlag

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALLOWED = 6
"""Questions a minute."""
COST: dict[str, Any] = {
    "requests": 10,
    "fixed_tokens": 10,
    "variable_tokens": 1,
    "output_tokens": 1,
    "input_price": 2.0,
    "output_price": 1.0,
}
ELSEWHERE = 123_456_789_012_345_678
GERMAN = load_words("de")["discord"]
STRICT = ServerSettings(channels=frozenset({ELSEWHERE}), private=True, threads=False, feedback=False, language="de")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def strict(bot_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FakeDiscord]:
    """A bot in a server with such settings, that lets everybody ask six questions a minute."""
    url = sa.URL.create("sqlite", database=str(tmp_path_factory.mktemp("records") / "bot.sqlite3"))
    env = {**bot_env, "DATABASE_URL": str(url), "RATE_LIMIT": f"{ALLOWED}/minute"}
    async with FakeDiscord(timeout=PATIENCE) as fake:
        Records(url, 30).servers.save_server(int(fake.server.world.guild_id), STRICT)
        await fake.start_bot(*DISCORD_BOT, env=env)
        await fake.ready(PATIENCE)
        yield fake
        assert_unharmed(fake)


def is_asked_to_wait(text: str, words: dict[str, str] = WORDS) -> bool:
    """Tell whether a text says for how many seconds of the minute to wait."""
    pattern = re.escape(words["slow_down"]).replace(re.escape("{seconds}"), r"(\d+)")
    found = re.fullmatch(pattern, text)
    return found is not None and 1 <= int(found[1]) <= 61


async def test_commands_are_answered_in_private_and_not_to_be_shared_where_the_bot_does_not_chat(
    strict: FakeDiscord, ada: str
) -> None:
    replies = [
        await strict.slash("ask", by=ada, question=QUESTION),
        await strict.slash("advise", by=ada, project=MUCH),
        await strict.slash("compare", by=ada),
        await strict.slash("lesson", by=ada, topic="Data requirement"),
    ]

    assert all(MessageFlag.EPHEMERAL in reply.flags for reply in replies)
    assert not any(CARD["share"] in list_buttons(reply) for reply in replies)


async def test_all_messages_of_a_private_reply_are_private(strict: FakeDiscord, ada: str) -> None:
    """Also what is behind a button of it, and what comes in its place."""
    asked = await strict.slash("advise", by=ada, project=LITTLE)
    card = await strict.click(asked, WORDS["skip"])
    page = await strict.click(await strict.slash("lesson", by=ada, topic="Data requirement"), CARD["next"])

    for reply in (card, page):
        assert all(message["flags"] & MessageFlag.EPHEMERAL for message in reply.messages)
        assert CARD["share"] not in list_buttons(reply)


async def test_nobody_is_asked_what_they_think(strict: FakeDiscord, ada: str) -> None:
    """Not even on a page that was turned."""
    answer = await strict.slash("ask", by=ada, question=QUESTION)
    page = await strict.slash("lesson", by=ada, topic="Data requirement")
    turned = await strict.click(page, CARD["next"])

    for reply in (answer, page, turned):
        assert not {"👍", "👎"} & {*list_buttons(reply)}
        assert CARD["delete"] in list_buttons(reply)


async def test_no_thread_is_opened(strict: FakeDiscord, ada: str) -> None:
    told = await strict.slash("chat", by=ada, message=QUESTION)

    assert told.text == WORDS["channels"].format(channels=f"<#{ELSEWHERE}>")
    assert MessageFlag.EPHEMERAL in told.flags
    assert strict.threads == []


async def test_a_mention_is_told_once_where_the_bot_chats_in_the_language_of_the_server(
    strict: FakeDiscord, ada: str, bob: str
) -> None:
    told = await strict.mention(QUESTION, by=ada)
    again = await strict.mention(QUESTION, by=ada, wait="nothing")
    other = await strict.mention(QUESTION, by=bob)

    assert told.text == other.text == GERMAN["channels"].format(channels=f"<#{ELSEWHERE}>")
    assert again.messages == []


async def test_a_direct_message_is_no_business_of_the_servers(
    strict: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await strict.dm(QUESTION, by=ada)

    assert reply.text == say(assistant, QUESTION)
    assert "👍" in list_buttons(reply)


async def test_whoever_asks_too_much_by_command_is_told_how_long_to_wait(
    strict: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    """Others are answered meanwhile, and what is no question is answered all the same."""
    before = [await strict.slash("ask", by=ada, question=QUESTION) for _ in range(ALLOWED)]
    told = [
        await strict.slash("ask", by=ada, question=QUESTION),
        await strict.slash("advise", by=ada, project=MUCH),
        await strict.slash("chat", by=ada),
    ]
    other = await strict.slash("ask", by=bob, question=QUESTION)
    page = await strict.slash("help", by=ada)

    assert {reply.text for reply in (*before, other)} == {say(assistant, QUESTION, command="ask")}
    assert all(is_asked_to_wait(reply.text) for reply in told)
    assert all(MessageFlag.EPHEMERAL in reply.flags for reply in told)
    assert not is_asked_to_wait(page.text)


async def test_whoever_writes_too_much_is_told_once(strict: FakeDiscord, ada: str, bob: str) -> None:
    for _ in range(ALLOWED):
        assert not is_asked_to_wait((await strict.dm("hello", by=ada)).text)

    told = await strict.dm("hello", by=ada)
    silence = await strict.dm("hello", by=ada, wait="nothing")
    other = await strict.dm("hello", by=bob)

    assert is_asked_to_wait(told.text)
    assert silence.messages == []
    assert not is_asked_to_wait(other.text)


async def test_a_german_is_asked_to_wait_in_german(strict: FakeDiscord, ada: str) -> None:
    strict.introduce(ada, locale="de")
    *_, told = [await strict.slash("ask", by=ada, question="hello") for _ in range(ALLOWED + 1)]

    assert is_asked_to_wait(told.text, GERMAN)


async def test_a_form_opens_only_for_whoever_may_still_ask_and_is_then_answered(
    strict: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    """Nothing that was typed into a form is lost to the limit, whatever was asked meanwhile."""
    opened = await strict.slash("advise", by=ada)
    for _ in range(ALLOWED - 1):
        await strict.slash("ask", by=ada, question="hello")

    refused = await strict.slash("advise", by=ada)
    answered = await strict.submit_modal(opened, {WORDS["form"]["project"]: MUCH})

    assert refused.modal is None
    assert is_asked_to_wait(refused.text)
    assert answered.text == say(assistant, MUCH, command="advise")


async def test_whatever_computes_or_draws_counts_as_a_question(strict: FakeDiscord, ada: str, bob: str) -> None:
    """A supposition by command, button and menu, costs, and an answer that is tapped."""
    card = await strict.slash("advise", by=ada, project=MUCH)
    asked = await strict.slash("advise", by=bob, project=LITTLE)
    for who in (ada, bob):
        for _ in range(ALLOWED - 1):
            assert not is_asked_to_wait((await strict.slash("cost", by=who, **COST)).text)

    told = [
        await strict.slash("whatif", by=ada, need=name_need(Need.DATA_REQUIREMENT), answer="none"),
        await strict.slash("cost", by=ada, **COST),
        await strict.select(card, phrase_question(list_answers()[0])),
        await strict.click(asked, WORDS["skip"]),
    ]

    assert all(is_asked_to_wait(reply.text) for reply in told)
    assert all(MessageFlag.EPHEMERAL in reply.flags for reply in told)
