"""Whoever asks gets all that is kept of them, or has it erased without a trace; the rest goes when it is old."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.records.conversations import Place
from bot.records.records import Records
from bot.records.servers import ServerSettings
from bot.records.tables import tell_now
from tests.bot.records.samples import ANN, BOB, CHANNEL, GUILD, leave_records, make_conversation

SECRET, OTHER = "Anns-own-words", "Bobs-own-words"


def read_folder(file: Path) -> bytes:
    """Return the bytes of the file and of all that SQLite may have put beside it."""
    return b"".join(each.read_bytes() for each in file.parent.iterdir())


def test_nothing_is_kept_of_somebody_unknown(records: Records) -> None:
    assert records.export_user(ANN) == {"conversations": [], "shown_replies": [], "feedback": []}
    assert records.erase_user(ANN) == 0


def test_an_export_holds_all_of_a_user_with_times_and_nothing_of_others(records: Records) -> None:
    before = tell_now()
    key = leave_records(records, ANN, SECRET)
    leave_records(records, BOB, OTHER)

    exported = json.loads(json.dumps(records.export_user(ANN)))

    (conversation,), (shown,), (feedback,) = exported.values()
    assert list(exported) == ["conversations", "shown_replies", "feedback"]
    assert conversation["content"] == make_conversation(SECRET).model_dump(mode="json") | {
        "focus": conversation["content"]["focus"]
    }
    assert sorted(conversation["content"]["focus"]["shown"]) == ["examples/both", "examples/few"]
    assert (conversation["channel"], shown["channel"], shown["guild"]) == (CHANNEL, CHANNEL, GUILD)
    assert shown["content"]["profile"][0]["words"] == SECRET
    assert (shown["key"], feedback["reply"], feedback["comment"]) == (key, key, SECRET)
    for record in (conversation, shown, feedback):
        assert record["user"] == ANN
        assert before.isoformat() <= record["written_at"] <= tell_now().isoformat()
    assert OTHER not in json.dumps(exported)


def test_an_export_is_in_the_order_of_time(records: Records) -> None:
    for channel in (3, 1, 2):
        records.conversations.remember(Place(channel, ANN), make_conversation(SECRET))

    assert [each["channel"] for each in records.export_user(ANN)["conversations"]] == [3, 1, 2]


def test_what_is_erased_is_counted_and_gone_from_the_file_and_all_else_stays(records: Records, file: Path) -> None:
    leave_records(records, ANN, SECRET)
    leave_records(records, ANN, SECRET)
    leave_records(records, BOB, OTHER)
    records.servers.save_server(GUILD, ServerSettings(private=True))
    assert SECRET.encode() in read_folder(file)
    others = records.export_user(BOB)

    assert records.erase_user(ANN) == 5

    assert not any(records.export_user(ANN).values())
    assert SECRET.encode() not in read_folder(file)
    assert records.export_user(BOB) == others
    assert records.servers.load_server(GUILD).private
    assert records.erase_user(ANN) == 0


def test_what_a_later_turn_replaced_does_not_linger(records: Records, file: Path) -> None:
    records.conversations.remember(Place(CHANNEL, ANN), make_conversation(SECRET))
    records.conversations.remember(Place(CHANNEL, ANN), make_conversation("something else"))

    assert SECRET.encode() not in read_folder(file)


def test_what_is_erased_does_not_linger(records: Records, file: Path) -> None:
    records.conversations.remember(Place(CHANNEL, ANN), make_conversation(SECRET))
    records.erase_user(ANN)

    assert SECRET.encode() not in read_folder(file)


@pytest.fixture
def churned(records: Records, file: Path) -> sqlite3.Connection:
    """A file in which SQLite had to split many pages; those of them that were written long ago hold `old-words`."""
    records.conversations.remember(Place(CHANNEL, BOB), make_conversation(OTHER))
    chance, statement = random.Random(0), "REPLACE INTO conversations VALUES (?, ?, ?, ?)"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN")
    for _ in range(4_000):
        user, times = chance.randrange(400), chance.choice((1, 3, 20, 100))
        day, words = ("2026-01-01", "old-words. ") if user < 200 else ("2026-02-01", "new-words. ")
        connection.execute(statement, (chance.randrange(8), user, f"{day} 00:00:00.000000", words * times))
    connection.execute("COMMIT")
    return connection


def test_no_copy_lingers_of_what_has_grown_too_old(churned: sqlite3.Connection, records: Records, file: Path) -> None:
    """SQLite copies rows when it splits a page; such a copy is no record any more, and yet there to be read."""
    churned.close()

    assert records.expire(datetime(2026, 2, 15, tzinfo=UTC)) > 1_000

    assert b"old-words. " not in read_folder(file)
    assert b"new-words. " in read_folder(file)


def test_no_copy_lingers_of_what_is_erased_even_where_an_earlier_attempt_got_stuck_half_way(
    churned: sqlite3.Connection, records: Records, file: Path
) -> None:
    with closing(churned):
        churned.execute("DELETE FROM conversations WHERE user < 200")

    assert records.erase_user(0) == 0

    assert b"old-words. " not in read_folder(file)
    assert b"new-words. " in read_folder(file)


def test_what_is_older_than_it_may_get_goes_without_a_trace(records: Records, file: Path) -> None:
    leave_records(records, ANN, SECRET)
    records.servers.save_server(GUILD, ServerSettings(private=True))
    day = timedelta(days=1)

    assert records.expire(tell_now() + 30 * day - timedelta(minutes=1)) == 0
    assert SECRET.encode() in read_folder(file)
    assert records.expire(tell_now() + 30 * day) == 3
    assert not any(records.export_user(ANN).values())
    assert SECRET.encode() not in read_folder(file)
    assert records.servers.load_server(GUILD).private


def test_a_conversation_is_as_old_as_its_last_turn(records: Records) -> None:
    place = Place(CHANNEL, ANN)
    records.conversations.remember(place, make_conversation(SECRET))
    first = tell_now()
    records.conversations.remember(place, make_conversation(SECRET))

    assert records.expire(first + timedelta(days=30)) == 0
    assert records.conversations.recall(place)


def test_days_are_counted_across_time_zones(records: Records) -> None:
    leave_records(records, ANN, SECRET)
    far_east = (tell_now() + timedelta(days=30, minutes=-1)).astimezone(timezone(timedelta(hours=14)))
    far_west = (tell_now() + timedelta(days=30)).astimezone(timezone(timedelta(hours=-11)))

    assert records.expire(far_east) == 0
    assert records.expire(far_west) == 3
