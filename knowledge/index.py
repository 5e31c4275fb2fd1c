"""The vector index of one lesson: passages and how people ask for them, in an embedded Chroma collection."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge.embedder import Embedder, Vectors, hash_file
from knowledge.errors import StoreError
from knowledge.lesson import Lesson

COLLECTION = "lesson"
BATCH = 128
PROBES = 8
"""Records that are asked for by their own vector before an index is trusted."""
SAME = 1e-3
"""Cosine distance below which two vectors are the same text's."""

GRAPH: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 48, "ef_construction": 200, "ef_search": 200}
"""Denser than Chroma's default, with which a text unlike all others is now and then out of reach."""
LOADED = "index_metadata.pickle"
"""Stands beside vectors that are read from their files; those of a small index lie in the database."""

Progress = Callable[[int, int], None]
"""Called with the number of records made so far, and in all."""


@dataclass(frozen=True)
class Record:
    """A text that leads to a passage: its own, or one of the ways it is asked for."""

    id: str
    passage: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A passage that was found, and by which text."""

    passage: str
    similarity: float
    """Cosine, 1 at most."""
    asked_as: bool
    """Whether it was found by a way of asking rather than by its own text."""


class PassageIndex:
    """An index opened for searching; StoreError where it is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            self._client = _open_client(folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        # Chroma raises AttributeError where a damaged folder is opened for the second time.
        except (ChromaError, sqlite3.Error, OSError, ValueError, KeyError, AttributeError) as error:
            raise StoreError(
                f"{folder} must hold an index that can be opened ({error}); run `python -m bot ingest`"
            ) from error

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """Return the passages nearest to a vector of shape (dimension,), each once, nearest first."""
        try:
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=limit, include=["metadatas", "distances"]
            )
        except (ChromaError, sqlite3.Error, ValueError) as error:
            raise StoreError(f"the index could not be searched ({error})") from error
        metadatas = (found["metadatas"] or [[]])[0]
        distances = (found["distances"] or [[]])[0]
        hits: dict[str, Hit] = {}
        for metadata, distance in zip(metadatas, distances, strict=True):
            passage = str(metadata["passage"])
            hits.setdefault(passage, Hit(passage, 1 - float(distance), bool(metadata["asked_as"])))
        return list(hits.values())

    def check(self, ids: str) -> None:
        """Raise StoreError unless exactly the records with this digest are there and can be found by their vectors."""
        try:
            stored = self._collection.get(include=[])["ids"]
            if digest_ids(stored) != ids:
                raise StoreError("the index must hold the lesson's records, no more and no less")
            self._probe(stored)
        except (ChromaError, sqlite3.Error, ValueError) as error:
            raise StoreError(f"the index could not be read ({error})") from error

    def close(self) -> None:
        self._client.close()

    def _probe(self, ids: list[str]) -> None:
        probes = ids[:: max(1, len(ids) // PROBES)]
        vectors = np.array(self._collection.get(ids=probes, include=["embeddings"])["embeddings"], dtype=np.float32)
        found = self._collection.query(query_embeddings=vectors, n_results=1, include=["distances"])["distances"] or []
        if len(vectors) != len(probes) or any(not row or abs(row[0]) > SAME for row in found):
            raise StoreError("each record of the index must be found by its own vector")


def build_index(folder: Path, lesson: Lesson, embedder: Embedder, progress: Progress) -> str:
    """Write a new index to an empty folder and return the digest of its ids."""
    records = list(list_records(lesson))
    client = _open_client(folder)
    try:
        collection = client.create_collection(COLLECTION, configuration={"hnsw": GRAPH}, embedding_function=None)
        for start in range(0, len(records), BATCH):
            _add_records(collection, records[start : start + BATCH], embedder)
            progress(min(start + BATCH, len(records)), len(records))
    except (ChromaError, sqlite3.Error, OSError) as error:
        raise StoreError(f"the index could not be written to {folder} ({error})") from error
    finally:
        client.close()
    return digest_ids([record.id for record in records])


def list_records(lesson: Lesson) -> Iterator[Record]:
    """Yield what leads to each passage: first its heading and text, then each way of asking."""
    for passage in lesson.passages:
        yield Record(passage.id, passage.id, f"{passage.heading}. {passage.text}")
        for number, text in enumerate(dict.fromkeys(passage.asked_as), 1):
            yield Record(f"{passage.id}#{number}", passage.id, text)


def digest_ids(ids: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def hash_vectors(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of vectors.

    Damage in them ends the process instead of raising, so they are checked before the index is opened. The SQLite file
    changes at every opening; damage in it raises. The files of a small index change with every search and are not read.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and (path.parent / LOADED).is_file())
    return {path.relative_to(folder).as_posix(): hash_file(path) for path in files}


def _open_client(folder: Path) -> Client:
    client = chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # its declared type has no `close`


def _add_records(collection: Collection, records: list[Record], embedder: Embedder) -> None:
    collection.add(
        ids=[record.id for record in records],
        embeddings=embedder.embed([record.text for record in records]),
        metadatas=[{"passage": record.passage, "asked_as": record.id != record.passage} for record in records],
    )
