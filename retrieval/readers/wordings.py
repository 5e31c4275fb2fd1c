"""How people state quantities, from `quantities.yaml`; each reader declares the group of patterns it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

PATH = Path(__file__).parents[1] / "quantities.yaml"
REACH = 80
"""Characters before a number that are looked at."""

Words = Annotated[tuple[str, ...], BeforeValidator(lambda listed: listed.split(", "))]
"""Patterns of words, with commas between them."""
Value = TypeVar("Value")
Shape = TypeVar("Shape", bound="Wordings")


class Wordings(BaseModel):
    """One group of the file; what each pattern is for is said there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def load_wordings(group: str, shape: type[Shape]) -> Shape:
    return shape.model_validate(_load_file()[group])


def compile_words(source: str) -> re.Pattern[str]:
    """Compile a pattern of words, in which a space stands for any space or hyphen."""
    return re.compile(_spread_spaces(source), re.IGNORECASE)


def compile_before(source: str) -> re.Pattern[str]:
    """Compile a pattern of words that end where something else begins."""
    return compile_words(rf"(?:{source})\Z")


def match_any(*lists: Iterable[str]) -> str:
    """Return a pattern for any of several words, the longest first."""
    words = sorted((word for words in lists for word in words), key=len, reverse=True)
    return "(?:" + "|".join(map(_spread_spaces, words)) + ")"


def find_value(values: Mapping[Value, Iterable[str]], word: str) -> Value:
    """Return the value under which a word is listed; KeyError where it is not."""
    for value, words in values.items():
        if compile_words(match_any(words)).fullmatch(word):
            return value
    raise KeyError(word)


def look_behind(text: str, start: int) -> str:
    return text[max(0, start - REACH) : start]


@cache
def _load_file() -> dict[str, Any]:
    groups: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return groups


@cache
def _spread_spaces(source: str) -> str:
    return source.replace(" ?", r"[\s-]?").replace(" ", r"[\s-]+")
