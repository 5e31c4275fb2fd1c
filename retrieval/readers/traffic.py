"""How often the model is asked: "4M mails a day", "600 per second", "20 rps"."""

from __future__ import annotations

import re

from retrieval.quantity import Range, Requests
from retrieval.readers.examples import NOUN as EXAMPLE
from retrieval.readers.examples import find_thing
from retrieval.readers.figure import Figure
from retrieval.readers.labels import is_labelled
from retrieval.readers.periods import DAY, Rate, read_rate, read_rate_before, read_rate_within
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

FEWEST_TIMES = 100
"""From which number on what happens so many times a day is a request; fewer may be anything."""
MOST_BETWEEN = 3
"""Words between what is counted and how often it comes: "tickets come in every day"."""


class RequestWordings(Wordings):
    """What is counted."""

    nouns: Words
    other: str
    abbreviations: dict[int, Words]


WORDS = load_wordings("requests", RequestWordings)
NOUN = re.compile(rf"{EXAMPLE.pattern}|{match_any(WORDS.nouns)}(?!\w)", re.IGNORECASE)
ABBREVIATION = compile_words(rf"\s*(?P<rate>{match_any(*WORDS.abbreviations.values())})\b")
OTHER = compile_before(WORDS.other)
TIMES = compile_words(r"\s+times\b")
OTHERS = compile_words(r"\s+[^\W\d_]+(?<!s)s\b")
BETWEEN = compile_words(r"\s+(?!(and|but|with|for|or)\b)[^\W\d_]+")


def read_requests(text: str, figure: Figure) -> Requests | None:
    """Return the requests that a figure counts by their name; what is labelled at a rate is none."""
    if short := ABBREVIATION.match(text, figure.end):
        return _finish(text, figure, Rate(find_value(WORDS.abbreviations, short["rate"]), *short.span()))
    thing = find_thing(text, figure.end, NOUN)
    if thing is None or figure.article or is_labelled(text[figure.end : thing]):
        return None
    rate = read_rate_within(text, figure.end, thing) or _find_rate(text, thing) or read_rate_before(text, figure.start)
    return _finish(text, figure, rate, thing) if rate else None


def read_bare_requests(text: str, figure: Figure) -> Requests | None:
    """Return the requests that a figure counts without naming them: "2M a day", "300k times a day"."""
    times = TIMES.match(text, figure.end) if figure.low >= FEWEST_TIMES else None
    rate = read_rate(text, times.end() if times else figure.end)
    if rate is None or OTHERS.match(text, rate.end) or figure.article or OTHER.search(look_behind(text, figure.start)):
        return None
    return _finish(text, figure, rate)


def _find_rate(text: str, position: int) -> Rate | None:
    for _ in range(MOST_BETWEEN + 1):
        if rate := read_rate(text, position):
            return rate
        word = BETWEEN.match(text, position)
        if word is None:
            return None
        position = word.end()
    return None


def _finish(text: str, figure: Figure, rate: Rate, thing: int = 0) -> Requests:
    start, end = min(figure.start, rate.start), max(figure.end, rate.end, thing)
    times = DAY / rate.seconds
    per_day = Range(low=figure.low * times, high=figure.high * times)
    return Requests(words=text[start:end], start=start, end=end, per_day=per_day)
