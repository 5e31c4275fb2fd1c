"""Where what we know lives on disk: lessons in generations, of which one is in use.

    lessons/CURRENT              the name of the generation in use
    lessons/GENERATION/own/      the user's pages, instead of ours …
    lessons/GENERATION/added/    … or beside ours; without either the lesson is ours
    lessons/GENERATION/          lesson.json, index/ and manifest.json: made from the pages, made again on any doubt

A generation is built aside and becomes the one in use by replacing one small file, so that whoever reads sees wholly
the old lesson or wholly the new one, whenever the writer is killed.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.embedder import Embedder
from knowledge.errors import StoreError
from knowledge.exports import Models, Report
from knowledge.index import PassageIndex, build_index, hash_vectors, list_records
from knowledge.intake import collect_pages, copy_pages, fingerprint_files
from knowledge.lesson import FOLDER, Lesson, list_pages, read_lesson
from knowledge.lexicon import Lexicon
from knowledge.reader import Reader
from knowledge.spelling import Speller

Shape = TypeVar("Shape", bound=BaseModel)

log = logging.getLogger(__name__)

FORMAT = 2
"""Counts up when older generations can no longer be read."""
KEPT = 2
"""Generations kept: the one in use, and the one before for whoever still reads it."""


class Manifest(BaseModel):
    """What a generation was made from, and how to tell that it is whole."""

    model_config = ConfigDict(frozen=True)

    format: int
    lesson: str
    embedder: str
    ids: str
    vectors: dict[str, str]


@dataclass(frozen=True)
class Knowledge:
    """A lesson in use, opened: what answering needs."""

    generation: str
    lesson: Lesson
    index: PassageIndex
    lexicon: Lexicon
    speller: Speller
    embedder: Embedder
    reader: Reader


class Store:
    """The folder of one installation, for one embedding model."""

    def __init__(self, folder: Path, *, models: Models, embedding_model: str, report: Report) -> None:
        self._lessons = folder / "lessons"
        self._models = models
        self._embedding_model = embedding_model
        self._report = report
        self._served: tuple[Embedder, Reader] | None = None

    def name_generation(self) -> str:
        """Return the name of the generation in use; empty where there is none yet."""
        try:
            return (self._lessons / "CURRENT").read_text("utf-8").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""

    def open(self) -> Knowledge:
        """Open the lesson in use, building whatever is missing, damaged or out of date."""
        try:
            return self._open_generation(self.name_generation())
        except StoreError as doubt:
            log.warning("building the store: %s", doubt)
        with self._lock():
            try:
                return self._open_generation(self.name_generation())
            except StoreError:
                return self._build(self._find_pages())

    def replace_lesson(self, paths: Sequence[Path]) -> Knowledge:
        """Make the pages at these paths the lesson in use; LessonError where one breaks a rule, and nothing changes."""
        with self._lock():
            return self._build(("own", collect_pages(paths)))

    def add_pages(self, paths: Sequence[Path]) -> Knowledge:
        """Add pages to the lesson in use; a page of the same name is replaced."""
        with self._lock():
            place, pages = self._find_pages()
            return self._build((place, pages | collect_pages(paths)))

    def restore_lesson(self) -> Knowledge:
        """Make our own lesson the one in use again."""
        with self._lock():
            return self._build(("added", {}))

    def _lock(self) -> FileLock:
        self._lessons.mkdir(parents=True, exist_ok=True)
        return FileLock(self._lessons / ".lock")

    def _find_pages(self) -> tuple[str, dict[str, Path]]:
        """Return the user's pages of the generation in use by name, and whether they are its own or added to ours."""
        name = self.name_generation()
        own = self._lessons / name / "own"
        place = own if name and own.is_dir() else self._lessons / name / "added"
        pages = list_pages(place) if name and place.is_dir() else []
        return place.name, {page.relative_to(place).as_posix(): page for page in pages}

    def _open_generation(self, name: str) -> Knowledge:
        folder = self._lessons / name
        if not name or not folder.is_dir():
            raise StoreError(f"{self._lessons} holds no lesson in use yet")
        embedder, reader = self._serve_models()
        manifest = _load(folder / "manifest.json", Manifest)
        made_from = fingerprint_files(_list_files(folder))
        if (manifest.format, manifest.lesson, manifest.embedder) != (FORMAT, made_from, embedder.fingerprint):
            raise StoreError(f"{folder} must be made from the present lesson and model")
        lesson = _load(folder / "lesson.json", Lesson)
        if hash_vectors(folder / "index") != manifest.vectors:
            raise StoreError(f"{folder / 'index'} must hold the vectors it was made with")
        index = PassageIndex(folder / "index")
        try:
            index.check(manifest.ids)
        except StoreError:
            index.close()
            raise
        speller = Speller((record.text for record in list_records(lesson)), reader.words)
        return Knowledge(name, lesson, index, Lexicon(lesson), speller, embedder, reader)

    def _build(self, pages: tuple[str, dict[str, Path]]) -> Knowledge:
        place, files = pages
        embedder, _ = self._serve_models()
        name = f"{time.time_ns():x}"
        folder = self._lessons / name
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.mkdir()
            copy_pages(files, folder / place)
            lesson = read_lesson(_list_files(folder))
            _write_durably(folder / "lesson.json", lesson.model_dump_json())
            ids = build_index(
                folder / "index", lesson, embedder, lambda done, total: self._report("store", done, total)
            )
            manifest = Manifest(
                format=FORMAT,
                lesson=fingerprint_files(_list_files(folder)),
                embedder=embedder.fingerprint,
                ids=ids,
                vectors=hash_vectors(folder / "index"),
            )
            _write_durably(folder / "manifest.json", manifest.model_dump_json(indent=2))
            knowledge = self._open_generation(name)
            undo.pop_all()
        before = self.name_generation()
        _write_durably(self._lessons / "CURRENT", name)
        self._prune({name, before})
        return knowledge

    def _serve_models(self) -> tuple[Embedder, Reader]:
        if self._served is None:
            self._served = self._models.open_embedder(self._embedding_model), self._models.open_reader()
        return self._served

    def _prune(self, used: set[str]) -> None:
        """Remove the oldest generations; what was never put to use, because its writer was killed, goes first."""
        generations = [path for path in self._lessons.iterdir() if path.is_dir()]
        generations.sort(key=lambda path: (path.name in used, path.name), reverse=True)
        for old in generations[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def _list_files(folder: Path) -> list[Path]:
    """Return the files of a generation's lesson: the user's, and ours where theirs do not take its place."""
    own = folder / "own"
    return list_pages(own) if own.is_dir() else [*list_pages(FOLDER), *list_pages(folder / "added")]


def _load(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(f"{path} must be whole ({type(error).__name__})") from error


def _write_durably(path: Path, text: str) -> None:
    """Replace a file by one that is wholly on disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
