"""What the tests of the faces share: a data folder, `python -m bot` as a process, and a bot in a fake Discord."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio

from bot.gaps.table import GapTable
from bot.gaps.writer import GapWriter
from knowledge.store import Knowledge
from tests.conftest import CACHE, EMBEDDING_MODEL
from tests.fake_discord import TOKEN, FakeDiscord

ROOT = Path(__file__).parents[2]
NEWCOMERS = itertools.count(1)
PATIENCE = 120.0
"""Seconds within which even a busy machine answers."""
DISCORD_BOT = (sys.executable, "-m", "bot", "discord")


class RunBot(Protocol):
    """Runs `python -m bot` to its end, in an empty folder."""

    def __call__(
        self, *arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture(scope="session")
def data_dir(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shared lesson and model, built before, and with a heartbeat of its own."""
    assert knowledge.generation
    folder = tmp_path_factory.mktemp("data")
    for name in ("lessons", "models"):
        (folder / name).symlink_to(CACHE / name)
    return folder


@pytest.fixture(scope="session")
def bot_env(data_dir: Path) -> dict[str, str]:
    """The variables with which a bot finds its code and its data, and no setting of whoever runs the tests."""
    settings = {"DATA_DIR": str(data_dir), "EMBEDDING_MODEL": EMBEDDING_MODEL, "LOG_LEVEL": "WARNING"}
    # Tests ask more than any person does.
    patience = {"RATE_LIMIT": "10000/minute"}
    return {**settings, **patience, "MODELS_DIR": str(data_dir / "models"), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def run_bot(bot_env: dict[str, str], tmp_path: Path) -> RunBot:
    def run(
        *arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "bot", *arguments]
        variables = {**os.environ, **bot_env, **(env or {})}
        return subprocess.run(
            command, input=given, env=variables, cwd=tmp_path, capture_output=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def gap_table(tmp_path: Path) -> GapTable:
    """A table of gaps of the test's own."""
    return GapTable(tmp_path, 90)


@pytest.fixture
def gap_writer(gap_table: GapTable) -> Iterator[GapWriter]:
    """What writes to that table without consent."""
    with GapWriter(gap_table, consent=False) as writer:
        yield writer


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(bot_env: dict[str, str]) -> AsyncIterator[FakeDiscord]:
    """A fake Discord with the bot connected, shared by a module: it is there once, people are many."""
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await fake.ready(PATIENCE)
        yield fake


@pytest_asyncio.fixture(loop_scope="module")
async def discord(running: FakeDiscord) -> AsyncIterator[FakeDiscord]:
    """The shared fake, which a test has to leave without a broken rule, a traceback or a secret in the log."""
    running.violations.clear()
    said = len(running.log)
    yield running
    running.server.faults.clear()
    assert_unharmed(running, said)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def open_house(bot_env: dict[str, str]) -> AsyncIterator[FakeDiscord]:
    """A fake Discord with the bot connected, shared by all modules that leave it as they found it."""
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await fake.ready(PATIENCE)
        yield fake


@pytest_asyncio.fixture(loop_scope="session")
async def fake(open_house: FakeDiscord) -> AsyncIterator[FakeDiscord]:
    """That fake, which a test has to leave without a broken rule, a traceback or a secret in the log."""
    open_house.violations.clear()
    said = len(open_house.log)
    yield open_house
    open_house.server.faults.clear()
    assert_unharmed(open_house, said)


@pytest.fixture
def ada() -> str:
    """The name of somebody who has never spoken to the bot."""
    return f"ada{next(NEWCOMERS)}"


@pytest.fixture
def bob() -> str:
    """The name of somebody else who has not, either."""
    return f"bob{next(NEWCOMERS)}"


def assert_unharmed(fake: FakeDiscord, said: int = 0) -> None:
    """Nothing the bot did was against the rules, and nothing went wrong that it did not foresee.

    Args:
        fake: The Discord the bot is connected to.
        said: Characters of its log that were there before.
    """
    assert fake.violations == []
    assert "Traceback" not in fake.log[said:]
    assert TOKEN not in fake.log


async def wait_for(condition: Callable[[], object], within: float = 20.0) -> None:
    """Return once something holds that nobody announces, such as a line in a log."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - a file tells nobody that it has changed
            await asyncio.sleep(0.02)
