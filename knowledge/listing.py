"""A list says the same in any order, so it is read in one."""

from __future__ import annotations

import re

BULLET = re.compile(r"^[ \t]*(?:[-*•–·+]|\d{1,2}[.)]|[a-z][.)])[ \t]+(?=\S)", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")
SEPARATORS = (re.compile(r";\s+"), re.compile(r",\s+"))
FEWEST_LINES, FEWEST_PARTS = 2, 4
LONGEST_ITEM = 12
"""Words of a line, or of a part between separators, that may be an item without a bullet."""


def order_items(text: str) -> str:
    """Return the text with the items of each list as lines in alphabetical order, whatever order they came in.

    Items are lines with a bullet or a number, short lines where the text has no others, or short parts between
    semicolons or commas where the text is one sentence of at least four. Each item stays word for word.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return "\n".join(_sort_items(_split_line(text)))
    if not any(map(BULLET.match, lines)) and all(map(_is_short, lines)):
        return "\n".join(_sort_items(lines))
    return "\n".join(_sort_blocks(lines))


def _split_line(line: str) -> list[str]:
    if not SENTENCE_END.search(line):
        for separator in SEPARATORS:
            parts = separator.split(line.strip())
            if len(parts) >= FEWEST_PARTS and all(map(_is_short, parts)):
                return parts
    return [line]


def _sort_blocks(lines: list[str]) -> list[str]:
    """Sort each run of lines with bullets; the others stay where they are."""
    ordered: list[str] = []
    run: list[str] = []
    for line in lines:
        if BULLET.match(line):
            run.append(BULLET.sub("", line))
        else:
            ordered += [*_sort_items(run), line]
            run = []
    return ordered + _sort_items(run)


def _sort_items(items: list[str]) -> list[str]:
    if len(items) < FEWEST_LINES:
        return items
    return [f"- {item}" for item in sorted((item.strip() for item in items), key=str.casefold)]


def _is_short(item: str) -> bool:
    return len(item.split()) <= LONGEST_ITEM
