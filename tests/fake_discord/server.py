"""The fake Discord: REST v10 and the gateway, on loopback."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web
from aiohttp.typedefs import Handler

from .answers import Answers
from .callbacks import Callbacks
from .errors import ApiError
from .exchange import Exchange, clock
from .faults import CUT, Fault
from .gateway import Gateway
from .journal import Answer, Call, Journal, Route, Rule, Violation
from .messages import Messages
from .payloads import UPLOAD_LIMIT
from .rest import Rest
from .threads import Threads
from .world import World

API = "/api/v10"
# discord.py takes a 429 without this header for a ban of its address.
HEADERS = {"Via": "1.1 google"}
# discord.py parses a body only if its type is exactly this, without a charset.
JSON = {"Content-Type": "application/json"}


class FakeServer:
    """Serves one bot; everything it did is in the journal."""

    def __init__(self, token: str, acknowledgement_limit: float) -> None:
        """Wait for a bot with this token, which has that many seconds to acknowledge."""
        self.url = ""
        self.world = World()
        self.journal = Journal()
        self.gateway = Gateway(self.world, self.journal, token)
        self.messages = Messages(self.world, self.journal, self.gateway)
        self.faults: list[Fault] = []
        self.refused = {"http": 0, "gateway": 0}
        self._authorization = f"Bot {token}"
        self._acknowledgement_limit = acknowledgement_limit
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0]
        self.url = f"http://{host}:{port}"
        self.gateway.url = f"ws://{host}:{port}/gateway"

    async def stop(self) -> None:
        """Cut whoever is still connected and free the port."""
        self.gateway.drop()
        await self._runner.cleanup()

    async def deliver(self, exchange: Exchange) -> None:
        """Tell the bot about an interaction, and start the clock."""
        exchange.started = clock()
        await self.gateway.dispatch("INTERACTION_CREATE", exchange.trigger)
        loop = asyncio.get_running_loop()
        loop.call_later(self._acknowledgement_limit, self._expire, exchange)

    def _expire(self, exchange: Exchange) -> None:
        if exchange.acknowledged is None:
            data = exchange.trigger["data"]
            used = data.get("name") or data.get("custom_id")
            detail = f"not acknowledged within {self._acknowledgement_limit} s"
            self.journal.blame("gateway", [Violation(Rule.ACKNOWLEDGEMENT, used, detail)])
            exchange.expire()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=2 * UPLOAD_LIMIT)
        application.router.add_get("/gateway", self._upgrade)
        for name, route in self._routes().items():
            method, path = name.split()
            application.router.add_route(method, API + path, self._serving(name, route))
        application.router.add_route("*", "/{path:.*}", self._serving("", self._miss))
        return application

    def _routes(self) -> dict[str, Route]:
        rest = Rest(self.world, self.gateway, self.messages)
        threads = Threads(self.world, self.gateway, self.messages)
        callbacks = Callbacks(self.world, self.journal, self.messages)
        answers = Answers(self.world, self.journal, self.messages)
        return rest.routes() | threads.routes() | callbacks.routes() | answers.routes()

    async def _upgrade(self, request: web.Request) -> web.StreamResponse:
        if self._is_refused("gateway"):
            return _cut(request)
        return await self.gateway.serve(request)

    def _serving(self, name: str, route: Route) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            if self._is_refused("http"):
                return _cut(request)
            call = await _read(request, name)
            self.journal.calls.append(call)
            fault = next((f for f in self.faults if f.strike(call)), None)
            call.status, body = await self._answer(request, call, route, fault)
            self.journal.notify()
            if fault and fault.lost:
                return _cut(request)
            return _respond(request, call.status, body)

        return serve

    async def _answer(self, request: web.Request, call: Call, route: Route, fault: Fault | None) -> Answer:
        try:
            if fault and not fault.lost:
                raise fault.error()
            self._authorize(request, call)
            self.messages.check_secrets(call)
            return await route(call)
        except ApiError as error:
            return error.status, error.body

    def _authorize(self, request: web.Request, call: Call) -> None:
        # An interaction's token in the path is all the authorization its routes need.
        header = request.headers.get("Authorization")
        if "token" not in call.parameters and header != self._authorization:
            raise ApiError(401, 0, "401: Unauthorized")

    async def _miss(self, call: Call) -> Answer:
        self.journal.blame(call.route, [Violation(Rule.ROUTE, "", "the fake has no such route")])
        raise ApiError(404, 0, "404: Not Found")

    def _is_refused(self, kind: str) -> bool:
        refused = self.refused[kind] > 0
        self.refused[kind] -= refused
        return refused


async def _read(request: web.Request, name: str) -> Call:
    form = await request.post()
    text = form.get("payload_json") or await request.text()
    body = json.loads(text) if isinstance(text, str) and text else {}
    uploads = [field for field in form.values() if isinstance(field, web.FileField)]
    files = {upload.filename: _content(upload) for upload in uploads}
    return Call(name or f"{request.method} {request.path}", dict(request.match_info), body, files)


def _content(upload: web.FileField) -> bytes:
    with upload.file as file:
        return file.read()


def _respond(request: web.Request, status: int, body: object) -> web.StreamResponse:
    if status == CUT:
        return _cut(request)
    if body is None:
        return web.Response(status=status, headers=HEADERS)
    return web.Response(body=json.dumps(body), status=status, headers=HEADERS | JSON)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
