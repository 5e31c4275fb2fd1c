"""The fake chat model as a test uses it: a server in a thread of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from anyio.from_thread import start_blocking_portal

from .answers import Answer, Status
from .completion import describe_error
from .delivery import deliver
from .journal import ChatRequest, Journal

NOTHING_QUEUED = Status(500, message="The fake chat model has nothing queued: tell it what to say, or give a default.")
SIZE_LIMIT = 64 * 1024**2


class FakeChatModel:
    """A chat model that says what it is told to, for the length of a `with` block."""

    def __init__(self, *script: Answer, default: Answer = NOTHING_QUEUED) -> None:
        """Answer the first requests with the script, all others with the default."""
        self.url = ""
        self._default = default
        self._script: deque[Answer] = deque()
        self._journal = Journal()
        self._answering: set[asyncio.Task[Any]] = set()
        self._block = ExitStack()
        self.say(*script)

    def __enter__(self) -> Self:
        """Listen on a free port of the loopback interface."""
        portal = self._block.enter_context(start_blocking_portal())
        self.url = self._block.enter_context(portal.wrap_async_context_manager(self._listen()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Cut whoever is still waiting and free the port."""
        self._block.close()

    def say(self, *answers: Answer) -> None:
        """Answer the next requests with these, after what is queued already."""
        for answer in answers:
            self._script.extend([answer] * (answer.times if isinstance(answer, Status) else 1))

    @property
    def requests(self) -> list[ChatRequest]:
        """Every request for a completion so far, in order."""
        return list(self._journal.requests)

    @property
    def abandoned(self) -> int:
        """How many requests the client gave up before their answer was complete."""
        return self._journal.abandoned

    def until(self, condition: Callable[[], object], within: float = 10.0) -> None:
        """Block until the condition holds; raise `TimeoutError` when that takes longer than these seconds.

        The condition is looked at again with each request, and with each that is given up.
        """
        self._journal.until(condition, within)

    @asynccontextmanager
    async def _listen(self) -> AsyncIterator[str]:
        application = web.Application(client_max_size=SIZE_LIMIT)
        application.router.add_post("/v1/chat/completions", self._serve)
        application.router.add_route("*", "/{path:.*}", _miss)
        runner = web.AppRunner(application, access_log=None, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}/v1"
        while self._answering:
            self._answering.pop().cancel()
        await runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        asked = ChatRequest(request.headers, await request.json())
        self._journal.add(asked)
        answer = self._script.popleft() if self._script else self._default
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        try:
            return await deliver(answer, asked, request)
        except (asyncio.CancelledError, ConnectionError):
            # Who is not among those any more was cut off by the end of the block.
            if task in self._answering:
                self._journal.abandon()
            raise asyncio.CancelledError from None
        finally:
            self._answering.discard(task)


async def _miss(request: web.Request) -> web.Response:
    message = f"The fake chat model has no route {request.method} {request.path}."
    return web.json_response(describe_error(404, message), status=404)
