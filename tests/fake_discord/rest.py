"""The REST routes for login, commands and channels."""

from __future__ import annotations

from . import limits, payloads
from .errors import Code, RefusedError
from .gateway import Gateway
from .journal import Answer, Call, Route
from .messages import Messages
from .protocol import ChannelType
from .world import World


class Rest:
    """Answers what a bot asks outside of interactions."""

    def __init__(self, world: World, gateway: Gateway, messages: Messages) -> None:
        """Serve this world."""
        self._world = world
        self._gateway = gateway
        self._messages = messages

    def routes(self) -> dict[str, Route]:
        """Return the routes, by method and path."""
        message = "/channels/{channel_id}/messages/{message_id}"
        return {
            "GET /gateway/bot": self.get_gateway,
            "GET /users/@me": self.get_bot,
            "GET /oauth2/applications/@me": self.get_application,
            "PUT /applications/{application_id}/commands": self.put_commands,
            "POST /users/@me/channels": self.post_direct_channel,
            "POST /channels/{channel_id}/typing": self.post_typing,
            "POST /channels/{channel_id}/messages": self.post_message,
            f"GET {message}": self.get_message,
            f"PATCH {message}": self.patch_message,
            f"DELETE {message}": self.delete_message,
        }

    async def get_gateway(self, _: Call) -> Answer:
        """Return where the gateway is."""
        starts = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return 200, {"url": self._gateway.url, "shards": 1, "session_start_limit": starts}

    async def get_bot(self, _: Call) -> Answer:
        """Return the account of the bot."""
        return 200, self._world.bot

    async def get_application(self, _: Call) -> Answer:
        """Return the application behind the bot."""
        return 200, payloads.application(self._world.bot, self._world.person("owner"))

    async def put_commands(self, call: Call) -> Answer:
        """Replace all global commands."""
        self._messages.judge(call, limits.check_commands(call.body))
        self._world.registered = [payloads.command(self._world.bot["id"], body) for body in call.body]
        return 200, self._world.registered

    async def post_direct_channel(self, call: Call) -> Answer:
        """Return the private channel with a person."""
        for person in self._world.people.values():
            if person["id"] == str(call.body["recipient_id"]):
                return 200, self._world.direct_channel(person)
        raise RefusedError(Code.UNKNOWN_USER)

    async def post_typing(self, call: Call) -> Answer:
        """Let the people in a channel see that the bot types."""
        channel = self._messages.find_channel(call)
        if exchange := self._world.conversations.find(channel["id"]):
            exchange.acknowledge()
        return 204, None

    async def post_message(self, call: Call) -> Answer:
        """Post a message."""
        return 200, await self._messages.post(call)

    async def get_message(self, call: Call) -> Answer:
        """Return a message, as far as the bot may read it."""
        return 200, self._gateway.reveal(self._messages.find_in_channel(call))

    async def patch_message(self, call: Call) -> Answer:
        """Edit a message of the bot."""
        message = self._messages.find_in_channel(call)
        exchange = self._world.exchange_of(message)
        return 200, await self._messages.edit(call, exchange, message, call.body)

    async def delete_message(self, call: Call) -> Answer:
        """Delete a message of the bot; those of others are not for it to delete."""
        channel, message = self._messages.find_channel(call), self._messages.find_in_channel(call)
        if message["author"] != self._world.bot:
            direct = channel["type"] == ChannelType.DIRECT
            raise RefusedError(Code.NOT_IN_DIRECT_MESSAGES if direct else Code.MISSING_PERMISSIONS)
        await self._messages.delete(message)
        return 204, None
