"""Where what we know lives on disk: exported models, and lessons in generations of which one is in use.

    models/NAME/                 an embedding model as ONNX, and the heads fitted on top of it
    lessons/CURRENT              the name of the generation in use
    lessons/GENERATION/own/      the user's pages, instead of ours …
    lessons/GENERATION/added/    … or beside ours; without either the lesson is ours
    lessons/GENERATION/          lesson.json, index/ and manifest.json: made from the pages, made again on any doubt

A generation is built aside and becomes the one in use by replacing one small file, so that whoever reads sees wholly
the old lesson or wholly the new one, whenever the writer is killed.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.embedder import Embedder, OnnxEmbedder
from knowledge.errors import KnowledgeError, ModelError, StoreError
from knowledge.heads import Heads, load_heads, save_heads
from knowledge.index import PassageIndex, build_index, hash_vectors
from knowledge.intake import collect_pages, copy_pages, fingerprint_files
from knowledge.lesson import FOLDER, Lesson, list_pages, load_lesson, read_lesson
from knowledge.signals import list_signals
from knowledge.topics import slugify

Shape = TypeVar("Shape", bound=BaseModel)

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).with_name("heads.npz")
"""Heads for the default model, so that a first start need not fit them; `make heads` renews them."""
FORMAT = 2
"""Counts up when older generations can no longer be read."""
KEPT = 2
"""Generations kept: the one in use, and the one before for whoever still reads it."""

Report = Callable[[str, int, int], None]
"""Called while building with the step, and how much of it is done, of how much."""


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
    embedder: Embedder
    heads: Heads


class Store:
    """The folder of one installation, for one embedding model."""

    def __init__(self, folder: Path, *, models: Path, embedding_model: str, report: Report) -> None:
        self._lessons = folder / "lessons"
        self._model = models / _name_model(embedding_model)
        self._embedding_model = embedding_model
        self._report = report
        self._served: tuple[Embedder, Heads] | None = None

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
        embedder, heads = self._serve_model()
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
        return Knowledge(name, lesson, index, embedder, heads)

    def _build(self, pages: tuple[str, dict[str, Path]]) -> Knowledge:
        place, files = pages
        embedder, _ = self._serve_model()
        name = f"{time.time_ns():x}"
        folder = self._lessons / name
        try:
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
        except (KnowledgeError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _write_durably(self._lessons / "CURRENT", name)
        self._prune(name)
        return knowledge

    def _serve_model(self) -> tuple[Embedder, Heads]:
        if self._served is None:
            embedder = self._open_embedder()
            self._served = embedder, self._open_heads(embedder)
        return self._served

    def _open_embedder(self) -> Embedder:
        try:
            return OnnxEmbedder(self._model)
        except ModelError as doubt:
            log.info("exporting the embedding model: %s", doubt)
        self._report("model", 0, 1)
        self._export_model()
        self._report("model", 1, 1)
        return OnnxEmbedder(self._model)

    def _export_model(self) -> None:
        try:
            from knowledge.reference import export_model  # noqa: PLC0415 - torch is for building, never for answering
        except ModuleNotFoundError as error:
            rule = "exporting an embedding model takes torch and sentence-transformers"
            raise ModelError(f"{rule}, and {error.name} is not installed") from error
        export_model(self._embedding_model, self._model)

    def _open_heads(self, embedder: Embedder) -> Heads:
        path = self._model / "heads.npz"
        fingerprint = fingerprint_heads(embedder)
        for ready in (SHIPPED, path):
            try:
                return load_heads(ready, fingerprint)
            except ModelError as doubt:
                log.info("fitting the heads: %s", doubt)
        self._report("heads", 0, 1)
        save_heads(self._fit_heads(embedder), path, fingerprint)
        self._report("heads", 1, 1)
        return load_heads(path, fingerprint)

    def _fit_heads(self, embedder: Embedder) -> Heads:
        try:
            from knowledge.fitting import fit_heads  # noqa: PLC0415 - scikit-learn is for building, never for answering
        except ModuleNotFoundError as error:
            rule = "fitting the heads takes scikit-learn"
            raise ModelError(f"{rule}, and {error.name} is not installed") from error
        return fit_heads(load_lesson(), embedder)

    def _prune(self, name: str) -> None:
        generations = sorted((path for path in self._lessons.iterdir() if path.is_dir()), reverse=True)
        for old in [path for path in generations if path.name != name][KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


def fingerprint_heads(embedder: Embedder) -> str:
    """Return what tells heads fitted to the present sentences and this model from any others."""
    return f"{fingerprint_files([*list_pages(FOLDER), *list_signals()])}-{embedder.fingerprint}"


def _list_files(folder: Path) -> list[Path]:
    """Return the files of a generation's lesson: the user's, and ours where theirs do not take its place."""
    own = folder / "own"
    return list_pages(own) if own.is_dir() else [*list_pages(FOLDER), *list_pages(folder / "added")]


def _name_model(embedding_model: str) -> str:
    digest = hashlib.sha256(embedding_model.encode()).hexdigest()[:8]
    return f"{slugify(Path(embedding_model).name)}-{digest}"


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
