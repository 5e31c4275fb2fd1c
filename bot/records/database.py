"""The database of what the Discord bot keeps: SQLite or any other by URL; refused where it is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, SQLAlchemyError

from bot.errors import ConfigurationError, RecordError
from bot.records.tables import METADATA, SCHEMA, SCHEMA_VERSION, put_row

PATIENCE = 2.0
"""Seconds to wait for one's turn, and again for whoever else has a SQLite file open."""
# A transaction that began by reading could not be sure to write in the end.
SQLITE_OPENING = ("PRAGMA secure_delete = ON", "BEGIN IMMEDIATE")
POSTGRES_LOCK = 7_865_210_843
"""A number that no other program on the same server is likely to lock."""
REMEDY = "see that it runs and lets the bot in"
REMEDY_OF_FILE = "close what locks it, or move it away and a new one is made"
FAILURES = (SQLAlchemyError, OSError, ValueError)


class Database:
    """Safe from several threads; whatever goes wrong with it is a RecordError, without what is kept."""

    def __init__(self, url: sa.URL) -> None:
        """Connect to nothing yet; ConfigurationError where the database or its driver is none that can be used."""
        self._file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        # Options of a URL may hold a password, too.
        self._name = str(self._file or url.set(query={}).render_as_string())
        # SQLite lets in one at a time, and of many who ask it now and then it may leave one out for long.
        self._turn = Lock()
        try:
            self._engine = _make_engine(url)
        except ImportError as error:
            rule = f"DATABASE_URL must name a database whose driver is installed, not {url.drivername}"
            raise ConfigurationError(f"{rule}; for Postgres: pip install '.[postgres]'") from error

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Open one transaction: the tables are made where there are none, and refused where they are not ours."""
        turn = self._take_turn(self._file) if self._file else nullcontext()
        with self._translate_failures(), turn, self._engine.begin() as connection:
            for statement in SQLITE_OPENING if self._file else ():
                connection.exec_driver_sql(statement).close()
            self._settle_schema(connection)
            yield connection

    def scrub(self) -> None:
        """Make sure that nothing which was deleted is left in a SQLite file."""
        if self._file:
            # Rows that SQLite once moved to another page leave copies behind, which secure_delete does not reach.
            with self._translate_failures(), self._take_turn(self._file), self._engine.connect() as connection:
                connection.exec_driver_sql("VACUUM")

    @contextmanager
    def _take_turn(self, file: Path) -> Iterator[None]:
        if not self._turn.acquire(timeout=PATIENCE):
            raise TimeoutError
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            yield
        finally:
            self._turn.release()

    def _settle_schema(self, connection: sa.Connection) -> None:
        tables = sa.inspect(connection).get_table_names()
        if not tables:
            if connection.dialect.name == "postgresql":
                # Others may have found none, too, and go to make them at the same time.
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({POSTGRES_LOCK})")
            METADATA.create_all(connection)
            put_row(connection, SCHEMA, version=SCHEMA_VERSION)
        elif SCHEMA.name not in tables:
            remedy = "name another one in DATABASE_URL"
            raise RecordError(self._name, "must be empty or this bot's, and has other tables", remedy)
        elif (version := connection.scalar(sa.select(SCHEMA.c.version))) != SCHEMA_VERSION:
            remedy = "use the version of the bot that made it, or name another one in DATABASE_URL"
            raise RecordError(self._name, f"must have schema {SCHEMA_VERSION}, not {version}", remedy)

    @contextmanager
    def _translate_failures(self) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            rule = f"must be a database that can be read and written ({_describe_cause(error)})"
            raise RecordError(self._name, rule, REMEDY_OF_FILE if self._file else REMEDY) from error


def read_url(text: str) -> sa.URL:
    """Return the URL of a database; ConfigurationError, which does not show it, where it is none that can be used."""
    try:
        url = sa.make_url(text)
        usable = not url.get_dialect().is_async
    except (ArgumentError, ValueError) as error:
        example = "such as postgresql+psycopg://user:password@host/name"
        raise ConfigurationError(f"DATABASE_URL must be a URL that SQLAlchemy knows, {example}") from error
    if not usable:
        raise ConfigurationError(f"DATABASE_URL must name a driver that is not async, not {url.drivername}")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ConfigurationError(
            "DATABASE_URL must name a file, such as sqlite:///bot.sqlite3, not a database in memory"
        )
    return url


def _make_engine(url: sa.URL) -> sa.Engine:
    """Return an engine whose errors do not show what people wrote."""
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
    # A file that is replaced must not live on in a pool, and transactions are begun by us. It stays with a rollback
    # journal, which is gone after each of them: a write-ahead log would still hold what was deleted.
    options = {"timeout": PATIENCE, "isolation_level": None}
    return sa.create_engine(url, hide_parameters=True, poolclass=sa.NullPool, connect_args=options)


def _describe_cause(error: Exception) -> str:
    # Postgres shows the row that breaks a rule, and in it what people wrote.
    if isinstance(error, DBAPIError) and not isinstance(error, (IntegrityError, DataError)):
        return " ".join(str(error.orig).split())
    return type(error).__name__
