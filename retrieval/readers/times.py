"""Time that there is or that something takes: "in 3 wks", "six months", "by Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.quantity import Deadline, Duration, Range
from retrieval.readers.figure import Figure
from retrieval.readers.periods import DAY, UNIT, YEAR
from retrieval.readers.periods import WORDS as PERIODS
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


class TimeWordings(Wordings):
    """What tells time to come from time past, and a deadline from a duration."""

    past_before: str
    past_after: str
    past_for: str
    years_for: str
    per: str
    due: str
    due_after: str
    minutes_before: str
    article_before: str
    deadline: str
    filling: str
    days: dict[int, Words]
    named: str


MINUTE = 60
WORDS = load_wordings("time", TimeWordings)
AFTER = compile_words(rf"(?P<gap>[\s-]*)(?:{UNIT}|(?P<m>m)(?!\w))")
PAST_BEFORE = compile_before(rf"{WORDS.past_before}|{WORDS.past_for}")
YEARS_FOR = compile_before(WORDS.years_for)
PAST_AFTER = compile_words(WORDS.past_after)
PER = compile_words(WORDS.per)
DUE = compile_before(WORDS.due)
DUE_AFTER = compile_words(WORDS.due_after)
MINUTES_BEFORE = compile_before(WORDS.minutes_before)
ARTICLE_BEFORE = compile_before(WORDS.article_before)
DEADLINE = compile_words(
    rf"{WORDS.deadline}{WORDS.filling}(?:(?P<day>{match_any(*WORDS.days.values())})\b|(?P<named>{WORDS.named}))"
)


def read_time(text: str, figure: Figure) -> Duration | Deadline | None:
    """Return the time that a figure counts; None where it counts none, or what is past or comes again and again."""
    behind = look_behind(text, figure.start)
    unit = AFTER.match(text, figure.end)
    seconds = _read_unit(unit, behind, article=figure.article) if unit else 0
    if unit is None or seconds < MINUTE or _is_past(text, figure.start, unit.end(), seconds):
        return None
    days = Range(low=figure.low * seconds / DAY, high=figure.high * seconds / DAY)
    due, due_after = DUE.search(behind), DUE_AFTER.match(text, unit.end())
    if seconds < DAY or not (due or due_after):
        return Duration(words=text[figure.start : unit.end()], start=figure.start, end=unit.end(), days=days)
    start = figure.start - len(due.group()) if due else figure.start
    end = due_after.end() if due_after else unit.end()
    return Deadline(words=text[start:end], start=start, end=end, days=days)


def _read_unit(unit: re.Match[str], behind: str, *, article: bool) -> int:
    """Return the seconds in a unit of time; 0 where the word is none, by what stands around it."""
    word: str = unit["unit"] or unit["m"]
    detached = len(word) == 1 and unit["gap"]
    if detached or (article and not ARTICLE_BEFORE.search(behind)) or (unit["m"] and not MINUTES_BEFORE.search(behind)):
        return 0
    return find_value(PERIODS.units, word) if unit["unit"] else MINUTE


def _is_past(text: str, start: int, end: int, seconds: int) -> bool:
    """Tell whether time is past, or of something that comes again and again."""
    behind = look_behind(text, start)
    past = PAST_BEFORE.search(behind) or (seconds == YEAR and YEARS_FOR.search(behind))
    return bool(past or PAST_AFTER.match(text, end) or PER.match(text, end))


def read_deadlines(text: str) -> Iterator[Deadline]:
    """Yield the days that something has to be there by, where they are named."""
    for found in DEADLINE.finditer(text):
        distance = find_value(WORDS.days, found["day"]) if found["day"] else None
        days = None if distance is None else Range(low=distance, high=distance)
        yield Deadline(words=found.group(), start=found.start(), end=found.end(), days=days)
