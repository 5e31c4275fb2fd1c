"""Text → what it says, by a small encoder tuned on our own sentences: what messages ask, and what descriptions show.

The encoder is MiniLM with the layers that lie in `tuned/`; they are trained by `knowledge/training/`, put in place and
exported once by `knowledge/reference.py`. What is asked, and all that is said once a project is talked about, is read
by layers trained further on messages and nothing else: what "and the other one?" asks about takes more learning than
all the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache
from onnxruntime import InferenceSession
from pydantic import BaseModel, ConfigDict
from tokenizers import Encoding, Tokenizer

from knowledge.comparison import OPPOSITE
from knowledge.context import NEW, Context
from knowledge.embedder import hash_file, open_session, read_card

Likelihoods: TypeAlias = dict[str, float]
Scores: TypeAlias = npt.NDArray[np.float32]

TUNED = Path(__file__).with_name("tuned")
"""The trained layers and heads, and the labels the heads tell apart."""
WEIGHTS, QUESTION_WEIGHTS = "weights.safetensors", "questions.safetensors"
GRAPH, QUESTION_GRAPH = "model.onnx", "questions.onnx"
LONGEST = 256
"""Tokens that are read at once; a longer text is read in windows."""
OVERLAP = 64
"""Tokens that neighbouring windows share."""
CACHED_MESSAGES = 4_096
HALF, OF_PROJECTS = 1 / 2, 2 / 3
"""What the layers trained further on messages count in a mean with the others, and where a project is talked about."""

SAME, OTHER = "same", "other"
"""Labels for what was talked about before, and for the other method."""


class Labels(BaseModel):
    """What the heads tell apart, each in the order of its head's outputs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signals: tuple[str, ...]
    """`need:leaning`; any number of them may hold of a piece of text."""
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    """Those it may name or hint at, and the same as before."""
    methods: tuple[str, ...]
    """Those it may name or hint at, and the same as before or the other one."""
    openings: tuple[str, ...]

    @property
    def choices(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each head that reads whole messages; of each one holds."""
        return self.kinds, self.topics, self.methods, self.openings


@dataclass(frozen=True)
class Judgement:
    """How likely each label is of a whole message; each sums to 1."""

    kind: Likelihoods
    topic: Likelihoods
    method: Likelihoods
    opening: Likelihoods
    """How an honest answer begins."""


@dataclass(frozen=True)
class Marked:
    """A piece of a text (a word or a part of one) and how likely each signal shows in it."""

    start: int
    end: int
    likelihoods: Scores
    """Shape (signals,)."""


class Reader(Protocol):
    """Reads messages and descriptions; safe to call from several threads."""

    @property
    def labels(self) -> Labels:
        """What it tells apart."""

    @property
    def words(self) -> frozenset[str]:
        """The lower-case words of its language that it knows as a whole."""

    def judge_message(self, text: str, context: Context = NEW) -> Judgement:
        """Return what kind of message it is and what it asks about, given what came before."""

    def mark_signals(self, text: str) -> list[Marked]:
        """Return the pieces of a description in their order, each with the signals that show in it."""


class OnnxReader:
    """An exported reader, loaded from its folder; ModelError where a file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        read_card(folder)
        self._labels = Labels.model_validate_json((folder / "labels.json").read_bytes())
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST, stride=OVERLAP)
        self._words = frozenset(filter(str.isalpha, self._tokenizer.get_vocab()))
        self._session = open_session(folder / GRAPH)
        self._question_session = open_session(folder / QUESTION_GRAPH)
        # As for the embedder: neither the tokenizer nor a session gains from concurrent calls.
        self._lock = Lock()
        self._judged: LRUCache[tuple[Context, str], Judgement] = LRUCache(CACHED_MESSAGES)

    @property
    def labels(self) -> Labels:
        return self._labels

    @property
    def words(self) -> frozenset[str]:
        return self._words

    def judge_message(self, text: str, context: Context = NEW) -> Judgement:
        with self._lock:
            known = self._judged.get((context, text))
            if known is None:
                known = self._judged[context, text] = resolve_references(self._judge(text, context), context)
            return known

    def mark_signals(self, text: str) -> list[Marked]:
        with self._lock:
            first = self._tokenizer.encode(text)
            windows = [(window, _run(self._session, window)[0]) for window in (first, *first.overflowing)]
        return merge_windows([window.offsets for window, _ in windows], [scores for _, scores in windows])

    def _judge(self, text: str, context: Context) -> Judgement:
        """Return the judgement, which is mostly what the layers trained further on messages say.

        Those trained on everything have a say in the method where nothing was answered, and in the kind of message: all
        of it there, the half after an answer, a third once a project is talked about, of which they know nothing.
        """
        asked = self._choose(self._question_session, text, context.recalled)
        judgement = self._choose(self._session, text, NEW if context.project else context)
        if not context.topic:
            return replace(asked, kind=judgement.kind, method=mix_likelihoods(asked.method, judgement.method, HALF))
        share = OF_PROJECTS if context.project else HALF
        return replace(asked, kind=mix_likelihoods(asked.kind, judgement.kind, share))

    def _choose(self, session: InferenceSession, text: str, context: Context) -> Judgement:
        scores = _run(session, self._tokenizer.encode(context.words, text))[1]
        return Judgement(*split_choices(scores, self._labels))


def hash_tuned() -> str:
    """Return what tells the trained layers from any others."""
    both = hash_file(TUNED / WEIGHTS) + hash_file(TUNED / QUESTION_WEIGHTS)
    return hashlib.sha256(both.encode()).hexdigest()[:16]


def _run(session: InferenceSession, encoded: Encoding) -> tuple[Scores, Scores]:
    """Return scores of signals, shape (tokens, signals), and of the choices, shape (all choices' labels,)."""
    fields = {
        "input_ids": encoded.ids,
        "attention_mask": encoded.attention_mask,
        "token_type_ids": encoded.type_ids,
    }
    signals, choices = session.run(None, {name: np.array([row], dtype=np.int64) for name, row in fields.items()})
    return np.asarray(signals[0]), np.asarray(choices[0])


def split_choices(scores: Scores, labels: Labels) -> list[Likelihoods]:
    """Return the likelihoods of each head that reads whole messages, from all of their scores in a row."""
    ends = np.cumsum([len(choice) for choice in labels.choices])[:-1]
    parts = zip(labels.choices, np.split(scores, ends), strict=True)
    return [dict(zip(choice, map(float, _soften(part)), strict=True)) for choice, part in parts]


def mix_likelihoods(one: Likelihoods, other: Likelihoods, share: float) -> Likelihoods:
    """Return how likely each label is by two readings of the same labels, of which the first counts this share."""
    return {label: share * likelihood + (1 - share) * other[label] for label, likelihood in one.items()}


def resolve_references(judgement: Judgement, context: Context) -> Judgement:
    """Return the judgement with the topics and methods that are meant, where it says `same` or `other`."""
    method = context.method
    topic = _give_shares(judgement.topic, {SAME: context.topic})
    meant = _give_shares(judgement.method, {SAME: method, OTHER: OPPOSITE[method] if method else None})
    return replace(judgement, topic=topic, method=meant)


def _give_shares(likelihoods: Likelihoods, referents: dict[str, str | None]) -> Likelihoods:
    """Return likelihoods in which what a label refers to has its share, too; all have, where it refers to nothing."""
    meant = {label: likelihood for label, likelihood in likelihoods.items() if label not in referents}
    for label, referent in referents.items():
        if referent is not None:
            meant[referent] = meant.get(referent, 0.0) + likelihoods[label]
    total = sum(meant.values())
    return {label: likelihood / total for label, likelihood in meant.items()}


def merge_windows(offsets: Sequence[Sequence[tuple[int, int]]], scores: Sequence[Scores]) -> list[Marked]:
    """Return the pieces of all windows in their order; what two windows read counts as it was read more surely."""
    merged: dict[tuple[int, int], Scores] = {}
    for window, rows in zip(offsets, scores, strict=True):
        likelihoods = 1 / (1 + np.exp(-rows))
        for (start, end), row in zip(window, likelihoods, strict=True):
            if end > start:
                merged[start, end] = np.maximum(merged.get((start, end), 0.0), row)
    return [Marked(start, end, row) for (start, end), row in sorted(merged.items(), key=lambda entry: entry[0])]


def _soften(scores: Scores) -> Scores:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum())
