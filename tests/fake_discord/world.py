"""The guild, its people and what was said: the state that REST and the gateway share."""

import asyncio
from dataclasses import dataclass, field

from . import payloads
from .protocol import InteractionType, Json, MessageFlag, snowflake


def clock() -> float:
    """Return the time of the running event loop."""
    return asyncio.get_running_loop().time()


@dataclass(eq=False)
class Exchange:
    """One thing a user did, and everything the bot answered to it."""

    trigger: Json
    person: Json
    channel: Json
    source: Json | None = None  # the message whose component was used
    started: float = field(default_factory=clock)
    acknowledged: float | None = None
    expired: bool = False
    withdrawn: bool = False
    original: Json | None = None
    messages: list[Json] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None

    def acknowledge(self) -> None:
        """Note the bot's first sign of life."""
        if self.acknowledged is None:
            self.acknowledged = clock()

    def show(self, message: Json) -> None:
        """Note a message that the user now sees as the answer."""
        if not any(shown is message for shown in self.messages):
            self.messages.append(message)

    @property
    def deferred(self) -> bool:
        """Whether the user still reads that the bot is thinking."""
        return self.original is not None and bool(self.original["flags"] & MessageFlag.LOADING)

    @property
    def answered(self) -> bool:
        """Whether the user has something to look at."""
        shown = self.messages or self.withdrawn
        return bool(shown) or self.modal is not None or self.choices is not None


class World:
    """One guild with one channel, the bot, and people who appear when they are named."""

    def __init__(self) -> None:
        """Start with a silent guild."""
        self.bot = payloads.user("advisor", bot=True)
        self.guild_id = snowflake()
        self.general = payloads.text_channel(self.guild_id)
        self.people: dict[str, Json] = {}
        self.channels: dict[str, Json] = {self.general["id"]: self.general}
        self.messages: dict[str, Json] = {}
        self.commands: dict[str, Json] = {}
        self.interactions: dict[str, Exchange] = {}
        self.conversations: list[Exchange] = []

    def person(self, name: str) -> Json:
        """Return the account of that name."""
        if name not in self.people:
            self.people[name] = payloads.user(name)
        return self.people[name]

    def direct_channel(self, person: Json) -> Json:
        """Return the one private channel with this person."""
        for channel in self.channels.values():
            if person in channel.get("recipients", []):
                return channel
        channel = payloads.direct_channel(person)
        self.channels[channel["id"]] = channel
        return channel

    def guild(self) -> Json:
        """Return the guild as the bot sees it."""
        return payloads.guild(self.guild_id, self.bot, [self.general])

    def post(self, channel_id: str, author: Json, body: Json, files: dict[str, bytes]) -> Json:
        """Return a new message in a channel."""
        message = payloads.message(channel_id, author)
        self._fill(message, body, files)
        self.messages[message["id"]] = message
        return message

    def edit(self, message: Json, body: Json, files: dict[str, bytes]) -> None:
        """Change a message."""
        self._fill(message, body, files)
        message["edited_timestamp"] = payloads.timestamp()

    def delete(self, message: Json) -> None:
        """Take a message away from everybody who sees it."""
        del self.messages[message["id"]]
        for exchange in [*self.interactions.values(), *self.conversations]:
            exchange.messages = [shown for shown in exchange.messages if shown is not message]
            if exchange.original is message:
                exchange.original = None

    def answer(self, exchange: Exchange, body: Json, files: dict[str, bytes]) -> Json:
        """Return a new message that answers an interaction."""
        message = self.post(exchange.channel["id"], self.bot, body, files)
        message["interaction_metadata"] = payloads.interaction_metadata(exchange.trigger)
        return message

    def _fill(self, message: Json, body: Json, files: dict[str, bytes]) -> None:
        payloads.fill(message, body, files)
        accounts = [self.bot, *self.people.values()]
        message["mentions"] = [a for a in accounts if f"<@{a['id']}>" in message["content"]]

    def interact(self, kind: InteractionType, data: Json, person: Json, channel: Json, source: Json | None) -> Exchange:
        """Begin the exchange that an interaction of a person leads to."""
        payload = payloads.interaction(self.bot["id"], kind, data, person, channel)
        if source is not None:
            payload["message"] = source
        exchange = Exchange(payload, person, channel, source)
        self.interactions[payload["token"]] = exchange
        return exchange

    def say(self, text: str, person: Json, channel: Json, replied_to: Json | None) -> Exchange:
        """Begin the exchange that a message of a person leads to."""
        message = self.post(channel["id"], person, {"content": text}, {})
        if replied_to is not None:
            payloads.refer(message, replied_to)
        exchange = Exchange(message, person, channel)
        self.conversations.append(exchange)
        return exchange

    def action_on(self, message: Json) -> Exchange | None:
        """Return the latest interaction that this message answers or is changed by."""
        latest = reversed(self.interactions.values())
        return next((exchange for exchange in latest if exchange.original is message), None)

    def conversation_of(self, channel_id: str, replied_to: str | None) -> Exchange | None:
        """Return what a message of the bot belongs to: what it replies to, else the latest."""
        here = [e for e in reversed(self.conversations) if e.channel["id"] == channel_id]
        named = [exchange for exchange in here if exchange.trigger["id"] == replied_to]
        return next(iter(named or here), None)
