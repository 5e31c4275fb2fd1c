"""The folder of exported models: each made once, where it is missing or damaged, and then only opened."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from knowledge.embedder import Embedder, OnnxEmbedder
from knowledge.errors import ModelError
from knowledge.reader import OnnxReader, Reader, hash_tuned
from knowledge.topics import slugify

Model = TypeVar("Model")

Report = Callable[[str, int, int], None]
"""Called while building with the step, and how much of it is done, of how much."""

log = logging.getLogger(__name__)


class Models:
    """What turns texts into vectors and readings; ModelError where a model can be neither opened nor made."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report

    def open_embedder(self, name: str) -> Embedder:
        """Return a sentence-transformers model by its package, name or folder."""
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        folder = self._folder / f"{slugify(Path(name).name)}-{digest}"
        return self._open(OnnxEmbedder, folder, lambda: _export_model(name, folder), "model")

    def open_reader(self) -> Reader:
        """Return the reader that came with the bot."""
        folder = self._folder / f"reader-{hash_tuned()}"
        return self._open(OnnxReader, folder, lambda: _export_reader(folder), "reader")

    def _open(self, shape: Callable[[Path], Model], folder: Path, export: Callable[[], None], step: str) -> Model:
        try:
            return shape(folder)
        except ModelError as doubt:
            log.info("exporting a model: %s", doubt)
        self._report(step, 0, 1)
        export()
        self._report(step, 1, 1)
        return shape(folder)


def _export_model(name: str, folder: Path) -> None:
    with _tools_wanted():
        from knowledge.reference import export_model  # noqa: PLC0415 - torch is for building, never for answering
    export_model(name, folder)


def _export_reader(folder: Path) -> None:
    with _tools_wanted():
        from knowledge.reference import export_reader  # noqa: PLC0415 - as above
    export_reader(folder)


@contextmanager
def _tools_wanted() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        rule = "exporting a model takes torch and sentence-transformers"
        raise ModelError(f"{rule}, and {error.name} is not installed") from error
