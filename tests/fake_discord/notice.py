"""A way to wait for something that others bring about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Notice:
    """Lets everybody who waits look again whenever something has changed."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._changed = asyncio.Event()

    def give(self) -> None:
        """Let everybody who waits look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, condition: Callable[[], object], within: float) -> None:
        """Return once the condition holds; raise `TimeoutError` when that takes longer than these seconds."""
        async with asyncio.timeout(within):
            while not condition():
                await self._changed.wait()
