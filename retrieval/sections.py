"""Passages → the sections they were cut from: a long section is there in parts, and may be there again by method."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.lesson import Lesson, Passage
from knowledge.pages import Kind


def list_sections(lesson: Lesson, kind: Kind) -> list[Passage]:
    """Return the sections of a kind, each as one passage with the whole text."""
    return join_parts(passage for passage in lesson.passages if passage.kind == kind)


def join_parts(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages put together where they stand below the same heading of a page; the first gives the id."""
    parts: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        parts.setdefault((passage.id.partition("/")[0], passage.heading), []).append(passage)
    return [_join(drop_repeats(found)) for found in parts.values()]


def drop_repeats(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages without those whose every block stands in one before."""
    kept: list[Passage] = []
    for passage in passages:
        blocks = [block.strip() for block in passage.text.split("\n\n")]
        if not any(all(block in before.text for block in blocks) for before in kept):
            kept.append(passage)
    return kept


def _join(parts: list[Passage]) -> Passage:
    return parts[0].model_copy(update={"text": "\n\n".join(part.text for part in parts)}) if parts[1:] else parts[0]
