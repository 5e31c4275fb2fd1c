"""What a chat model wrote → statements, each with the numbers of the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MARK = re.compile(r"\s*\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
"""Passages cited, as `[1]` or `[1, 2]`."""
END = re.compile(r"(?<=[.!?])(?:[\"'”’)]*)(?P<marks>(?:\s*\[[\d\s,]+\])*)[.]?(?=\s|\Z)|\n+")
"""Where a statement ends: at a full stop and what is cited after it, or with its line."""
UNFINISHED = re.compile(r"\s*\[[\d\s,]*\Z")
"""A citation of which more is to come."""


@dataclass(frozen=True)
class Statement:
    """A sentence, and what it cites."""

    text: str
    cited: tuple[int, ...]
    """Numbers of passages, from 1, in their order."""


def split_draft(draft: str) -> list[Statement]:
    """Return the statements of a draft."""
    pieces, start = [], 0
    for end in END.finditer(draft):
        pieces.append(draft[start : end.end()])
        start = end.end()
    return [read_statement(piece) for piece in (*pieces, draft[start:]) if piece.strip()]


def take_whole(draft: str) -> list[Statement]:
    """Return the statements of a draft that can be seen to be whole: those that something follows."""
    return split_draft(UNFINISHED.sub("", draft))[:-1]


def read_statement(text: str) -> Statement:
    numbers = [int(number) for mark in MARK.finditer(text) for number in mark[1].split(",")]
    return Statement(" ".join(MARK.sub("", text).split()), tuple(dict.fromkeys(numbers)))


def number_statements(statements: Sequence[Statement]) -> tuple[str, tuple[int, ...]]:
    """Return statements as one text that cites by numbers in the order of their use, and what these stand for."""
    cited = tuple(dict.fromkeys(number for statement in statements for number in statement.cited))
    numbers = {passage: number for number, passage in enumerate(cited, 1)}
    marked = (f"{each.text} {''.join(f'[{numbers[one]}]' for one in each.cited)}" for each in statements)
    return " ".join(marked), cited
