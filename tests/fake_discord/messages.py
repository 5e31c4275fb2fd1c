"""What every route about messages does: check the body, change the world, tell the bot."""

import json
from collections.abc import Iterable
from itertools import chain

from . import limits
from .gateway import Gateway
from .journal import Call, Journal, Violation
from .protocol import ApiError, Json, MessageFlag
from .world import Exchange, World


class Messages:
    """Takes the messages the bot sends and edits, and refuses those that break a limit."""

    def __init__(self, world: World, journal: Journal, gateway: Gateway) -> None:
        """Keep messages in this world."""
        self.secrets: set[str] = set()
        self._sent: dict[str, Json] = {}
        self._world = world
        self._journal = journal
        self._gateway = gateway

    async def post(self, call: Call) -> Json:
        """Post to a channel; the message belongs to what a person wrote there."""
        channel_id = call.parameters["channel_id"]
        if channel_id not in self._world.channels:
            raise ApiError(404, 10003, "Unknown Channel")
        self._accept(call, call.body)
        nonce = call.body.get("nonce") if call.body.get("enforce_nonce") else None
        if nonce in self._sent:
            return self._sent[nonce]
        message = self._world.post(channel_id, self._world.bot, call.body, call.files)
        if nonce is not None:
            self._sent[nonce] = message
        reference = call.body.get("message_reference")
        replied_to = str(reference["message_id"]) if reference else None
        if reference:
            message["message_reference"] = {"message_id": replied_to, "channel_id": channel_id}
        await self._announce("MESSAGE_CREATE", message)
        if exchange := self._world.conversation_of(channel_id, replied_to):
            exchange.acknowledge()
            exchange.show(message)
        return message

    async def answer(self, call: Call, exchange: Exchange, body: Json) -> Json:
        """Post an answer to an interaction."""
        self._accept(call, body)
        message = self._world.answer(exchange, body, call.files)
        await self._announce("MESSAGE_CREATE", message)
        exchange.show(message)
        return message

    async def edit(self, call: Call, exchange: Exchange | None, message: Json, body: Json) -> Json:
        """Change a message, as the answer of an exchange if it is one."""
        if message["author"] != self._world.bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        self._accept(call, body, edited=message)
        self._world.edit(message, body, call.files)
        await self._announce("MESSAGE_UPDATE", message)
        if exchange is not None:
            exchange.show(message)
        return message

    def find(self, message_id: str) -> Json:
        """Return a message that still exists."""
        if message_id not in self._world.messages:
            raise ApiError(404, 10008, "Unknown Message")
        return self._world.messages[message_id]

    def judge(self, call: Call, violations: Iterable[Violation]) -> None:
        """Record broken limits, and refuse the call if there are any."""
        found = list(violations)
        self._journal.blame(call.route, found)
        if found:
            details = "; ".join(f"{violation.path}: {violation.detail}" for violation in found)
            raise ApiError(400, 50035, f"Invalid Form Body: {details}")

    def check_secrets(self, call: Call) -> None:
        """Record a secret anywhere in a call."""
        sent = chain([json.dumps(call.body).encode()], call.files.values())
        self._journal.blame(call.route, limits.check_secrets(sent, self.secrets))

    def _accept(self, call: Call, body: Json, edited: Json | None = None) -> None:
        self._journal.blame(call.route, limits.check_mentions(body))
        self.judge(call, limits.check_message(body, call.files, edited))

    async def _announce(self, event: str, message: Json) -> None:
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self._gateway.announce(event, message)
