"""The websocket on which the bot learns what users do."""

from __future__ import annotations

from aiohttp import web

from .journal import Journal
from .payloads import member
from .protocol import Intent, Json, Opcode
from .sessions import Connection, Session
from .world import World

HEARTBEAT_MS = 41_250
AUTHENTICATION_FAILED = 4004
LOGIN_ONLY = ("members", "member_count", "channels", "threads")
HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


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
        if self._hears(message):
            await self.dispatch(event, self.reveal(message) | self._place(message) | self._author(message))

    async def announce_deletion(self, message: Json) -> None:
        """Tell the bot that a message is gone, if its intents let it see such."""
        if self._hears(message):
            gone = {"id": message["id"], "channel_id": message["channel_id"]}
            await self.dispatch("MESSAGE_DELETE", gone | self._place(message))

    async def announce_thread(self, thread: Json) -> None:
        """Tell the bot that a thread was opened, if its intents let it see such."""
        if Intent.GUILDS in self._intents:
            await self.dispatch("THREAD_CREATE", {**thread, "newly_created": True})

    async def announce_guild(self) -> None:
        """Tell the bot that something about the guild itself is otherwise now."""
        if Intent.GUILDS in self._intents:
            guild = {key: value for key, value in self._world.guild().items() if key not in LOGIN_ONLY}
            await self.dispatch("GUILD_UPDATE", guild)

    def reveal(self, message: Json) -> Json:
        """Return as much of a message as the bot's intents let it read."""
        seen = message | (HIDDEN if self._is_hidden(message) else {})
        if replied_to := message.get("referenced_message"):
            seen["referenced_message"] = self.reveal(replied_to)
        return seen

    @property
    def _intents(self) -> Intent:
        return self._session.intents if self._session is not None else Intent(0)

    def _hears(self, message: Json) -> bool:
        wanted = Intent.GUILD_MESSAGES if self._place(message) else Intent.DIRECT_MESSAGES
        return wanted in self._intents and self._world.hears(self._world.channels[message["channel_id"]])

    def _is_hidden(self, message: Json) -> bool:
        bot = self._world.bot
        concerns_bot = bot in message["mentions"] or message["author"] == bot
        return bool(self._place(message)) and not concerns_bot and Intent.MESSAGE_CONTENT not in self._intents

    def _place(self, message: Json) -> Json:
        channel = self._world.channels[message["channel_id"]]
        return {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}

    def _author(self, message: Json) -> Json:
        as_member = {key: value for key, value in member(message["author"]).items() if key != "user"}
        return {"member": as_member} if self._place(message) else {}

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
