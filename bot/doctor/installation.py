"""The checks of what lies on this machine: settings, data folder, models, store, databases."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bot.bootstrap import build_gap_table, build_records, build_store
from bot.doctor.diagnosis import Diagnosis, diagnose, diagnose_error
from bot.errors import ConfigurationError, GapError, RecordError
from bot.progress import ProgressReport
from bot.settings import Settings, load_settings
from knowledge.errors import KnowledgeError
from knowledge.exports import Models
from knowledge.lesson import Lesson
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

ENV_FILE = Path(".env")
MEGABYTE = 1_000_000
NEEDED = 500
"""Megabytes that models and store take at most while they are built."""
EXPORTERS = ("torch", "sentence_transformers")
"""What exporting a model takes and answering does not."""
QUESTIONS = 5
"""Of the lesson's own questions that are asked at most until one is answered."""


class BuildNeeded(KnowledgeError):  # noqa: N818 - it is no error that something is still to be built
    """The next step would build something, which looking must not do; the store tidies up as after any failure."""


class Onlooker(ProgressReport):
    """Stops before anything is built."""

    def show_step(self, step: str, done: int, total: int) -> None:
        raise BuildNeeded(f"{step}: {done} of {total}")


def check_settings() -> tuple[Settings | None, Diagnosis]:
    """Return the settings, if they can be read, and what there is to say about them."""
    file = ENV_FILE.absolute()
    try:
        settings = load_settings()
    except ConfigurationError as error:
        return None, diagnose_error("settings", "wrong", error)
    found = "with_file" if file.is_file() else "without_file"
    return settings, diagnose("settings", "fine", found, file=file)


def check_data_folder(settings: Settings) -> Diagnosis:
    folder = settings.data_dir.absolute()
    try:
        _try_writing(folder)
    except OSError as error:
        return diagnose("data_folder", "broken", "unwritable", folder=folder, reason=error.strerror)
    return diagnose("data_folder", "fine", "writable", folder=folder)


def check_space(settings: Settings) -> Diagnosis:
    folder = settings.data_dir.absolute()
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return diagnose("space", "warning", "unknown", folder=folder, reason=error.strerror)
    return judge_space(folder, free // MEGABYTE)


def judge_space(folder: Path, free: int) -> Diagnosis:
    """Say whether so many megabytes are enough."""
    if free < NEEDED:
        return diagnose("space", "warning", "little", folder=folder, free=f"{free:,}", needed=NEEDED)
    return diagnose("space", "fine", "enough", free=f"{free:,}")


def check_model(settings: Settings, exporters: Sequence[str] = EXPORTERS) -> Diagnosis:
    """Open both models, without exporting any."""
    folder = settings.models_dir or settings.data_dir / "models"
    name = settings.embedding_model
    models = Models(folder, Onlooker().show_step)
    try:
        models.open_embedder(name)
        models.open_reader()
    except BuildNeeded:
        return judge_export(folder, name, exporters)
    except (KnowledgeError, OSError) as error:
        return diagnose_error("model", "damaged", error, folder=folder)
    return diagnose("model", "fine", "whole", model=name)


def judge_export(folder: Path, name: str, exporters: Sequence[str]) -> Diagnosis:
    """Say whether the models that are missing can be exported to this folder, with these packages."""
    wanted = [package for package in exporters if find_spec(package) is None]
    if wanted:
        return diagnose("model", "broken", "stuck", model=name, tools=", ".join(wanted))
    try:
        _try_writing(folder)
    except OSError as error:
        return diagnose("model", "broken", "unwritable", model=name, folder=folder, reason=error.strerror)
    return diagnose("model", "warning", "absent", model=name)


def check_store(settings: Settings) -> Diagnosis:
    """Open the store, without building one, and ask it what its own lesson answers."""
    store = build_store(settings, Onlooker())
    try:
        lesson = store.open().lesson
        assistant = Assistant(store)
    except BuildNeeded:
        return diagnose("store", "warning", "absent")
    except (KnowledgeError, OSError) as error:
        return diagnose_error("store", "unopened", error, folder=settings.data_dir / "lessons")
    return question_lesson(assistant, lesson)


def question_lesson(assistant: Assistant, lesson: Lesson) -> Diagnosis:
    """Ask the first of the lesson's own questions until one is answered."""
    own = [passage.asked_as[0] if passage.asked_as else passage.heading for passage in lesson.passages]
    for question in own[:QUESTIONS]:
        if isinstance(assistant.reply(Conversation(), question, "ask").outcome, Answer):
            return diagnose("store", "fine", "answers", passages=len(own), question=question)
    return diagnose("store", "broken", "silent", question=own[0])


def check_gaps(settings: Settings) -> Diagnosis:
    """Open the file of gaps, which is made where there is none."""
    try:
        kept = build_gap_table(settings).list_gaps()
    except GapError as error:
        return diagnose_error("gaps", "unopened", error)
    return diagnose("gaps", "fine", "opens", count=len(kept))


def check_records(settings: Settings) -> Diagnosis:
    """Open the database of what the Discord bot keeps, which is made where it is a file and there is none."""
    try:
        build_records(settings).servers.load_server(0)
    except (ConfigurationError, RecordError) as error:
        return diagnose_error("records", "unopened", error)
    return diagnose("records", "fine", "opens")


def _try_writing(folder: Path) -> None:
    """Make a folder where there is none, and a file in it that leaves no trace; OSError where that does not work."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass
