"""The table gives back what was put in, forgets what is old, and says clearly what is wrong with its file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import GapError
from bot.gaps.gap import Gap, tell_today
from bot.gaps.table import FILE, GapTable

SECRET = "my secret question"


def make_gap(days_ago: int = 0, text: str | None = None) -> Gap:
    day = tell_today() - timedelta(days=days_ago)
    return Gap(asked_on=day, reason="near", topic="definition", passages=("a#1", "b#2"), text=text)


def sort_gaps(*gaps: Gap) -> list[Gap]:
    return sorted(gaps, key=lambda gap: (gap.asked_on, gap.key))


def test_a_table_is_empty_before_anything_is_kept(gap_table: GapTable) -> None:
    assert gap_table.list_gaps() == []


def test_gaps_are_read_as_they_were_written_the_oldest_first(gap_table: GapTable) -> None:
    gaps = [make_gap(), make_gap(3, "a “text”, with\nlines 😀"), make_gap(7), Gap(reason="unrelated")]
    gap_table.add_gaps(gaps[:2])
    gap_table.add_gaps(gaps[2:])

    assert gap_table.list_gaps() == sort_gaps(*gaps)


def test_a_text_is_added_to_its_gap_and_to_no_other(gap_table: GapTable) -> None:
    gap, other = make_gap(), make_gap()
    gap_table.add_gaps([gap, other])

    assert gap_table.add_text(gap.key, "why?")
    assert gap_table.list_gaps() == sort_gaps(gap.model_copy(update={"text": "why?"}), other)


def test_a_text_without_its_gap_is_not_kept(gap_table: GapTable) -> None:
    assert not gap_table.add_text(make_gap().key, "why?")
    assert gap_table.list_gaps() == []


def test_what_is_older_than_it_may_get_is_gone_at_the_next_opening(tmp_path: Path) -> None:
    young, old = make_gap(30), make_gap(31, SECRET)
    GapTable(tmp_path, 90).add_gaps([young, old])

    assert GapTable(tmp_path, 30).list_gaps() == [young]
    assert GapTable(tmp_path, 90).list_gaps() == [young]


def test_what_is_old_goes_when_something_is_written(tmp_path: Path) -> None:
    GapTable(tmp_path, 90).add_gaps([make_gap(31, SECRET)])
    GapTable(tmp_path, 30).add_gaps([make_gap()])

    assert len(GapTable(tmp_path, 90).list_gaps()) == 1


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    table = GapTable(tmp_path / "not" / "yet", 90)
    table.add_gaps([make_gap()])

    assert len(table.list_gaps()) == 1


def test_a_file_that_is_moved_away_is_made_anew(gap_table: GapTable, tmp_path: Path) -> None:
    gap_table.add_gaps([make_gap()])
    (tmp_path / FILE).rename(tmp_path / "old")
    gap_table.add_gaps([make_gap(), make_gap()])

    assert len(gap_table.list_gaps()) == 2


@pytest.mark.parametrize("damage", [b"not a database " * 100, b"SQLite format 3\0" + b"\xff" * 500])
def test_a_damaged_file_is_named_with_the_remedy_and_without_what_was_to_be_kept(
    damage: bytes, gap_table: GapTable, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(damage)

    for attempt in (lambda: gap_table.add_gaps([make_gap(text=SECRET)]), lambda: gap_table.add_text("a", SECRET)):
        with pytest.raises(GapError, match=r"gaps\.sqlite3 must be a database .*move it away") as caught:
            attempt()
        assert SECRET not in f"{caught.value} {caught.value.__cause__}"


def test_what_is_no_gap_is_an_error_of_the_file(gap_table: GapTable, tmp_path: Path) -> None:
    gap_table.add_gaps([make_gap()])
    for column in ("reason", "passages", "asked_on"):
        with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
            connection.execute(f"UPDATE gaps SET {column} = '3000-nonsense'")

        with pytest.raises(GapError):
            gap_table.list_gaps()


def test_a_folder_that_is_none_is_an_error_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(GapError):
        GapTable(tmp_path / "data", 90).list_gaps()


def test_a_file_that_stays_locked_is_given_up(gap_table: GapTable, tmp_path: Path) -> None:
    gap_table.add_gaps([make_gap()])

    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GapError, match="locked"):
            gap_table.add_gaps([make_gap()])

    assert len(gap_table.list_gaps()) == 1
