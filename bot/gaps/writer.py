"""Keeps gaps in a thread of its own: nobody waits for the file, and nobody's reply fails with it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import structlog

from bot.errors import GapError
from bot.gaps.gap import Gap, clean_text
from bot.gaps.table import GapTable

log = structlog.get_logger(__name__)


class GapWriter:
    """Writes to a table one thing after the other; what cannot be written is logged, without its text, and dropped."""

    def __init__(self, table: GapTable, *, consent: bool) -> None:
        self._table = table
        self._consent = consent
        """Whether whoever writes to this bot consents to being kept, once and for all."""
        self._waiting: deque[Gap] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gaps")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is still to be written."""
        self._thread.shutdown()

    def record(self, gap: Gap, text: str) -> None:
        """Keep a gap soon; its text only by consent given beforehand."""
        self._waiting.append(gap.model_copy(update={"text": clean_text(text)}) if self._consent else gap)
        self._thread.submit(self._write)

    def add_text(self, key: str, text: str) -> Future[bool]:
        """Keep the text of a gap, whose author consents; the future tells whether that was done."""
        return self._thread.submit(self._write_text, key, text)

    def expire(self) -> None:
        """Delete soon what has grown old."""
        self._thread.submit(self._expire)

    def _expire(self) -> None:
        try:
            self._table.expire()
        except GapError as error:
            log.warning("old gaps could not be deleted", reason=str(error))

    def _write(self) -> None:
        """Write all that waits at once, so that a locked file costs its patience but once."""
        gaps = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            if gaps:
                self._table.add_gaps(gaps)
        except GapError as error:
            log.warning("gaps could not be kept", gaps=len(gaps), reason=str(error))

    def _write_text(self, key: str, text: str) -> bool:
        try:
            return self._table.add_text(key, text)
        except GapError as error:
            log.warning("a question could not be kept", reason=str(error))
            return False
