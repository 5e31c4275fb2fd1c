"""Which message of the bot answers which message of a person."""

from __future__ import annotations

from .exchange import Exchange
from .protocol import Json


class Conversations:
    """What people have written, and what the bot has said to it."""

    def __init__(self) -> None:
        """Begin in silence."""
        self._begun: dict[str, Exchange] = {}  # by the id of the message of the person
        self._latest: dict[str, Exchange] = {}  # by channel
        self._told: dict[str, Exchange] = {}  # by the id of each message of the bot

    def begin(self, exchange: Exchange) -> None:
        """Remember what a person has written."""
        self._begun[exchange.trigger["id"]] = self._latest[exchange.channel["id"]] = exchange

    def find(self, channel_id: str, replied_to: str | None = None) -> Exchange | None:
        """Return what the bot answers in a channel.

        That is what it replies to, else the latest message there, else the one a thread was opened on.
        """
        named = self._begun.get(replied_to or "")
        return named or self._latest.get(channel_id) or self._begun.get(channel_id)

    def tell(self, message: Json, replied_to: str | None) -> None:
        """Show a message of the bot to whoever it answers."""
        if exchange := self.find(message["channel_id"], replied_to):
            self._told[message["id"]] = exchange
            exchange.show(message)

    def told_in(self, message: Json) -> Exchange | None:
        """Return what a message of the bot was told as an answer to."""
        return self._told.get(message["id"])

    def forget(self, message: Json) -> None:
        """Take a message of the bot away from whoever sees it."""
        if exchange := self._told.pop(message["id"], None):
            exchange.forget(message)
