"""Conversations as they stood after their last turn."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from pydantic import ValidationError

from bot.records.database import Database
from bot.records.tables import CONVERSATIONS, put_row, tell_now
from retrieval.conversation import Conversation


class Place(NamedTuple):
    """Where a conversation is held, and by whom: nobody else's words get into it."""

    channel: int
    user: int


class Conversations:
    """One for each place; each method raises RecordError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, place: Place) -> Conversation | None:
        """Return the conversation held in a place; None where there is none, or one that no longer fits."""
        held = sa.and_(CONVERSATIONS.c.channel == place.channel, CONVERSATIONS.c.user == place.user)
        with self._database.begin() as connection:
            content = connection.scalar(sa.select(CONVERSATIONS.c.content).where(held))
        try:
            return None if content is None else Conversation.model_validate_json(content)
        except ValidationError:
            return None

    def remember(self, place: Place, conversation: Conversation) -> None:
        """Keep a conversation, in the place of the one before."""
        with self._database.begin() as connection:
            content = conversation.model_dump_json()
            put_row(connection, CONVERSATIONS, **place._asdict(), written_at=tell_now(), content=content)
