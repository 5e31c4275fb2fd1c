"""The connections of a bot to the gateway, and what outlives them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from .protocol import Intent, Json, Opcode, snowflake


@dataclass(eq=False)
class Connection:
    """One websocket, from upgrade to close."""

    request: web.Request
    socket: web.WebSocketResponse

    async def send(self, opcode: Opcode, data: object = None, **dispatch: object) -> None:
        """Send one frame; what is sent to a closed socket is lost, as on a real network."""
        with suppress(ConnectionError):
            await self.socket.send_json({"op": opcode, "d": data, **dispatch})

    def abort(self) -> None:
        """Cut the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(eq=False)
class Session:
    """What survives a lost connection: who identified, and every event since."""

    intents: Intent
    connection: Connection | None
    id: str = field(default_factory=snowflake)
    events: list[tuple[str, Json]] = field(default_factory=list)

    async def dispatch(self, event: str, data: Json) -> None:
        """Deliver an event now, or at the next RESUME."""
        self.events.append((event, data))
        await self._deliver(len(self.events))

    async def resume(self, connection: Connection, sequence: int) -> None:
        """Deliver every event after the one the bot saw last."""
        self.connection = connection
        for missed in range(sequence + 1, len(self.events) + 1):
            await self._deliver(missed)
        await self.dispatch("RESUMED", {})

    async def _deliver(self, sequence: int) -> None:
        event, data = self.events[sequence - 1]
        if self.connection is not None:
            await self.connection.send(Opcode.DISPATCH, data, t=event, s=sequence)
