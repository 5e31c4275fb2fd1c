"""Nobody waits for the file of gaps, and nobody's reply fails with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from bot.errors import GapError
from bot.gaps.gap import Gap
from bot.gaps.table import GapTable
from bot.gaps.writer import GapWriter

SECRET = "my secret question"


class SlowTable(GapTable):
    """A table that takes as long as it is told to, and counts how often it was written to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, 90)
        self.begun = Event()
        self.free = Event()
        self.writes: list[int] = []

    def add_gaps(self, gaps: Sequence[Gap]) -> None:
        self.begun.set()
        self.free.wait()
        self.writes.append(len(gaps))
        super().add_gaps(gaps)


class BrokenTable(GapTable):
    """A table whose file cannot be used."""

    def __init__(self) -> None:
        pass

    def add_gaps(self, gaps: Sequence[Gap]) -> None:
        raise GapError(f"no room for {len(gaps)}")

    def add_text(self, key: str, text: str) -> bool:
        raise GapError(f"no room for {len(key + text)} characters")


@pytest.mark.parametrize(("consent", "kept"), [(False, None), (True, SECRET)])
def test_the_text_is_kept_only_by_consent(*, consent: bool, kept: str | None, gap_table: GapTable) -> None:
    with GapWriter(gap_table, consent=consent) as writer:
        writer.record(Gap(reason="near"), f" {SECRET} ")

    assert [gap.text for gap in gap_table.list_gaps()] == [kept]


def test_the_text_can_be_added_as_soon_as_the_gap_was_recorded(gap_table: GapTable) -> None:
    gap = Gap(reason="near")
    with GapWriter(gap_table, consent=False) as writer:
        writer.record(gap, SECRET)
        added = writer.add_text(gap.key, SECRET)

    assert added.result()
    assert gap_table.list_gaps() == [gap.model_copy(update={"text": SECRET})]


def test_whoever_records_a_gap_does_not_wait_until_it_is_written(tmp_path: Path) -> None:
    """What comes in meanwhile is written at once, and all of it before the end."""
    table = SlowTable(tmp_path)
    with GapWriter(table, consent=False) as writer:
        writer.record(Gap(reason="near"), SECRET)
        table.begun.wait()
        for _ in range(9):
            writer.record(Gap(reason="near"), SECRET)
        assert table.writes == []
        table.free.set()

    assert table.writes == [1, 9]
    assert len(table.list_gaps()) == 10


def test_a_file_that_cannot_be_used_is_logged_without_the_text() -> None:
    with capture_logs() as logs, GapWriter(BrokenTable(), consent=True) as writer:
        writer.record(Gap(reason="near"), SECRET)
        added = writer.add_text("a", SECRET)

    assert not added.result()
    assert [entry["log_level"] for entry in logs] == ["warning", "warning"]
    assert SECRET not in str(logs)


def test_after_a_failure_gaps_are_kept_again(gap_table: GapTable, tmp_path: Path) -> None:
    file = tmp_path / "gaps.sqlite3"
    file.write_bytes(b"not a database " * 100)
    with GapWriter(gap_table, consent=False) as writer:
        with capture_logs():
            writer.record(Gap(reason="near"), SECRET)
            assert not writer.add_text("a", SECRET).result()
        file.unlink()
        writer.record(Gap(reason="unrelated"), SECRET)

    assert [gap.reason for gap in gap_table.list_gaps()] == ["unrelated"]
