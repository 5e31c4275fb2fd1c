"""The guild, its people and what was said: the state that REST and the gateway share."""

from __future__ import annotations

import re
from typing import assert_never

from . import payloads, places
from .conversations import Conversations
from .errors import Code, RefusedError
from .exchange import Exchange
from .places import Where
from .protocol import InteractionType, Json, MessageFlag, snowflake
from .whereabouts import Home, Profile, show_whereabouts

MENTION = re.compile(r"<@!?(\d+)>")


class World:
    """One guild with one channel, the bot, and people who appear when they are named."""

    def __init__(self) -> None:
        """Start with a silent guild."""
        self.bot = payloads.user("advisor", bot=True)
        self.guild_id = snowflake()
        self.guild_locale = "en-US"
        self.general = places.text_channel(self.guild_id)
        self.foreign = places.text_channel(snowflake())
        self.group = places.group_channel()
        self.channels: dict[str, Json] = {c["id"]: c for c in (self.general, self.foreign, self.group)}
        self.people: dict[str, Json] = {}
        self.profiles: dict[str, Profile] = {}  # by the id of the person
        self.messages: dict[str, Json] = {}
        self.registered: list[Json] = []
        self.interactions: dict[str, Exchange] = {}  # by token
        self.conversations = Conversations()
        self._direct: dict[str, Json] = {}  # by the id of the person

    @property
    def commands(self) -> dict[str, Json]:
        """The commands of all kinds, by name."""
        return {command["name"]: command for command in self.registered}

    @property
    def threads(self) -> list[Json]:
        """The threads of the guild, the oldest first."""
        return [channel for channel in self.channels.values() if channel["type"] in places.THREADS]

    def person(self, name: str) -> Json:
        """Return the account of that name."""
        if name not in self.people:
            self.people[name] = payloads.user(name)
        return self.people[name]

    def profile(self, person: Json) -> Profile:
        """Return what is known of a person."""
        return self.profiles.get(person["id"], Profile())

    def place(self, where: Where | Json, person: Json) -> Json:
        """Return the channel a person means; a channel means itself."""
        match where:
            case dict():
                return where
            case "guild":
                return self.general
            case "dm":
                return self.direct_channel(person)
            case "foreign_guild":
                return self.foreign
            case "group_dm":
                return self.group
        assert_never(where)

    def direct_channel(self, person: Json) -> Json:
        """Return the one private channel with this person."""
        if person["id"] not in self._direct:
            channel = self._direct[person["id"]] = places.direct_channel(person)
            self.channels[channel["id"]] = channel
        return self._direct[person["id"]]

    def hears(self, channel: Json) -> bool:
        """Tell whether the bot is in a channel itself, not only brought along by a person."""
        return channel["id"] not in (self.foreign["id"], self.group["id"])

    def guild(self) -> Json:
        """Return the guild as the bot sees it."""
        return places.guild(self.guild_id, self.guild_locale, self.bot, [self.general], self.threads)

    def open_thread(self, parent: Json, owner: Json, body: Json, opened_on: Json | None) -> Json:
        """Return a new thread of a channel, which a message may have led to."""
        thread = places.thread(parent, owner, body, opened_on)
        self.channels[thread["id"]] = thread
        if opened_on is not None:
            opened_on["thread"] = thread
            opened_on["flags"] |= MessageFlag.HAS_THREAD
        return thread

    def post(self, channel_id: str, author: Json, body: Json, files: dict[str, bytes]) -> Json:
        """Return a new message in a channel."""
        message = payloads.message(channel_id, author)
        self._fill(message, body, files)
        self.messages[message["id"]] = message
        return message

    def edit(self, message: Json, body: Json, files: dict[str, bytes]) -> None:
        """Change a message; who sees it stays as it is."""
        flags = (body.get("flags") or 0) & ~MessageFlag.EPHEMERAL
        self._fill(message, {**body, "flags": flags}, files)
        message["edited_timestamp"] = payloads.timestamp()

    def delete(self, message: Json) -> None:
        """Take a message away from everybody who sees it."""
        del self.messages[message["id"]]
        self.conversations.forget(message)
        for exchange in self.interactions.values():
            exchange.forget(message)

    def answer(self, exchange: Exchange, body: Json, files: dict[str, bytes]) -> Json:
        """Return a new message that answers an interaction."""
        message = self.post(exchange.channel["id"], self.bot, body, files)
        message["interaction_metadata"] = payloads.interaction_metadata(exchange.trigger)
        return message

    def _fill(self, message: Json, body: Json, files: dict[str, bytes]) -> None:
        payloads.fill(message, body, files)
        named = set(MENTION.findall(message["content"]))
        accounts = [self.bot, *self.people.values()] if named else []
        message["mentions"] = [account for account in accounts if account["id"] in named]

    def interact(self, kind: InteractionType, data: Json, person: Json, channel: Json, source: Json | None) -> Exchange:
        """Begin the exchange that an interaction of a person leads to."""
        home = Home(self.guild_id, self.guild_locale)
        payload = payloads.interaction(self.bot["id"], kind, data)
        payload |= show_whereabouts(person, self.profile(person), channel, home)
        if source is not None:
            payload["message"] = source
        if answered := (source or {}).get("interaction_metadata"):
            # Whoever taps may be another than who has brought the bot along.
            payload["authorizing_integration_owners"] = answered["authorizing_integration_owners"]
        exchange = Exchange(payload, person, channel, source)
        self.interactions[payload["token"]] = exchange
        return exchange

    def find_interaction(self, token: str) -> Exchange:
        """Return what the bot answers with this token."""
        if token not in self.interactions:
            raise RefusedError(Code.UNKNOWN_INTERACTION)
        return self.interactions[token]

    def say(self, text: str, person: Json, channel: Json, replied_to: Json | None) -> Exchange:
        """Begin the exchange that a message of a person leads to."""
        message = self.post(channel["id"], person, {"content": text}, {})
        if replied_to is not None:
            payloads.refer(message, replied_to)
        exchange = Exchange(message, person, channel)
        self.conversations.begin(exchange)
        return exchange

    def exchange_of(self, message: Json) -> Exchange | None:
        """Return the interaction that a message answers or was last changed by, else the message it was told in."""
        latest = reversed(self.interactions.values())
        acted = next((exchange for exchange in latest if exchange.original is message), None)
        return acted or self.conversations.told_in(message)
