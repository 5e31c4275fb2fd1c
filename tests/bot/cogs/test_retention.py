"""What has grown old goes by itself, and nothing keeps that from being tried again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.cogs.retention import RetentionCog
from bot.cooldown import Cooldown
from bot.delivery import Delivery
from bot.gaps.writer import GapWriter
from bot.memory import Memory
from bot.records.records import Records
from bot.records.tables import tell_now
from bot.speaker import Speaker
from retrieval.assistant import Assistant
from tests.bot.conftest import DISCORD_BOT, assert_unharmed, wait_for
from tests.bot.records.samples import ANN, BOB, leave_records
from tests.fake_discord import FakeDiscord

DAYS = 30
OLD = (tell_now() - timedelta(days=DAYS + 1)).replace(tzinfo=None)

MakeCog = Callable[[Memory], RetentionCog]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def records(file: Path) -> Records:
    return Records(sa.URL.create("sqlite", database=str(file)), DAYS)


@pytest_asyncio.fixture
async def make_cog(assistant: Assistant, gap_writer: GapWriter) -> AsyncIterator[MakeCog]:
    """Return a function that makes a cog whose loop hardly pauses, and which is unloaded in the end."""
    cogs = []

    def make(memory: Memory) -> RetentionCog:
        cog = RetentionCog(Delivery(Speaker(assistant), memory, gap_writer, Cooldown("12/minute")))
        cog.expire.change_interval(seconds=0.01)
        cogs.append(cog)
        return cog

    yield make
    for cog in cogs:
        await cog.cog_unload()
        task = cog.expire.get_task()
        if task:
            with suppress(asyncio.CancelledError):
                await task


def break_file(file: Path) -> None:
    file.write_text("no database " * 100)


def mend_file(file: Path) -> None:
    """Move it away, as the log advises."""
    file.unlink()


def make_old(file: Path, user: int) -> None:
    """Let all that is kept of a user be older than it may."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in ("conversations", "shown_replies", "feedback"):
            connection.execute(f"UPDATE {table} SET written_at = ? WHERE user = ?", (str(OLD), user))


def count_kept(records: Records, user: int) -> int:
    return sum(map(len, records.export_user(user).values()))


class TornMemory(Memory):
    """Breaks once in a way that nobody has foreseen."""

    def __init__(self) -> None:
        super().__init__()
        self.tried = 0

    def expire(self) -> int:
        self.tried += 1
        if self.tried == 1:
            raise ZeroDivisionError
        return 0


async def test_it_is_tried_every_hour(assistant: Assistant, gap_writer: GapWriter) -> None:
    cog = RetentionCog(Delivery(Speaker(assistant), Memory(), gap_writer, Cooldown("12/minute")))

    assert (cog.expire.hours, cog.expire.minutes, cog.expire.seconds) == (1, 0, 0)


async def test_what_grows_old_while_the_bot_runs_is_deleted_and_the_rest_stays(
    make_cog: MakeCog, records: Records, file: Path
) -> None:
    leave_records(records, ANN, "old words")
    leave_records(records, BOB, "new words")
    await make_cog(Memory(records)).cog_load()
    make_old(file, ANN)

    await wait_for(lambda: not count_kept(records, ANN))

    assert count_kept(records, BOB) == 3


async def test_a_broken_database_is_logged_and_tried_again(make_cog: MakeCog, records: Records, file: Path) -> None:
    """It ends neither with the file that is none, nor before the one that takes its place."""
    break_file(file)
    with capture_logs() as logged:
        await make_cog(Memory(records)).cog_load()
        await wait_for(lambda: len(logged) > 1)
    mend_file(file)
    leave_records(records, ANN, "old words")
    make_old(file, ANN)

    await wait_for(lambda: not count_kept(records, ANN))

    assert {line["log_level"] for line in logged} == {"warning"}
    assert str(file) in logged[0]["reason"]


async def test_not_even_a_fault_that_nobody_foresaw_ends_it(make_cog: MakeCog) -> None:
    memory = TornMemory()
    with capture_logs() as logged:
        await make_cog(memory).cog_load()
        await wait_for(lambda: memory.tried > 2)

    assert [line["log_level"] for line in logged] == ["error"]


async def test_a_bot_that_starts_deletes_what_is_old(bot_env: dict[str, str], records: Records, file: Path) -> None:
    leave_records(records, ANN, "old words")
    leave_records(records, BOB, "new words")
    make_old(file, ANN)

    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DATABASE_URL": f"sqlite:///{file}"})
        await fake.ready()
        await wait_for(lambda: not count_kept(records, ANN))

        assert count_kept(records, BOB) == 3
        assert_unharmed(fake)
