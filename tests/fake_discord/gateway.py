"""The websocket on which the bot learns what users do."""

from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from .journal import Journal
from .protocol import Intent, Json, Opcode, snowflake
from .world import World

HEARTBEAT_MS = 41_250
AUTHENTICATION_FAILED = 4004
HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


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


class Gateway:
    """Holds the bot's one session and shows it the events its intents allow."""

    def __init__(self, world: World, journal: Journal, token: str) -> None:
        """Wait for a bot that knows this token."""
        self.url = ""
        self._world = world
        self._journal = journal
        self._token = token
        self._session: Session | None = None

    @property
    def connected(self) -> bool:
        """Whether the bot can be told things right now."""
        return self._session is not None and self._session.connection is not None

    def drop(self) -> None:
        """Cut the connection; the bot may come back and resume."""
        if self._session is not None and self._session.connection is not None:
            self._session.connection.abort()
            self._session.connection = None

    async def close(self, code: int) -> None:
        """Close the connection for a reason that Discord has a code for."""
        if self._session is not None and self._session.connection is not None:
            await self._session.connection.socket.close(code=code)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with one connection until it closes."""
        connection = Connection(request, web.WebSocketResponse(max_msg_size=0, compress=False))
        await connection.socket.prepare(request)
        await connection.send(Opcode.HELLO, {"heartbeat_interval": HEARTBEAT_MS})
        async for frame in connection.socket:
            message = frame.json()
            await self._receive(connection, message["op"], message["d"])
            self._journal.notify()
        self._forget(connection)
        return connection.socket

    async def dispatch(self, event: str, data: Json) -> None:
        """Tell the bot about something that happened."""
        if self._session is None:
            raise ConnectionError("no bot has identified itself to the fake yet")
        await self._session.dispatch(event, data)

    async def announce(self, event: str, message: Json) -> None:
        """Tell the bot about a message, as far as its intents let it see."""
        if self._session is None:
            return
        private = "guild_id" not in self._world.channels[message["channel_id"]]
        wanted = Intent.DIRECT_MESSAGES if private else Intent.GUILD_MESSAGES
        if wanted & self._session.intents:
            seen = {**message, **(HIDDEN if self._is_hidden(message, private=private) else {})}
            place = {} if private else {"guild_id": self._world.guild_id}
            await self._session.dispatch(event, {**seen, **place})

    def _is_hidden(self, message: Json, *, private: bool) -> bool:
        bot = self._world.bot
        concerns_bot = bot in message["mentions"] or message["author"] == bot
        allowed = self._session is not None and Intent.MESSAGE_CONTENT in self._session.intents
        return not (private or concerns_bot or allowed)

    async def _receive(self, connection: Connection, opcode: int, data: Json) -> None:
        self._journal.opcodes.append(opcode)
        match opcode:
            case Opcode.HEARTBEAT:
                await connection.send(Opcode.HEARTBEAT_ACK)
            case Opcode.IDENTIFY:
                await self._identify(connection, data)
            case Opcode.RESUME:
                await self._resume(connection, data)

    async def _identify(self, connection: Connection, data: Json) -> None:
        if data["token"] != self._token:
            await connection.socket.close(code=AUTHENTICATION_FAILED)
            return
        self._session = Session(Intent(data["intents"]), connection)
        await self._session.dispatch("READY", self._ready(self._session.id, data))
        await self._session.dispatch("GUILD_CREATE", self._world.guild())

    def _ready(self, session_id: str, identity: Json) -> Json:
        return {
            "v": 10,
            "user": self._world.bot,
            "guilds": [{"id": self._world.guild_id, "unavailable": True}],
            "session_id": session_id,
            "shard": identity.get("shard", [0, 1]),
            "resume_gateway_url": self.url,
            "application": {"id": self._world.bot["id"], "flags": 0},
        }

    async def _resume(self, connection: Connection, data: Json) -> None:
        if self._session is None or self._session.id != data["session_id"]:
            await connection.send(Opcode.INVALID_SESSION, data=False)
        else:
            await self._session.resume(connection, data["seq"])

    def _forget(self, connection: Connection) -> None:
        if self._session is not None and self._session.connection is connection:
            self._session.connection = None
        self._journal.notify()
