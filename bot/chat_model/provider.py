"""A provider of chat models, by LangChain: calls that end in time, and that stop for a while where they only fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_before_delay

from bot.chat_model.breaker import REST, Breaker
from bot.chat_model.budget import Budget, Payer
from bot.chat_model.failures import is_passing, pause_as_told, translate_error
from bot.chat_model.usage import Meter, Usage, read_usage
from retrieval.generation.chat_model import ChatModelError, Shape

log = structlog.get_logger(__name__)

ATTEMPTS = 2
ENDED = ("stop", "end_turn", "eos", "stop_sequence")
"""How providers say, in any letter case, that an answer is whole."""
ENDINGS = ("finish_reason", "stop_reason", "done_reason")
"""Where they say it."""


@dataclass
class Call:
    """One call, as far as it has come."""

    usage: Usage = field(default_factory=Usage)
    failed: bool = True


class Provider:
    """One chat model for everybody, each at their own expense."""

    def __init__(
        self, model: BaseChatModel, budget: Budget, seconds: float, rest: float = REST, meter: Meter | None = None
    ) -> None:
        """Set what is called, and how.

        Args:
            model: A client that does not try again by itself.
            budget: What each may use.
            seconds: After which a call is given up.
            rest: Seconds for which the provider is left alone once it has only failed.
            meter: What counts the calls; one of its own by default.
        """
        self._model = model
        self._budget = budget
        self._seconds = seconds
        self._breaker = Breaker(rest)
        self.meter = meter or Meter()

    def bill(self, payer: Payer) -> BilledModel:
        """Return the chat model at somebody's expense."""
        return BilledModel(self, payer)

    async def stream(self, prompt: Sequence[BaseMessage], payer: Payer) -> AsyncGenerator[str, None]:
        """Yield the pieces of an answer; ChatModelError where it is not whole in the end, or in time."""
        whole: AIMessageChunk | None = None
        async with self._call(payer) as call, aclosing(self._open_stream(prompt)) as chunks:
            try:
                async for chunk in chunks:
                    whole = whole + chunk if whole else chunk
                    if chunk.text:
                        yield chunk.text
            finally:
                # What is broken off has been used all the same.
                call.usage = read_usage(whole, prompt) if whole else Usage()
            check_end(whole)

    async def fill(self, prompt: Sequence[BaseMessage], shape: type[Shape], payer: Payer) -> Shape:
        """Return an answer of a shape; ChatModelError where it has another one."""
        structured = self._model.with_structured_output(shape, include_raw=True)
        async with self._call(payer) as call:
            async with asyncio.timeout(self._seconds):
                async for attempt in self._retry():
                    with attempt:
                        answer = await structured.ainvoke(list(prompt))
            raw, parsed = read_structured(answer)
            call.usage = read_usage(raw, prompt)
            if not isinstance(parsed, shape):
                raise ChatModelError("unusable", f"a chat model must answer as a {shape.__name__}, and did not")
        return parsed

    async def _open_stream(self, prompt: Sequence[BaseMessage]) -> AsyncGenerator[AIMessageChunk, None]:
        """Yield the pieces of an answer in time; what fails before the first of them is tried once more.

        Time is only up while a piece is waited for: whoever reads them is not to be interrupted.
        """
        end = asyncio.get_running_loop().time() + self._seconds
        async with asyncio.timeout_at(end):
            async for attempt in self._retry():
                with attempt:
                    stream = self._model.astream(list(prompt))
                    chunk = await anext(stream, None)
        while chunk is not None:
            yield chunk
            async with asyncio.timeout_at(end):
                chunk = await anext(stream, None)

    def _retry(self) -> AsyncRetrying:
        return AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(self._seconds),
            retry=retry_if_exception(is_passing),
            wait=pause_as_told,
            reraise=True,
        )

    @asynccontextmanager
    async def _call(self, payer: Payer) -> AsyncIterator[Call]:
        """Let one call be made within its budget; whatever goes wrong becomes a ChatModelError."""
        self._budget.require(payer)
        async with self._breaker.watch_call():
            call, start = Call(), time.perf_counter()
            try:
                yield call
                call.failed = False
            except Exception as error:
                raise translate_error(error) from error
            finally:
                self._account(payer, call, time.perf_counter() - start)

    def _account(self, payer: Payer, call: Call, seconds: float) -> None:
        self._budget.charge(payer, call.usage.tokens)
        self.meter.count(call.usage, seconds, failed=call.failed)
        used = call.usage.model_dump()
        log.info("a chat model was called", **used, seconds=round(seconds, 3), failed=call.failed)


class BilledModel:
    """A ChatModel at somebody's expense."""

    def __init__(self, provider: Provider, payer: Payer) -> None:
        self._provider = provider
        self._payer = payer

    def write_text(self, prompt: Sequence[BaseMessage]) -> AsyncGenerator[str, None]:
        return self._provider.stream(prompt, self._payer)

    async def fill_shape(self, prompt: Sequence[BaseMessage], shape: type[Shape]) -> Shape:
        return await self._provider.fill(prompt, shape, self._payer)


def read_structured(answer: object) -> tuple[AIMessage, object]:
    """Return what LangChain gives with `include_raw`: the message as it came, and what it was parsed to."""
    if isinstance(answer, dict) and isinstance(answer.get("raw"), AIMessage):
        return answer["raw"], answer.get("parsed")
    raise ChatModelError("unusable", "a chat model must answer with a message, and did not")


def check_end(whole: AIMessageChunk | None) -> None:
    """Raise ChatModelError where an answer says of itself that it is not whole, or is empty."""
    if whole is None or not whole.text.strip():
        raise ChatModelError("unusable", "a chat model must say something, and did not")
    told = [str(whole.response_metadata[place]) for place in ENDINGS if whole.response_metadata.get(place)]
    if not any(ending.lower() in ENDED for ending in told):
        raise ChatModelError("unusable", f"an answer must be whole, and ended with {told or 'nothing'}")
