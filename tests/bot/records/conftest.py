"""Records in a file of the test's own; whoever opens them again sees what a bot sees after a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.records.records import Records

OpenRecords = Callable[[], Records]
ChangeFile = Callable[[str], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "bot.sqlite3"


@pytest.fixture
def open_records(file: Path) -> OpenRecords:
    """Return a function that opens the same file with a further instance."""
    return lambda: Records(sa.URL.create("sqlite", database=str(file)), 30)


@pytest.fixture
def records(open_records: OpenRecords) -> Records:
    return open_records()


@pytest.fixture
def change_file(file: Path) -> ChangeFile:
    """Return a function that does what no version of the bot does, in SQL."""

    def change(statement: str) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(statement)

    return change
