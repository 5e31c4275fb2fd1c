"""A provider that only fails is left alone for a while."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import HalfOpenedState, OpenedState

from retrieval.generation.chat_model import ChatModelError, Reason

FAILURES, REST = 3, 30.0
"""Failures in a row after which a provider is left alone, and for how many seconds; then one call tries again."""
NAME = "chat model"


class Breaker:
    """Counts the failures of one provider."""

    def __init__(self, rest: float) -> None:
        """Set for how many seconds the provider is left alone once it has only failed."""
        self._breakers = AsyncCircuitBreakerFactory(FAILURES, rest, [GeneratorExit, (ChatModelError, _is_about_answer)])
        self._failed_by: Reason = "unavailable"

    @asynccontextmanager
    async def watch_call(self) -> AsyncIterator[None]:
        """Let a call be made; ChatModelError where the provider is left alone, or just being tried by another call."""
        breaker = await self._breakers.get_breaker(NAME)
        if breaker.context.state == HalfOpenedState.name:
            raise self._explain()
        try:
            async with breaker:
                yield
        except OpenedState as error:
            raise self._explain() from error
        except ChatModelError as error:
            self._failed_by = "refused" if error.reason == "refused" else "unavailable"
            raise

    def _explain(self) -> ChatModelError:
        return ChatModelError(self._failed_by, "a provider that only fails is left alone for a while")


def _is_about_answer(error: ChatModelError) -> bool:
    """Tell whether the provider did answer: what one person asks for must not shut it for the others."""
    return error.reason == "unusable"
