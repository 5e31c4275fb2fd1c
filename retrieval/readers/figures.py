"""Numbers that may state something: ranges are one, and what only looks like a number is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.readers.examples import STOP, WORD
from retrieval.readers.figure import Figure
from retrieval.readers.numerals import read_numerals
from retrieval.readers.wordings import Wordings, compile_before, load_wordings, look_behind

LARGEST = 1e15
"""Above it, a number is none that anybody states about a project."""
YEARS = range(1900, 2101)
ROUND = 100
"""Of what people count in hundreds there may be 2000."""
SIGNS = 2
"""How many of three make a count of what may be a year: it is round, such a word comes before, a thing comes after."""


class FigureWordings(Wordings):
    """What is no number of anything."""

    no_numbers: tuple[str, ...]
    telephone: str
    before_year: str
    before_count: str


WORDS = load_wordings("figures", FigureWordings)
NO_NUMBER = re.compile("|".join(f"(?:{source})" for source in WORDS.no_numbers), re.IGNORECASE)
TELEPHONE = re.compile(WORDS.telephone)
BEFORE_YEAR = compile_before(rf"\b{WORDS.before_year}\s+")
BEFORE_COUNT = compile_before(rf"\b{WORDS.before_count}\s+")
MILLIONS = re.compile(r"(?<=[0-9])m(?!\w)")
UP_TO = re.compile(r"\s*[€$£₹]?\s*(?:[-–—]|\bto\b|\bor\b|\bbis\b)\s*[€$£₹]?\s*", re.IGNORECASE)
UP_TO_AND = re.compile(r"\s+and\s+[€$£₹]?\s*", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s+[€$£₹]?\Z", re.IGNORECASE)


def find_figures(text: str) -> list[Figure]:
    """Return the numbers of a text in its order, without years, dates, telephone numbers, models and versions."""
    telephones = (found for found in TELEPHONE.finditer(text) if not _counts(text, found.end()))
    blocked = [found.span() for found in (*NO_NUMBER.finditer(text), *telephones)]
    joined = _join_ranges((figure for figure in read_numerals(text) if figure.high <= LARGEST), text)
    return [
        figure
        for figure in joined
        if not any(start < figure.end and figure.start < end for start, end in blocked) and not _is_year(figure, text)
    ]


def read_millions(text: str, figure: Figure) -> Figure | None:
    """Return the millions that digits and a small m may stand for: 5m; minutes are written so, too."""
    return figure.scale(1e6, further=1) if MILLIONS.match(text, figure.end) and figure.low == figure.head else None


def _join_ranges(figures: Iterable[Figure], text: str) -> Iterator[Figure]:
    """Yield figures, two of them that are the ends of a range as one."""
    before: Figure | None = None
    for figure in figures:
        joined = before and _join(before, figure, text)
        if before and not joined:
            yield before
        before = joined or figure
    if before:
        yield before


def _join(low: Figure, high: Figure, text: str) -> Figure | None:
    """Return the range from one figure to the next, which shares its scale: 20-30k; None where there is none."""
    gap = text[low.end : high.start]
    between = UP_TO_AND.fullmatch(gap) and BETWEEN.search(look_behind(text, low.start))
    if low.article or high.article or not (between or UP_TO.fullmatch(gap)):
        return None
    shared = low.scale(high.low / high.head) if low.low == low.head < high.head else low
    if not shared.low <= high.high or low.low == 0:
        return None
    return replace(shared, end=high.end, low=shared.low, high=high.high, digits=low.digits and high.digits)


def _is_year(figure: Figure, text: str) -> bool:
    """Tell whether a figure is a year, or reaches from one to another."""
    if not figure.digits or not {figure.low, figure.high} <= set(YEARS):
        return False
    behind, single = look_behind(text, figure.start), figure.low == figure.high
    if single and not BEFORE_YEAR.search(behind):
        return False
    is_round = figure.low % ROUND == figure.high % ROUND == 0
    signs = (is_round, single and BEFORE_COUNT.search(behind), _counts(text, figure.end))
    return sum(map(bool, signs)) < SIGNS


def _counts(text: str, end: int) -> bool:
    """Tell whether a word follows that a number may count."""
    following = WORD.match(text, end)
    return bool(following and not STOP.fullmatch(following["word"]))
