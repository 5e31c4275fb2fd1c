"""How often: "a day", "/mo", "per week", "daily"."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.readers.wordings import (
    Wordings,
    Words,
    compile_before,
    compile_words,
    find_value,
    load_wordings,
    look_behind,
    match_any,
)

DAY = 86_400
MONTH = 30 * DAY
YEAR = 365 * DAY
"""Seconds."""


class PeriodWordings(Wordings):
    """Words by the seconds they stand for."""

    units: dict[int, Words]
    adverbs: dict[int, Words]


WORDS = load_wordings("periods", PeriodWordings)
UNIT = rf"(?P<unit>{match_any(*WORDS.units.values())})(?!\w)"
_ADVERB = rf"(?P<adverb>{match_any(*WORDS.adverbs.values())})(?!\w)"
_RATE = rf"(?:\s*/\s*|\s*\b(?:per|an?|each|every)\s+){UNIT}(?!\s+(?:ago|later|earlier|after|before)\b)"
ADVERB = compile_words(rf"\b{_ADVERB}")
AFTER = compile_words(rf"{_RATE}|[\s,(]*{_ADVERB}")
BEFORE = compile_before(rf"(?:\b(?:per|each|every)\s+{UNIT}|\b{_ADVERB})[^.!?;,\n0-9]{{0,25}}")


@dataclass(frozen=True)
class Rate:
    """How often, in words that have an end."""

    seconds: int
    """From one time to the next."""
    start: int
    end: int


def read_rate(text: str, position: int) -> Rate | None:
    """Return the rate that stands right at a position."""
    found = AFTER.match(text, position)
    return Rate(_find_seconds(found["unit"], found["adverb"]), *found.span()) if found else None


def read_rate_before(text: str, position: int) -> Rate | None:
    """Return the rate that stands a few words before a position."""
    behind = look_behind(text, position)
    found = BEFORE.search(behind)
    if found is None:
        return None
    offset = position - len(behind)
    return Rate(_find_seconds(found["unit"], found["adverb"]), offset + found.start(), offset + found.end())


def read_rate_within(text: str, start: int, end: int) -> Rate | None:
    """Return the rate that an adverb between two positions names: "20M daily calls"."""
    found = ADVERB.search(text, start, end)
    return Rate(_find_seconds(None, found["adverb"]), start, end) if found else None


def _find_seconds(unit: str | None, adverb: str | None) -> int:
    return find_value(WORDS.units, unit) if unit else find_value(WORDS.adverbs, adverb or "")
