"""What is wrong with a database is said clearly, and without what is kept or its password."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import ConfigurationError, RecordError
from bot.records.conversations import Place
from bot.records.database import read_url
from bot.records.records import Records
from bot.records.tables import SCHEMA_VERSION, tell_now
from tests.bot.records.conftest import ChangeFile, OpenRecords
from tests.bot.records.samples import ANN, CHANNEL, GUILD, leave_records, make_conversation, make_feedback, make_shown

SECRET = "Anns-own-words"
HERE = Place(CHANNEL, ANN)
USES: list[Callable[[Records], object]] = [
    lambda records: records.conversations.recall(HERE),
    lambda records: records.conversations.remember(HERE, make_conversation(SECRET)),
    lambda records: records.replies.keep_reply(make_shown(ANN, SECRET)),
    lambda records: records.replies.find_reply("a"),
    lambda records: records.feedback.keep_feedback(make_feedback(ANN, "a", SECRET)),
    lambda records: records.servers.load_server(GUILD),
    lambda records: records.export_user(ANN),
    lambda records: records.erase_user(ANN),
    lambda records: records.expire(tell_now()),
]


@pytest.mark.parametrize("use", USES)
def test_every_use_of_a_damaged_file_names_it_with_the_remedy_and_without_what_was_to_be_kept(
    use: Callable[[Records], object], records: Records, file: Path
) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database " * 100)

    with pytest.raises(RecordError, match=r"bot\.sqlite3 must be a database .*move it away") as caught:
        use(records)

    assert caught.value.value == str(file)
    assert SECRET not in f"{caught.value} {caught.value.__cause__}"


def test_a_file_that_is_damaged_within_is_an_error_too(records: Records, file: Path) -> None:
    leave_records(records, ANN, SECRET)
    intact = file.read_bytes()
    file.write_bytes(intact[:4096] + b"\xff" * (len(intact) - 4096))

    with pytest.raises(RecordError, match="malformed"):
        records.export_user(ANN)


def test_a_file_that_is_moved_away_is_made_anew(records: Records, file: Path) -> None:
    leave_records(records, ANN, SECRET)
    file.rename(file.with_name("old"))

    assert records.conversations.recall(HERE) is None
    leave_records(records, ANN, SECRET)
    assert records.erase_user(ANN) == 3


def test_a_file_that_stays_locked_is_given_up_and_used_again_afterwards(records: Records, file: Path) -> None:
    leave_records(records, ANN, SECRET)

    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RecordError, match="locked"):
            records.conversations.remember(HERE, make_conversation(SECRET))

    assert records.conversations.recall(HERE) == make_conversation(SECRET)


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    records = Records(sa.URL.create("sqlite", database=str(tmp_path / "data" / "bot.sqlite3")), 30)

    with pytest.raises(RecordError):
        records.export_user(ANN)


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE tune_or_prompt SET version = {SCHEMA_VERSION + 1}",
        f"UPDATE tune_or_prompt SET version = {SCHEMA_VERSION - 1}",
        "DELETE FROM tune_or_prompt",
    ],
)
def test_another_version_is_refused_and_left_as_it_is(
    change: str, records: Records, file: Path, change_file: ChangeFile
) -> None:
    leave_records(records, ANN, SECRET)
    change_file(change)
    before = file.read_bytes()

    for use in USES:
        with pytest.raises(RecordError, match=rf"must have schema {SCHEMA_VERSION}, not .*DATABASE_URL"):
            use(records)
    assert file.read_bytes() == before


def test_somebody_elses_database_is_refused_and_left_as_it_is(
    records: Records, file: Path, change_file: ChangeFile
) -> None:
    file.parent.mkdir()
    change_file("CREATE TABLE conversations (words)")
    before = file.read_bytes()

    for use in USES:
        with pytest.raises(RecordError, match="must be empty or this bot's"):
            use(records)
    assert file.read_bytes() == before


def test_text_that_no_database_can_hold_is_an_error_and_changes_nothing(open_records: OpenRecords) -> None:
    """Half of a surrogate pair, which JSON can bring in, is no character."""
    records = open_records()
    leave_records(records, ANN, SECRET)

    with pytest.raises(RecordError) as caught:
        records.conversations.remember(HERE, make_conversation(f"{SECRET}\ud800"))

    assert SECRET not in str(caught.value)
    assert records.conversations.recall(HERE) == make_conversation(SECRET)


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("bot.sqlite3", "must be a URL that SQLAlchemy knows"),
        ("postgres://ann:secret@host/name", "must be a URL that SQLAlchemy knows"),
        ("postgresql://ann:secret@host:secret/name", "must be a URL that SQLAlchemy knows"),
        ("postgresql+asyncpg://ann:secret@host/name", r"must name a driver that is not async, not postgresql\+asyncpg"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_showing_it(url: str, rule: str) -> None:
    with pytest.raises(ConfigurationError, match=f"DATABASE_URL {rule}") as caught:
        read_url(url)

    assert "secret" not in str(caught.value)


def test_a_driver_that_is_not_installed_is_named_with_the_remedy() -> None:
    """Oracle's is none of ours."""
    with pytest.raises(ConfigurationError, match=r"driver is installed, not oracle\+oracledb; .*pip install") as caught:
        Records(read_url("oracle+oracledb://ann:secret@host/name"), 30)

    assert "secret" not in str(caught.value)
