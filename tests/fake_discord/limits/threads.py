"""The limits of threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.fake_discord.journal import Violation
from tests.fake_discord.places import THREADS
from tests.fake_discord.protocol import Json

from .bounds import Lengths, Ranges, check_among, check_lengths, check_present, check_ranges

THREAD: Final[Lengths] = {"name": 100}
SLOWNESS: Final[Ranges] = {"rate_limit_per_user": (0, 21_600)}
ARCHIVED_AFTER: Final = (60, 1440, 4320, 10_080)
"""Minutes of silence after which a thread leaves the list of channels."""


def check_thread(body: Json) -> Iterator[Violation]:
    """Check what a thread is to be."""
    yield from check_lengths(body, THREAD, "thread")
    yield from check_present(body, THREAD, "thread")
    yield from check_ranges(body, SLOWNESS, "thread")
    yield from check_among(body.get("auto_archive_duration"), ARCHIVED_AFTER, "thread.auto_archive_duration")
    yield from check_among(body.get("type"), THREADS, "thread.type")
