"""Replies that were shown, so that the buttons below them work after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.records.conversations import Place
from bot.records.database import Database
from bot.records.tables import SHOWN_REPLIES, put_row, tell_now
from bot.reply import Reply


class Showing(BaseModel):
    """How a reply was shown, which is known only afterwards."""

    model_config = ConfigDict(frozen=True)

    messages: tuple[int, ...] = ()
    """In which, where they are several."""
    shared: bool = False
    """Whether everybody sees it, or a copy of it; it is shared once."""


class ShownReply(Showing):
    """A reply, to whom it was shown, and where."""

    key: str = Field(default_factory=lambda: uuid4().hex)
    """Random, so that nobody can guess another's."""
    user: int
    """Whoever asked."""
    guild: int = 0
    """0 in a direct message."""
    channel: int
    """Of the conversation that it belongs to, whose place need not be a channel of Discord."""
    reply: Reply
    written_at: datetime = Field(default_factory=tell_now)

    @property
    def place(self) -> Place:
        """Where what is done with it goes on."""
        return Place(self.channel, self.user)


class ShownReplies:
    """By key; each method raises RecordError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_reply(self, shown: ShownReply) -> None:
        with self._database.begin() as connection:
            put_row(connection, SHOWN_REPLIES, **_make_row(shown))

    def find_reply(self, key: str) -> ShownReply | None:
        """Return the reply with a key; None where there is none, or one that no longer fits."""
        with self._database.begin() as connection:
            row = connection.execute(sa.select(SHOWN_REPLIES).where(SHOWN_REPLIES.c.key == key)).mappings().first()
        try:
            return _read_row(row) if row else None
        except ValidationError:
            return None

    def forget_reply(self, key: str) -> None:
        with self._database.begin() as connection:
            connection.execute(sa.delete(SHOWN_REPLIES).where(SHOWN_REPLIES.c.key == key))


def _make_row(shown: ShownReply) -> dict[str, Any]:
    """Return the columns; how it was shown stands beside the reply's fields, where earlier versions have nothing."""
    columns = shown.model_dump(exclude={"reply", *Showing.model_fields})
    showing = shown.model_dump(mode="json", include=set(Showing.model_fields))
    return {**columns, "content": json.dumps({**shown.reply.model_dump(mode="json"), **showing})}


def _read_row(row: Mapping[Any, Any]) -> ShownReply:
    content = row["content"]
    showing = Showing.model_validate_json(content)
    return ShownReply(**row, **showing.model_dump(), reply=Reply.model_validate_json(content))
