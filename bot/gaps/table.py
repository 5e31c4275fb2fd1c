"""The table of gaps: one SQLite file in the data folder, from which what is old goes by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import GapError
from bot.gaps.gap import Gap, tell_today

FILE = "gaps.sqlite3"
PATIENCE = 2.0
"""Seconds to wait for whoever else has the file open."""

GAPS = sa.Table(
    "gaps",
    sa.MetaData(),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("topic", sa.String),
    sa.Column("passages", sa.JSON, nullable=False),
    sa.Column("text", sa.Text),
)


class GapTable:
    """Gaps on disk; each call opens the file anew and raises GapError where it is damaged or stays locked."""

    def __init__(self, folder: Path, days: int) -> None:
        self._path = folder / FILE
        self._days = timedelta(days=days)
        # What people wrote must not get into an error's message; a file that is replaced must not live on in a pool.
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(self._path)),
            poolclass=sa.NullPool,
            hide_parameters=True,
            connect_args={"timeout": PATIENCE},
        )

    def add_gaps(self, gaps: Sequence[Gap]) -> None:
        """Keep gaps, at least one: all of them or none."""
        with self._open() as connection:
            connection.execute(sa.insert(GAPS), [gap.model_dump() for gap in gaps])

    def add_text(self, key: str, text: str) -> bool:
        """Keep the text of a gap, and tell whether there is such a gap."""
        with self._open() as connection:
            return connection.execute(sa.update(GAPS).where(GAPS.c.key == key).values(text=text)).rowcount > 0

    def list_gaps(self) -> list[Gap]:
        """Return all gaps, the oldest first."""
        with self._open() as connection:
            rows = connection.execute(sa.select(GAPS).order_by(GAPS.c.asked_on, GAPS.c.key)).mappings()
            return [Gap.model_validate(row) for row in rows]

    def expire(self) -> None:
        """Delete what has grown old; every other call does so, too."""
        with self._open():
            pass

    @contextmanager
    def _open(self) -> Iterator[sa.Connection]:
        """Open the table for one transaction, made where there is none and rid of what is old."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._engine.begin() as connection:
                connection.execute(sa.schema.CreateTable(GAPS, if_not_exists=True))
                connection.execute(sa.delete(GAPS).where(GAPS.c.asked_on < tell_today() - self._days))
                yield connection
        except (SQLAlchemyError, OSError, ValueError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else type(error).__name__
            rule = "must be a database that can be read and written"
            remedy = "close what locks it, or move it away and a new one is made"
            raise GapError(f"{self._path} {rule} ({cause}); {remedy}") from error
