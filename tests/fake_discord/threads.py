"""The REST routes that open threads."""

from __future__ import annotations

from . import limits
from .errors import Code, RefusedError
from .gateway import Gateway
from .journal import Answer, Call, Route
from .messages import Messages
from .protocol import ChannelType, Json
from .world import World


class Threads:
    """Opens the threads that a bot asks for."""

    def __init__(self, world: World, gateway: Gateway, messages: Messages) -> None:
        """Open them in this world."""
        self._world = world
        self._gateway = gateway
        self._messages = messages

    def routes(self) -> dict[str, Route]:
        """Return the routes, by method and path."""
        return {
            "POST /channels/{channel_id}/threads": self.post_thread,
            "POST /channels/{channel_id}/messages/{message_id}/threads": self.post_thread_on_message,
        }

    async def post_thread(self, call: Call) -> Answer:
        """Open a thread of a channel."""
        return await self._open(call, None)

    async def post_thread_on_message(self, call: Call) -> Answer:
        """Open a thread on a message, which can have one."""
        message = self._messages.find_in_channel(call)
        if message["id"] in self._world.channels:
            raise RefusedError(Code.THREAD_EXISTS)
        return await self._open(call, message)

    async def _open(self, call: Call, opened_on: Json | None) -> Answer:
        parent = self._messages.find_channel(call)
        if parent["type"] != ChannelType.TEXT:
            raise RefusedError(Code.WRONG_CHANNEL_TYPE)
        self._messages.judge(call, limits.check_thread(call.body))
        thread = self._world.open_thread(parent, self._world.bot, call.body, opened_on)
        await self._gateway.announce_thread(thread)
        if opened_on is not None:
            await self._gateway.announce("MESSAGE_UPDATE", opened_on)
        return 201, thread
