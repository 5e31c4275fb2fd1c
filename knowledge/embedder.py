"""Text → vector, on ONNX Runtime: the same weights as the sentence-transformers reference, without torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime
from cachetools import LRUCache
from pydantic import BaseModel, ConfigDict, ValidationError
from tokenizers import Tokenizer

from knowledge.errors import ModelError

Vectors: TypeAlias = npt.NDArray[np.float32]

BATCH = 32
CACHED_TEXTS = 16_384


class Embedder(Protocol):
    """Turns texts into unit vectors; safe to call from several threads."""

    @property
    def fingerprint(self) -> str:
        """What tells this model's vectors from those of any other."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimension), each row of length 1."""


class ModelCard(BaseModel):
    """What an exported model's folder holds, and the SHA-256 of each file."""

    model_config = ConfigDict(frozen=True)

    name: str
    files: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """What tells this model's vectors from those of any other."""
        return hashlib.sha256("".join(sorted(self.files.values())).encode()).hexdigest()[:16]


class OnnxEmbedder:
    """An exported model, loaded from its folder; ModelError where a file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        card = read_card(folder)
        self._fingerprint = card.fingerprint
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._session = open_session(folder / "model.onnx")
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        # Neither the tokenizer ("Already borrowed") nor two sessions on two cores gain from concurrent calls.
        self._lock = Lock()
        self._cache: LRUCache[str, Vectors] = LRUCache(CACHED_TEXTS)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def embed(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            missing = sorted({text for text in texts if text not in self._cache}, key=len)
            fresh: dict[str, Vectors] = {}
            for start in range(0, len(missing), BATCH):
                batch = missing[start : start + BATCH]
                fresh |= zip(batch, self._run(batch), strict=True)
            vectors = [fresh[text] if text in fresh else self._cache[text] for text in texts]
            self._cache.update(fresh)
        return np.array(vectors, dtype=np.float32)

    def _run(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        fields = {
            "input_ids": [entry.ids for entry in encoded],
            "attention_mask": [entry.attention_mask for entry in encoded],
        }
        feed = {name: np.array(rows, dtype=np.int64) for name, rows in fields.items() if name in self._inputs}
        (vectors,) = self._session.run(None, feed)
        return normalize_rows(np.asarray(vectors, dtype=np.float32))


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open an exported graph; its threads do not spin while they wait, for others need the processor meanwhile."""
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def normalize_rows(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def read_card(folder: Path) -> ModelCard:
    """Return the card of an exported model, its files checked; ModelError where they are not those named."""
    try:
        card = ModelCard.model_validate_json((folder / "card.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"{folder} must hold an exported embedding model; run `python -m bot ingest`") from error
    for name, expected in card.files.items():
        check_file(folder / name, expected)
    return card


def check_file(path: Path, expected: str) -> None:
    """Raise ModelError unless the file's SHA-256 is the one expected."""
    found = hash_file(path) if path.is_file() else "missing"
    if found != expected:
        raise ModelError(f"{path} must have the SHA-256 {expected}, not {found}; install the package again")


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
