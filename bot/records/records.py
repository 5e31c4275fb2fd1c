"""All that the Discord bot keeps, and what can be done with all of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.records.conversations import Conversations
from bot.records.database import Database
from bot.records.feedback import FeedbackRecords
from bot.records.servers import Servers
from bot.records.shown import ShownReplies
from bot.records.tables import PERSONAL


class Records:
    """What is kept, by subject; each method raises RecordError where the database cannot be used."""

    def __init__(self, url: sa.URL, days: int) -> None:
        """Open nothing yet.

        Args:
            url: Of the database.
            days: For which what belongs to a user is kept.
        """
        self._database = Database(url)
        self._days = timedelta(days=days)
        self.conversations = Conversations(self._database)
        self.replies = ShownReplies(self._database)
        self.feedback = FeedbackRecords(self._database)
        self.servers = Servers(self._database)

    def export_user(self, user: int) -> dict[str, list[dict[str, Any]]]:
        """Return all that is kept of a user, by subject, as JSON has it; the oldest first."""
        with self._database.begin() as connection:
            return {table.name: _export_rows(connection, table, user) for table in PERSONAL}

    def erase_user(self, user: int) -> int:
        """Delete all that is kept of a user, and return how many records that were."""
        with self._database.begin() as connection:
            erased = sum(
                connection.execute(sa.delete(table).where(table.c.user == user)).rowcount for table in PERSONAL
            )
        # Even where nothing is left: an earlier attempt may have failed here.
        self._database.scrub()
        return erased

    def expire(self, now: datetime) -> int:
        """Delete what has grown older than it may, and return how many records that were."""
        oldest = now - self._days
        with self._database.begin() as connection:
            old = [sa.delete(table).where(table.c.written_at < oldest) for table in PERSONAL]
            expired = sum(connection.execute(each).rowcount for each in old)
        if expired:
            self._database.scrub()
        return expired


def _export_rows(connection: sa.Connection, table: sa.Table, user: int) -> list[dict[str, Any]]:
    chosen = sa.select(table).where(table.c.user == user).order_by(table.c.written_at)
    return [_export_row(dict(row)) for row in connection.execute(chosen).mappings()]


def _export_row(row: dict[str, Any]) -> dict[str, Any]:
    content = {"content": json.loads(row["content"])} if "content" in row else {}
    return {**row, **content, "written_at": row["written_at"].isoformat()}
