"""Names and descriptions, in whichever language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.protocol import Json

from .bounds import check_among, check_length

NAME = re.compile(r"[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}")
TITLE, DESCRIPTION, CHOICE = 32, 100, 100
LOCALES: Final = frozenset(
    {
        "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu",
        "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi",
        "zh-CN", "zh-TW",
    }
)  # fmt: skip

TextRule = Callable[[str, str], Iterator[Violation]]


def check_name(name: str, path: str) -> Iterator[Violation]:
    """Check the name of a command that is typed, or of an option."""
    if not NAME.fullmatch(name) or name != name.lower():
        detail = f"{name!r} has other characters than lower-case letters, digits, '-', '_' and \"'\", or not 1 to 32"
        yield Violation(Rule.SHAPE, path, detail)


def check_title(title: str, path: str) -> Iterator[Violation]:
    """Check the name of a command in a menu."""
    return _check_text(title, TITLE, path)


def check_description(description: str, path: str) -> Iterator[Violation]:
    """Check what is said of a command or an option."""
    return _check_text(description, DESCRIPTION, path)


def check_choice(name: str, path: str) -> Iterator[Violation]:
    """Check the name of one of several values."""
    return _check_text(name, CHOICE, path)


def _check_text(text: str, most: int, path: str) -> Iterator[Violation]:
    yield from check_length(text, most, path)
    if not text.strip():
        yield Violation(Rule.SHAPE, path, "is required")


def check_localized(owner: Json, key: str, rule: TextRule, path: str) -> Iterator[Violation]:
    """Check a text and its translations, which keep the same rule."""
    yield from rule(owner.get(key) or "", f"{path}.{key}")
    translations = owner.get(f"{key}_localizations") or {}
    for locale, text in translations.items():
        yield from check_among(locale, LOCALES, f"{path}.{key}_localizations")
        yield from rule(text, f"{path}.{key}_localizations.{locale}")


def measure_text(owner: Json, key: str) -> int:
    """Return the characters of the longest translation of a text."""
    translations = (owner.get(f"{key}_localizations") or {}).values()
    return max(map(len, [owner.get(key) or "", *translations]))
