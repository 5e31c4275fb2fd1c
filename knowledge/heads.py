"""Light heads: text → how likely each label is, from its vector and its words. Arrays only; fitted in `fitting.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder, Vectors
from knowledge.errors import ModelError

Likelihoods: TypeAlias = dict[str, float]

BUCKETS = 4_096
"""Dimensions that words and parts of words are hashed into."""
PARTS = (3, 4, 5)
"""Lengths of the parts of words: they are what typos leave intact."""


@dataclass(frozen=True)
class Head:
    """A linear classifier."""

    labels: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    """Shape (labels, dimension of the embedding + BUCKETS)."""
    bias: npt.NDArray[np.float32]

    def judge(self, features: Vectors) -> list[Likelihoods]:
        """Return for each row of features how likely each label is, summing to 1."""
        scores = features @ self.weights.T + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = scores / scores.sum(axis=1, keepdims=True)
        return [dict(zip(self.labels, map(float, row), strict=True)) for row in shares]


@dataclass(frozen=True)
class Heads:
    """What is learnt on top of an embedding model."""

    kind: Head
    """question, project, or the kinds of message outside what we cover."""
    topic: Head
    method: Head
    signal: Head
    """`need:leaning` of a statement, or chatter."""


def describe_texts(texts: Sequence[str], embedder: Embedder) -> Vectors:
    """Return features of shape (len(texts), dimension + BUCKETS): the vector, then hashed words and parts of words."""
    return np.hstack([embedder.embed(texts), np.array([hash_words(text) for text in texts])])


def hash_words(text: str) -> Vectors:
    """Return counts of words, pairs of words and parts of words as a unit vector of length BUCKETS."""
    counts = Counter(crc32(part.encode()) % BUCKETS for part in _list_parts(text))
    vector = np.zeros(BUCKETS, dtype=np.float32)
    for bucket, count in counts.items():
        vector[bucket] = 1 + np.log(count)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _list_parts(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    padded = [f"<{word}>" for word in words]
    parts = [word[at : at + size] for word in padded for size in PARTS for at in range(len(word) - size + 1)]
    return [*words, *pairs, *parts]


def save_heads(heads: Heads, path: Path, fingerprint: str) -> None:
    """Write the heads as arrays, with what tells them from heads fitted to other data or another model."""
    arrays: dict[str, Any] = {"fingerprint": np.array(fingerprint)}
    for name, head in vars(heads).items():
        arrays |= {f"{name}.labels": np.array(head.labels), f"{name}.weights": head.weights, f"{name}.bias": head.bias}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_heads(path: Path, fingerprint: str) -> Heads:
    """Return the heads of a file; ModelError where they are missing, damaged or fitted to something else."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if str(arrays["fingerprint"]) != fingerprint:
                raise ModelError(f"{path} must be fitted to the present data and model; run `python -m bot ingest`")
            return Heads(**{name: _load_head(arrays, name) for name in Heads.__dataclass_fields__})
    except (OSError, KeyError, ValueError, EOFError, NotImplementedError, BadZipFile) as error:
        raise ModelError(f"{path} must hold fitted heads; run `python -m bot ingest`") from error


def _load_head(arrays: Any, name: str) -> Head:  # noqa: ANN401 - numpy's archive has no public type
    labels = tuple(str(label) for label in arrays[f"{name}.labels"])
    return Head(labels, arrays[f"{name}.weights"], arrays[f"{name}.bias"])
