"""Replies that were shown, so that the buttons below them work after a restart."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.records.database import Database
from bot.records.tables import SHOWN_REPLIES, put_row, tell_now
from bot.reply import Reply


class ShownReply(BaseModel):
    """A reply, to whom it was shown, and where."""

    model_config = ConfigDict(frozen=True)

    key: str = Field(default_factory=lambda: uuid4().hex)
    """Random, so that nobody can guess another's."""
    user: int
    """Whoever asked."""
    guild: int = 0
    """0 in a direct message."""
    channel: int
    reply: Reply
    written_at: datetime = Field(default_factory=tell_now)


class ShownReplies:
    """By key; each method raises RecordError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_reply(self, shown: ShownReply) -> None:
        with self._database.begin() as connection:
            content = shown.reply.model_dump_json()
            put_row(connection, SHOWN_REPLIES, **shown.model_dump(exclude={"reply"}), content=content)

    def find_reply(self, key: str) -> ShownReply | None:
        """Return the reply with a key; None where there is none, or one that no longer fits."""
        with self._database.begin() as connection:
            row = connection.execute(sa.select(SHOWN_REPLIES).where(SHOWN_REPLIES.c.key == key)).mappings().first()
        try:
            return ShownReply(**row, reply=Reply.model_validate_json(row["content"])) if row else None
        except ValidationError:
            return None
