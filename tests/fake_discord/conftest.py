"""The bot that tells where it is, connected to a fake that a module shares."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from . import FakeDiscord

PLACES_BOT = (sys.executable, str(Path(__file__).with_name("places_bot.py")))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        await fake.start_bot(*PLACES_BOT)
        await fake.ready()
        yield fake


@pytest_asyncio.fixture(loop_scope="module")
async def places(running: FakeDiscord) -> AsyncIterator[FakeDiscord]:
    """The shared fake, which a test has to leave without a broken rule and without a traceback."""
    said = len(running.log)
    yield running
    assert running.violations == []
    assert "Traceback" not in running.log[said:]
