"""Description → its pieces with the signals they show, the same whatever is chatted before and after it."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.reader import Marked, Reader

SILENT = 0.1
"""Likelihood below which a piece shows no signal, not even doubtfully."""
SENTENCE = re.compile(r"\S.*?(?:(?<=[.!?…])(?=\s)|$)", re.MULTILINE)


def mark_description(text: str, reader: Reader) -> list[Marked]:
    """Return the pieces from the first to the last sentence that shows anything, read without what stands around these.

    A greeting or thanks would else tip what is doubtful.
    """
    marked = reader.mark_signals(text)
    telling = [piece for piece in marked if piece.likelihoods.max() >= SILENT]
    if not telling:
        return marked
    start, end = _find_bounds(text, telling[0].start, telling[-1].end)
    if not (text[:start].strip() or text[end:].strip()):
        return marked
    again = reader.mark_signals(text[start:end])
    return [replace(piece, start=piece.start + start, end=piece.end + start) for piece in again]


def _find_bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where the sentence begins that holds the letter at `first`, and where that ends which ends at `last`."""
    sentences = [found.span() for found in SENTENCE.finditer(text)]
    start = max((start for start, _ in sentences if start <= first), default=0)
    end = min((end for _, end in sentences if end >= last), default=len(text))
    return start, end
