from __future__ import annotations

import numpy as np
import pytest

from knowledge.reader import Marked
from retrieval.marking import mark_description
from tests.fakes import UntaughtReader


class WordReader(UntaughtReader):
    """Sees a signal in every word in capitals, and keeps what it was given to read."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def mark_signals(self, text: str) -> list[Marked]:
        self.given.append(text)
        words, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            words.append(Marked(at, at + len(word), np.array([float(word.isupper())], dtype=np.float32)))
            at += len(word)
        return words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hi all! We have LABELS. Thanks a lot.", "We have LABELS."),
        ("Hi all!\nWe have LABELS\nhm\nno GPUS here\nThanks", "We have LABELS\nhm\nno GPUS here"),
        ("We have LABELS. Hm. No GPUS. bye", "We have LABELS. Hm. No GPUS."),
    ],
)
def test_sentences_around_the_telling_ones_are_not_read_with_them(text: str, kept: str) -> None:
    reader = WordReader()
    marked = mark_description(text, reader)
    assert reader.given[-1] == kept
    assert [text[piece.start : piece.end] for piece in marked] == kept.split()


@pytest.mark.parametrize("text", ["nothing here. at all", "LABELS first. GPUS last", ""])
def test_a_text_without_such_sentences_is_read_once_as_it_stands(text: str) -> None:
    reader = WordReader()
    mark_description(text, reader)
    assert reader.given == [text]
