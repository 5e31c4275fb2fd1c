"""Plain text, as it is copied from a web page → Markdown, so that there is one way to read a lesson.

Nothing is reworded: lines are joined, headings marked and tables set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.topics import slugify

LONGEST_HEADING = 80
SMALL_WORD = 3
"""Letters of a word that need not be capitalised in a heading."""
BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+\S")
LONE_BULLET = re.compile(r"^(|[^|]*\s)[-*•]$")
RULE = re.compile(r"^[\s|:-]*-{3}[\s|:-]*$")


def mark_up(text: str) -> str:
    """Return plain text as Markdown with headings, lists and tables."""
    lines = _join_lines([line.strip() for line in text.splitlines()])
    return "\n".join(_mark_blocks(lines)) + "\n"


def _join_lines(lines: list[str]) -> list[str]:
    """Put a line that goes on in the next one together with it; a lone bullet belongs to what follows."""
    joined: list[str] = []
    for line in lines:
        if joined and (bullet := LONE_BULLET.match(joined[-1])) and line and not RULE.match(joined[-1]):
            joined[-1:] = [*filter(None, [bullet[1].strip()]), f"- {line}"]
        elif joined and _goes_on(joined[-1], line):
            space = "" if re.match(r"[.,;:!?)]", line) else " "
            joined[-1] += space + line
        else:
            joined.append(line)
    return joined


def _goes_on(previous: str, line: str) -> bool:
    if not previous or not line or "|" in previous + line or BULLET.match(line):
        return False
    return bool(re.match(r"[a-z.,;:!?)]", line)) and not previous.endswith((".", "!", "?", ":"))


def _mark_blocks(lines: list[str]) -> Iterator[str]:
    parent: set[str] = set()
    previous = ""
    for place, line in enumerate(lines):
        kind = _kind(line)
        if kind != _kind(previous) or kind in ("text", "blank"):
            yield ""
        if kind == "text" and _is_heading(line, lines[place + 1 :]):
            words = set(slugify(line).split("-"))
            nested = bool(parent) and words < parent
            parent = parent if nested else words
            yield f"{'###' if nested else '##'} {line}"
        else:
            yield line
        previous = line


def _kind(line: str) -> str:
    if not line:
        return "blank"
    if "|" in line:
        return "table"
    return "bullet" if BULLET.match(line) else "text"


def _is_heading(line: str, after: list[str]) -> bool:
    """Tell a heading: short, capitalised, without a full stop, and something comes below it."""
    follows = next(filter(None, after), "")
    if len(line) > LONGEST_HEADING or line.endswith((".", ",", ";", ":", "!")) or not follows:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > SMALL_WORD or word.isupper()]
    capitals = sum(word[0].isupper() for word in words)
    return bool(words) and line[0].isupper() and capitals * 2 > len(words)
