"""What every check is made of: something is too long, too many, missing, or of the wrong kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.protocol import Json

Lengths = Mapping[str, int]
Ranges = Mapping[str, tuple[int, int]]


def check_length(text: object, most: int, path: str) -> Iterator[Violation]:
    """Check that a text has at most so many characters."""
    if isinstance(text, str) and len(text) > most:
        yield Violation(Rule.LENGTH, path, f"{len(text)} characters, at most {most}")


def check_lengths(owner: Json, limits: Lengths, path: str) -> Iterator[Violation]:
    """Check each text that an object may have."""
    return chain.from_iterable(check_length(owner.get(key), most, f"{path}.{key}") for key, most in limits.items())


def check_count(parts: Sequence[object], fewest: int, most: int, path: str) -> Iterator[Violation]:
    """Check how many parts there are."""
    if not fewest <= len(parts) <= most:
        yield Violation(Rule.COUNT, path, f"{len(parts)} parts, between {fewest} and {most}")


def check_ranges(owner: Json, ranges: Ranges, path: str) -> Iterator[Violation]:
    """Check each number that an object may have."""
    for key, (least, most) in ranges.items():
        number = owner.get(key)
        if number is not None and not least <= number <= most:
            yield Violation(Rule.COUNT, f"{path}.{key}", f"is {number}, between {least} and {most}")


def check_present(owner: Json, keys: Iterable[str], path: str) -> Iterator[Violation]:
    """Check that an object has what it needs, and that no text is blank."""
    for key in keys:
        if not str(owner.get(key) or "").strip():
            yield Violation(Rule.SHAPE, f"{path}.{key}", "is required")


def check_among(value: object, known: Collection[object], path: str) -> Iterator[Violation]:
    """Check that a value, where there is one, is among those there are."""
    if value is not None and value not in known:
        yield Violation(Rule.SHAPE, path, f"{value!r} is not among {sorted(map(str, known))}")


def check_order(owner: Json, least: str, most: str, path: str) -> Iterator[Violation]:
    """Check that the lower bound of a range, where both are given, is not above the upper."""
    low, high = owner.get(least), owner.get(most)
    if low is not None and high is not None and low > high:
        yield Violation(Rule.SHAPE, path, f"{least} {low} is above {most} {high}")


def check_distinct(values: Sequence[object], path: str, noun: str) -> Iterator[Violation]:
    """Check that no value comes twice."""
    for value in sorted({str(value) for value in values if values.count(value) > 1}):
        yield Violation(Rule.SHAPE, path, f"{noun} {value!r} is used twice")
