"""The few routes of Discord's REST interface by which a bot learns about itself, on loopback."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.bot.test_invite import ID, make_token

TOKEN = make_token()
HANG = 0
"""In place of a status: take the request, and never answer."""

USER = {"id": str(ID), "username": "advisor", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": str(ID),
    "name": "Advisor",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "owner": USER,
    "team": None,
}


def make_server(number: int, permissions: int) -> dict[str, Any]:
    """Return a server as the list of servers has it."""
    return {"id": str(ID + number), "name": f"Server {number}", "owner": False, "permissions": str(permissions)}


class DiscordRest:
    """Answers a bot with this token, for the length of an `async with` block."""

    def __init__(self) -> None:
        self.url = ""
        self.application: dict[str, Any] = {**APPLICATION, "flags": 0, "integration_types_config": {"0": {}, "1": {}}}
        self.servers: list[dict[str, Any]] = []
        self.commands: list[dict[str, Any]] = []
        self.failures: dict[str, int] = {}
        """Statuses to answer with instead, by path."""
        self._runner = web.AppRunner(self._make_application(), access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def _make_application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/api/v10/{path:.*}", self._answer)
        return application

    async def _answer(self, request: web.Request) -> web.Response:
        path = f"/{request.match_info['path']}"
        status = self.failures.get(path, 200)
        if status == HANG:
            await asyncio.Event().wait()
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            status = 401
        body = self._find(path, request) if status == 200 else {"message": f"{status}: refused", "code": 0}
        # discord.py reads JSON only where the type is exactly this.
        return web.Response(
            body=json.dumps(body), status=status, headers={"Content-Type": "application/json", "Via": "1.1"}
        )

    def _find(self, path: str, request: web.Request) -> object:
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 200))
        return {
            "/users/@me": USER,
            "/oauth2/applications/@me": APPLICATION,
            "/applications/@me": self.application,
            "/users/@me/guilds": [server for server in self.servers if int(server["id"]) > after][:limit],
            f"/applications/{ID}/commands": self.commands,
        }[path]
