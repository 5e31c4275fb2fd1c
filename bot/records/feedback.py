"""What people thought of a reply."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.records.database import Database
from bot.records.tables import FEEDBACK, put_row, tell_now
from bot.reply import ReplyKind
from retrieval.recommendation import Verdict

LONGEST_COMMENT = 1_000
"""Characters."""


class Feedback(BaseModel):
    """A thumb, and why."""

    model_config = ConfigDict(frozen=True)

    reply: str
    """Key of the reply that was shown."""
    user: int
    """Whoever says so."""
    thumb: Literal["up", "down"]
    comment: str | None = Field(default=None, max_length=LONGEST_COMMENT)
    kind: ReplyKind
    """The reply's, which may be gone by the time this is read."""
    verdict: Verdict | None = None
    written_at: datetime = Field(default_factory=tell_now)


class FeedbackRecords:
    """One for each reply and user."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_feedback(self, feedback: Feedback) -> None:
        """Keep feedback, in the place of what the same user said of the same reply before.

        Raises:
            RecordError: The database cannot be used.
        """
        with self._database.begin() as connection:
            # Drivers do not agree on what becomes of an enum.
            verdict = feedback.verdict and feedback.verdict.value
            put_row(connection, FEEDBACK, **feedback.model_dump(exclude={"verdict"}), verdict=verdict)
