"""What the bot says in its own voice, from the files beside this one, and how words are listed and quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
ENGLISH = "en"
LONGEST_QUOTE = 120
"""Characters of the user's own words in one line."""


def list_languages() -> tuple[str, ...]:
    """Return the languages there are words in, as Discord calls them; English first."""
    return (ENGLISH, *sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.yaml"))))


@cache
def load_words(language: str = ENGLISH) -> dict[str, Any]:
    """Return every word in a language; in English where the language, or a word of it, is not there."""
    words = _read_folder(FOLDER)
    return words if language == ENGLISH else _overlay(words, _read_folder(FOLDER / language))


def title_list(title: str, lines: Iterable[str]) -> str:
    """Return lines below their title; nothing where there are none."""
    listed = list(lines)
    return "\n".join([title, *listed]) if listed else ""


def shorten_quote(words: str) -> str:
    """Return somebody's words in one line, as many as there is room for."""
    line = " ".join(words.split())
    short = textwrap.shorten(line, LONGEST_QUOTE, placeholder=" …")
    # A word that is longer than all the room there is has to be cut.
    return f"{line[: LONGEST_QUOTE - 1]}…" if short == "…" else short


def _read_folder(folder: Path) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        words |= yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return words


def _overlay(words: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return words with others in their places, at any depth."""
    return {
        key: _overlay(value, others[key])
        if isinstance(value, Mapping) and isinstance(others.get(key), Mapping)
        else others.get(key, value)
        for key, value in words.items()
    }
