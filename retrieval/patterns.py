"""What words alone decide of a message, by the patterns of `routing.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from retrieval.answer import SmalltalkSort

Sign = Literal["manipulation", "suspicious", "quoted", "comparison", "anew", "supposition", "privacy"]
"""What is found anywhere in a message."""
Wish = Literal["reasons", "doubts", "next_steps", "sources", "more", "asked_why", "unanswered", "unknown"]
"""What a message says as a whole, but for a few polite words."""

PATH = Path(__file__).with_name("routing.yaml")


class Patterns(BaseModel):
    """What `routing.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manipulation: tuple[str, ...]
    suspicious: tuple[str, ...]
    quoted: tuple[str, ...]
    polite: str
    requests: dict[SmalltalkSort, tuple[str, ...]]
    comparison: tuple[str, ...]
    anew: tuple[str, ...]
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    next_steps: tuple[str, ...]
    sources: tuple[str, ...]
    more: tuple[str, ...]
    supposition: tuple[str, ...]
    asked_why: tuple[str, ...]
    unanswered: tuple[str, ...]
    unknown: tuple[str, ...]
    privacy: tuple[str, ...]
    smalltalk: dict[SmalltalkSort, str]


def shows(sign: Sign, text: str) -> bool:
    """Tell whether a sign is found anywhere in a message."""
    return bool(_compile(sign).search(_straighten(text)))


def remove(sign: Sign, text: str) -> str:
    """Return the message without a sign, wherever it is found."""
    return _compile(sign).sub(" ", text)


def remove_quoted(sign: Sign, text: str) -> str:
    """Return the message without what stands in quotation marks and shows a sign."""
    return _compile("quoted").sub(lambda found: " " if shows(sign, found[0][1:-1]) else found[0], text)


def wishes(wish: Wish, text: str) -> bool:
    """Tell whether this is what a message says as a whole."""
    return bool(_compile_wish(wish).fullmatch(_straighten(text)))


def find_request(text: str) -> SmalltalkSort | None:
    """Return what a message asks of the bot itself and of nothing else; None where it does not."""
    said = _straighten(text)
    return next((sort for sort, pattern in _compile_requests().items() if pattern.fullmatch(said)), None)


def sort_smalltalk(text: str) -> SmalltalkSort:
    """Return which kind of small talk a message is."""
    if request := find_request(text):
        return request
    if shows("privacy", text):
        return "privacy"
    sorts = _compile_smalltalk()
    return next((sort for sort, pattern in sorts.items() if pattern.search(text)), "other")


def _straighten(text: str) -> str:
    """Return the text with the apostrophes that telephones bend as the patterns have them."""
    return text.replace("’", "'")


@cache
def _load_patterns() -> Patterns:
    return Patterns.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


@cache
def _compile(sign: Sign) -> re.Pattern[str]:
    sources: tuple[str, ...] = getattr(_load_patterns(), sign)
    return re.compile(_join(sources), re.IGNORECASE | re.MULTILINE)


@cache
def _compile_wish(wish: Wish) -> re.Pattern[str]:
    return _compile_whole(getattr(_load_patterns(), wish))


@cache
def _compile_requests() -> dict[SmalltalkSort, re.Pattern[str]]:
    return {sort: _compile_whole(sources) for sort, sources in _load_patterns().requests.items()}


@cache
def _compile_smalltalk() -> dict[SmalltalkSort, re.Pattern[str]]:
    return {sort: re.compile(source, re.IGNORECASE) for sort, source in _load_patterns().smalltalk.items()}


def _compile_whole(sources: Iterable[str]) -> re.Pattern[str]:
    polite = f"(?:{_load_patterns().polite})"
    return re.compile(rf"\W*(?:{polite}\W+)*(?:{_join(sources)})(?:\W+{polite})*\W*", re.IGNORECASE)


def _join(sources: Iterable[str]) -> str:
    return "|".join(f"(?:{source})" for source in sources)
