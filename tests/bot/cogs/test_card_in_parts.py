"""A reply in several messages is taken back whole, as far as Discord lets the bot."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.records.records import Records
from tests.bot.conftest import PATIENCE, assert_unharmed
from tests.bot.seen import CARD, QUESTION, WORDS
from tests.fake_discord import FakeDiscord, MessageFlag, Reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

RAMBLING_BOT = (sys.executable, "-m", "tests.bot.rambling_bot")
DELETE = CARD["delete"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "bot.sqlite3"


@pytest.fixture(scope="module")
def env(bot_env: dict[str, str], file: Path) -> dict[str, str]:
    return {**bot_env, "DATABASE_URL": f"sqlite:///{file}"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rambling(env: dict[str, str]) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*RAMBLING_BOT, env=env)
        await fake.ready(PATIENCE)
        yield fake
        assert_unharmed(fake)


async def ask(fake: FakeDiscord, how: str, by: str) -> Reply:
    """Return a reply in several messages, of which the last can be tapped."""
    match how:
        case "slash":
            reply = await fake.slash("ask", by=by, question=QUESTION)
        case "mention":
            reply = await fake.mention(QUESTION, by=by)
        case _:
            written = await fake.say(QUESTION, by=by, wait="nothing")
            reply = await fake.context_menu(WORDS["menus"]["explain"], written.trigger, by=by)
    await fake.until(lambda: any(part.get("label") == DELETE for part in reply.components))
    assert len(reply.messages) > 1
    return reply


def count_kept(file: Path, fake: FakeDiscord, by: str) -> int:
    """Return how many replies to somebody are kept."""
    records = Records(sa.URL.create("sqlite", database=str(file)), 30)
    return len(records.export_user(int(fake.server.world.person(by)["id"]))["shown_replies"])


@pytest.mark.parametrize("how", ["slash", "mention", "menu"])
async def test_all_of_it_is_taken_back_and_nothing_of_it_is_kept(
    how: str, rambling: FakeDiscord, file: Path, ada: str
) -> None:
    reply = await ask(rambling, how, ada)
    before = count_kept(file, rambling, ada)
    tapped = await rambling.click(reply, DELETE)
    await rambling.until(lambda: not reply.messages, within=30)
    # Whatever is asked after it is answered after it.
    await rambling.slash("help", by="marker")

    assert tapped.messages == []
    assert (before, count_kept(file, rambling, ada)) == (1, 0)


async def test_what_everybody_sees_is_taken_back_when_its_command_is_long_over(rambling: FakeDiscord, ada: str) -> None:
    """It is then deleted as any message of the bot's."""
    reply = await ask(rambling, "slash", ada)
    rambling.expire(reply)

    await rambling.click(reply, DELETE)
    await rambling.until(lambda: not reply.messages)


async def test_what_can_no_longer_be_reached_stays_without_a_fault(rambling: FakeDiscord, ada: str) -> None:
    """As the first messages of a private reply, after a quarter of an hour."""
    reply = await ask(rambling, "menu", ada)
    count = len(reply.messages)
    rambling.expire(reply)

    await rambling.click(reply, DELETE)
    await rambling.until(lambda: len(reply.messages) < count)

    assert len(reply.messages) == count - 1
    assert MessageFlag.EPHEMERAL in reply.flags


async def test_a_message_that_somebody_else_has_deleted_is_no_hindrance(rambling: FakeDiscord, ada: str) -> None:
    reply = await ask(rambling, "slash", ada)
    await rambling.delete(reply.messages[0])

    await rambling.click(reply, DELETE)
    await rambling.until(lambda: not reply.messages)


async def test_a_shared_reply_names_who_shares_it_once_and_first(rambling: FakeDiscord, ada: str) -> None:
    private = await ask(rambling, "menu", ada)
    shared = await rambling.click(private, CARD["share"])
    await rambling.until(lambda: len(shared.messages) == len(private.messages))

    line = CARD["shared"].format(name=rambling.server.world.person(ada)["global_name"])
    assert shared.text.startswith(f"-# {line}\n")
    assert shared.text.count(line) == 1


async def test_all_of_it_is_taken_back_after_a_restart(env: dict[str, str]) -> None:
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*RAMBLING_BOT, env=env)
        await fake.ready(PATIENCE)
        replies = [await ask(fake, "slash", "sue"), await ask(fake, "mention", "mia")]
        # What is asked after it is kept after it.
        await ask(fake, "slash", "marker")
        await fake.stop_bot()

        await fake.start_bot(*RAMBLING_BOT, env=env)
        await fake.ready(PATIENCE)
        for reply in replies:
            await fake.click(reply, DELETE)
        await fake.until(lambda: not any(reply.messages for reply in replies), within=30)
        assert_unharmed(fake)
