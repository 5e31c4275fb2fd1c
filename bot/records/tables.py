"""The tables of what the Discord bot keeps."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

SCHEMA_VERSION = 1
"""To be raised with every change to the tables below."""
KEY_LENGTH = 32
"""Characters of a random key."""

METADATA = sa.MetaData()


class UtcTime(sa.TypeDecorator[datetime]):
    """A moment with its time zone, kept in UTC: SQLite knows no zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.replace(tzinfo=UTC)


# Its name is the mark by which a database is known to be ours.
SCHEMA = sa.Table("tune_or_prompt", METADATA, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))

CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("channel", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("written_at", UtcTime, nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
)

SHOWN_REPLIES = sa.Table(
    "shown_replies",
    METADATA,
    sa.Column("key", sa.String(KEY_LENGTH), primary_key=True),
    sa.Column("user", sa.BigInteger, nullable=False),
    sa.Column("guild", sa.BigInteger, nullable=False),
    sa.Column("channel", sa.BigInteger, nullable=False),
    sa.Column("written_at", UtcTime, nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
)

FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("reply", sa.String(KEY_LENGTH), primary_key=True),
    sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thumb", sa.String(4), nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("verdict", sa.String(40)),
    sa.Column("written_at", UtcTime, nullable=False, index=True),
)

SERVERS = sa.Table(
    "servers",
    METADATA,
    sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", sa.Text, nullable=False),
)

PERSONAL = (CONVERSATIONS, SHOWN_REPLIES, FEEDBACK)
"""What belongs to a user, and is as old as its `written_at`."""


def tell_now() -> datetime:
    """Return the moment it is in UTC."""
    return datetime.now(UTC)


def put_row(connection: sa.Connection, table: sa.Table, **row: object) -> None:
    """Insert a row, or put it in the place of the one with the same primary key."""
    same = sa.and_(*(column == row[column.name] for column in table.primary_key))
    replace = sa.update(table).where(same).values(row)
    if connection.execute(replace).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table).values(row))
    except IntegrityError:
        # Somebody else inserted it in the meantime.
        connection.execute(replace)
