"""What every route about messages does: check the body, change the world, tell the bot."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain

from . import limits
from .errors import Code, RefusedError
from .exchange import Exchange
from .gateway import Gateway
from .journal import Call, Journal, Violation
from .protocol import ChannelType, Json, MessageFlag
from .world import World


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
        channel = self._find_open_channel(call)
        replied_to = self._find_reference(call, channel)
        self._accept(call, call.body)
        nonce = call.body.get("nonce") if call.body.get("enforce_nonce") else None
        if nonce in self._sent:
            return self._sent[nonce]
        message = self._world.post(channel["id"], self._world.bot, call.body, call.files)
        if nonce is not None:
            self._sent[nonce] = message
        if replied_to in self._world.messages:
            message["message_reference"] = {"message_id": replied_to, "channel_id": channel["id"]}
        await self._announce("MESSAGE_CREATE", message)
        self._world.conversations.tell(message, replied_to)
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
            raise RefusedError(Code.NOT_THE_AUTHOR)
        self._accept(call, body, edited=message)
        self._world.edit(message, body, call.files)
        await self._announce("MESSAGE_UPDATE", message)
        if exchange is not None:
            exchange.show(message)
        return message

    async def delete(self, message: Json) -> None:
        """Take a message away."""
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self._gateway.announce_deletion(message)
        self._world.delete(message)

    def find_channel(self, call: Call) -> Json:
        """Return the channel a call names, if the bot is in it."""
        channel = self._world.channels.get(call.parameters["channel_id"])
        if channel is None:
            raise RefusedError(Code.UNKNOWN_CHANNEL)
        if not self._world.hears(channel):
            raise RefusedError(Code.MISSING_ACCESS)
        return channel

    def find(self, message_id: str) -> Json:
        """Return a message that still exists."""
        if message_id not in self._world.messages:
            raise RefusedError(Code.UNKNOWN_MESSAGE)
        return self._world.messages[message_id]

    def find_in_channel(self, call: Call) -> Json:
        """Return the message a call names; one that only a single person sees is not in the channel."""
        channel, message = self.find_channel(call), self.find(call.parameters["message_id"])
        if message["channel_id"] != channel["id"] or message["flags"] & MessageFlag.EPHEMERAL:
            raise RefusedError(Code.UNKNOWN_MESSAGE)
        return message

    def judge(self, call: Call, violations: Iterable[Violation]) -> None:
        """Record broken limits, and refuse the call if there are any."""
        found = list(violations)
        self._journal.blame(call.route, found)
        if found:
            details = "; ".join(f"{violation.path}: {violation.detail}" for violation in found)
            raise RefusedError(Code.INVALID_BODY, details)

    def check_secrets(self, call: Call) -> None:
        """Record a secret anywhere in a call."""
        sent = chain([json.dumps(call.body).encode()], call.files.values())
        self._journal.blame(call.route, limits.check_secrets(sent, self.secrets))

    def _find_open_channel(self, call: Call) -> Json:
        channel = self.find_channel(call)
        direct = channel["type"] == ChannelType.DIRECT
        if direct and not self._world.profile(channel["recipients"][0]).takes_messages:
            raise RefusedError(Code.CLOSED_TO_MESSAGES)
        return channel

    def _find_reference(self, call: Call, channel: Json) -> str | None:
        reference = call.body.get("message_reference")
        if not reference:
            return None
        replied_to = str(reference["message_id"])
        there = self._world.messages.get(replied_to, {}).get("channel_id") == channel["id"]
        if not there and reference.get("fail_if_not_exists", True):
            unknown = {"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message"}
            raise RefusedError(Code.INVALID_BODY, errors={"message_reference": {"_errors": [unknown]}})
        return replied_to

    def _accept(self, call: Call, body: Json, edited: Json | None = None) -> None:
        self._journal.blame(call.route, limits.check_mentions(body))
        self.judge(call, limits.check_message(body, call.files, edited))

    async def _announce(self, event: str, message: Json) -> None:
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self._gateway.announce(event, message)
