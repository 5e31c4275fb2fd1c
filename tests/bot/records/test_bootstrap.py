"""Settings become records: a file in the data folder, or the database that a URL names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import build_records
from bot.errors import ConfigurationError
from bot.records.tables import tell_now
from bot.settings import load_settings
from tests.bot.records.samples import ANN, leave_records


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without `.env`, and a data folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "KEEP_DAYS"):
        monkeypatch.delenv(name, raising=False)


def test_with_nothing_set_records_are_a_file_in_the_data_folder_that_is_made_when_used(tmp_path: Path) -> None:
    records = build_records(load_settings())

    assert not (tmp_path / "data").exists()
    leave_records(records, ANN, "letters")
    assert (tmp_path / "data" / "bot.sqlite3").stat().st_size


def test_a_url_names_another_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere/kept.db")

    leave_records(build_records(load_settings()), ANN, "letters")

    assert (tmp_path / "elsewhere" / "kept.db").stat().st_size
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("name", "days"), [(None, 30), ("1", 1), ("3650", 3_650)])
def test_records_are_kept_for_as_many_days_as_are_set(
    name: str | None, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name:
        monkeypatch.setenv("KEEP_DAYS", name)
    records = build_records(load_settings())
    leave_records(records, ANN, "letters")

    assert records.expire(tell_now() + timedelta(days=days, minutes=-1)) == 0
    assert records.expire(tell_now() + timedelta(days=days)) == 3


@pytest.mark.parametrize("wrong", ["0", "3651", "a week"])
def test_wrong_days_are_named(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_DAYS", wrong)

    with pytest.raises(ConfigurationError, match=rf"^KEEP_DAYS: .*, not '{wrong}'; see \.env\.example$"):
        load_settings()


def test_a_wrong_url_is_named_and_a_password_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense://ann:secret@host/name")
    settings = load_settings()

    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL must be a URL") as caught:
        build_records(settings)

    assert "secret" not in f"{caught.value} {settings!r} {settings} {settings.model_dump_json()}"
