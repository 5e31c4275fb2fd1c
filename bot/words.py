"""What the bot says in its own voice, from `words.yaml`, and how words are listed and quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).with_name("words.yaml")
LONGEST_QUOTE = 120
"""Characters of the user's own words in one line."""


@cache
def load_words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return words


def title_list(title: str, lines: Iterable[str]) -> str:
    """Return lines below their title; nothing where there are none."""
    listed = list(lines)
    return "\n".join([title, *listed]) if listed else ""


def shorten_quote(words: str) -> str:
    """Return somebody's words in one line, as many as there is room for."""
    return textwrap.shorten(words, LONGEST_QUOTE, placeholder=" …")
