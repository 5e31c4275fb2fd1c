"""What lies on this machine is looked at without being changed, and what is broken there is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bootstrap import build_store
from bot.doctor import installation
from bot.doctor.diagnosis import Diagnosis
from bot.gaps.table import FILE
from bot.progress import ProgressReport
from bot.settings import Settings
from knowledge.embedder import ModelCard
from knowledge.lesson import Lesson
from retrieval.assistant import Assistant
from tests.conftest import EMBEDDING_MODEL


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without `.env`, and an environment of the test's own."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    return tmp_path


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """The settings of somebody who has just begun."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def built(data_dir: Path) -> Settings:
    """The settings of an installation that is in use."""
    return Settings(data_dir=data_dir, models_dir=data_dir / "models", embedding_model=EMBEDDING_MODEL)


def list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def test_valid_settings_are_fine_with_and_without_a_file(elsewhere: Path) -> None:
    settings, without = installation.check_settings()
    (elsewhere / ".env").write_text("GAP_DAYS=7\n", "utf-8")
    changed, found = installation.check_settings()

    assert settings is not None
    assert changed is not None
    assert (without.status, found.status, changed.gap_days) == ("fine", "fine", 7)
    assert str(elsewhere / ".env") in without.what
    assert without.what != found.what


def test_a_wrong_setting_is_named_with_its_value(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text("GAP_DAYS=soon\n", "utf-8")

    settings, found = installation.check_settings()

    assert (settings, found.status) == (None, "broken")
    assert found.what.startswith("GAP_DAYS: ")
    assert found.what.endswith("not 'soon'")
    assert found.remedy == "see .env.example"


def test_a_file_of_settings_that_is_no_text_is_named(elsewhere: Path) -> None:
    (elsewhere / ".env").write_bytes(b"GAP_DAYS=\xff\xfe\n")

    settings, found = installation.check_settings()

    assert (settings, found.status) == (None, "broken")
    assert ".env must be a text file in UTF-8" in found.what


def test_a_data_folder_is_made_and_left_empty(empty: Settings) -> None:
    assert installation.check_data_folder(empty).status == "fine"
    assert list(empty.data_dir.iterdir()) == []


def test_a_data_folder_that_is_a_file_is_broken_and_its_space_cannot_be_told(empty: Settings) -> None:
    empty.data_dir.write_text("I am a file", "utf-8")
    inside = empty.model_copy(update={"data_dir": empty.data_dir / "inside"})

    assert installation.check_data_folder(empty).status == "broken"
    assert str(empty.data_dir) in installation.check_data_folder(empty).what
    assert installation.check_space(inside).status == "warning"


@pytest.mark.parametrize(("free", "status"), [(0, "warning"), (499, "warning"), (500, "fine"), (10**6, "fine")])
def test_space_is_enough_for_models_and_store_or_a_warning(free: int, status: str, tmp_path: Path) -> None:
    found = installation.judge_space(tmp_path, free)

    assert found.status == status
    assert f"{free:,} MB" in found.what


def test_the_space_of_a_folder_is_told_in_megabytes(tmp_path: Path) -> None:
    assert " MB " in installation.check_space(Settings(data_dir=tmp_path)).what


def test_models_that_are_exported_and_whole_are_fine(built: Settings) -> None:
    assert installation.check_model(built).status == "fine"


def test_models_that_are_still_to_be_exported_are_a_warning_and_stay_so(empty: Settings) -> None:
    found = installation.check_model(empty)

    assert found.status == "warning"
    assert list_files(empty.data_dir) == []


def test_models_that_cannot_be_exported_here_are_broken(empty: Settings) -> None:
    found = installation.check_model(empty, ["json", "no_such_exporter"])

    assert found.status == "broken"
    assert "no_such_exporter" in found.what
    assert "json" not in found.what


def test_models_that_have_no_place_to_be_exported_to_are_broken(empty: Settings, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("I am a file", "utf-8")

    found = installation.check_model(empty.model_copy(update={"models_dir": tmp_path / "models"}))

    assert found.status == "broken"
    assert str(tmp_path / "models") in found.what


def test_a_model_whose_card_cannot_be_followed_is_broken(built: Settings, tmp_path: Path) -> None:
    (folder,) = (built.data_dir / "models").glob("gt-all-*")
    copy = tmp_path / "models" / folder.name
    copy.mkdir(parents=True)
    card = ModelCard(name=EMBEDDING_MODEL, files={"x" * 5_000: "0"})
    (copy / "card.json").write_text(card.model_dump_json(), "utf-8")

    found = installation.check_model(built.model_copy(update={"models_dir": tmp_path / "models"}))

    assert found.status == "broken"
    assert str(tmp_path / "models") in (found.remedy or "")


def test_a_store_that_is_whole_answers_a_question_of_its_own(built: Settings) -> None:
    found = installation.check_store(built)

    assert (found.check, found.status, found.remedy) == ("store", "fine", None)


def test_a_store_that_is_still_to_be_built_is_a_warning_and_stays_so(empty: Settings, built: Settings) -> None:
    """What is begun before the look stops is tidied away."""
    found = installation.check_store(empty.model_copy(update={"models_dir": built.models_dir}))

    assert found.status == "warning"
    assert list_files(empty.data_dir) == []


def test_a_damaged_store_is_a_warning_since_it_is_built_anew_by_itself(
    built: Settings, empty: Settings, data_dir: Path
) -> None:
    shutil.copytree(data_dir / "lessons", empty.data_dir / "lessons")
    (manifest,) = empty.data_dir.glob("lessons/*/manifest.json")
    manifest.write_text("{}", "utf-8")
    before = list_files(empty.data_dir)

    found = installation.check_store(empty.model_copy(update={"models_dir": built.models_dir}))

    assert found.status == "warning"
    assert list_files(empty.data_dir) == before


def test_a_store_folder_that_is_a_file_is_broken(empty: Settings) -> None:
    empty.data_dir.mkdir()
    (empty.data_dir / "lessons").write_text("I am a file", "utf-8")

    found = installation.check_store(empty)

    assert found.status == "broken"
    assert str(empty.data_dir / "lessons") in found.what
    assert str(empty.data_dir / "lessons") in (found.remedy or "")


def test_a_lesson_of_somebodys_own_answers_its_own_questions(
    built: Settings, empty: Settings, own_lesson: Path
) -> None:
    settings = empty.model_copy(update={"models_dir": built.models_dir})
    with ProgressReport() as report:
        build_store(settings, report).replace_lesson([own_lesson])

    assert installation.check_store(settings).status == "fine"


def test_a_store_that_answers_none_of_its_questions_is_broken(assistant: Assistant, lesson: Lesson) -> None:
    outside = "What is the capital of France?"
    passages = tuple(passage.model_copy(update={"asked_as": (outside,)}) for passage in lesson.passages)

    found = installation.question_lesson(assistant, lesson.model_copy(update={"passages": passages}))

    assert found.status == "broken"
    assert outside in found.what


def test_databases_that_are_not_there_yet_are_made(empty: Settings) -> None:
    assert installation.check_gaps(empty).status == "fine"
    assert installation.check_records(empty).status == "fine"


@pytest.mark.parametrize(
    ("file", "check"), [(FILE, installation.check_gaps), ("bot.sqlite3", installation.check_records)]
)
def test_a_locked_or_damaged_database_is_broken(
    file: str, check: Callable[[Settings], Diagnosis], empty: Settings
) -> None:
    """Both bring the remedy."""
    assert check(empty).status == "fine"
    locker = sqlite3.connect(empty.data_dir / file, isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    locked = check(empty)
    locker.close()
    (empty.data_dir / file).write_bytes(b"not a database " * 100)
    damaged = check(empty)

    assert (locked.status, damaged.status) == ("broken", "broken")
    assert "locked" in locked.what
    assert file in damaged.what
    assert "move it away" in (damaged.remedy or "")


def test_a_wrong_url_of_the_database_is_broken_and_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense://user:secret@host/name")

    found = installation.check_records(Settings(data_dir=tmp_path))

    assert found.status == "broken"
    assert "DATABASE_URL" in found.what
    assert found.remedy
    assert "secret" not in found.what + found.remedy
