"""Text → quantities: what people state about a project in numbers, each in their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from retrieval.quantity import Examples, Quantity
from retrieval.readers.corrections import apply_corrections
from retrieval.readers.examples import read_bare_examples, read_examples
from retrieval.readers.figure import Figure
from retrieval.readers.figures import find_figures, read_millions
from retrieval.readers.gpus import read_gpus
from retrieval.readers.labels import settle_labels
from retrieval.readers.money import read_budget, read_money
from retrieval.readers.people import read_people
from retrieval.readers.times import read_deadlines, read_time
from retrieval.readers.traffic import read_bare_requests, read_requests

READERS: tuple[Callable[[str, Figure], Quantity | None], ...] = (
    read_people,
    read_money,
    read_time,
    read_requests,
    read_examples,
    read_budget,
    read_bare_requests,
    read_bare_examples,
)
"""What a number may state, the most telling words first."""


def parse_quantities(text: str, earlier: Sequence[Quantity] = ()) -> tuple[Quantity, ...]:
    """Return the quantities a text states, in its order and without overlaps; never an error.

    Where a text corrects a number, only the corrected one is returned, and says what it corrects.

    Args:
        text: What somebody wrote about a project.
        earlier: What was stated before it, in order, which the text may correct.
    """
    figures = find_figures(text)
    stated = sorted(_read_all(text, figures), key=lambda each: each.start)
    examples = [each for each in stated if isinstance(each, Examples)]
    settled = {each.start: each for each in settle_labels(text, examples)}
    known: list[Quantity] = [settled.get(each.start, each) for each in stated]
    return tuple(apply_corrections(text, figures, known, earlier, parse_quantities))


def _read_all(text: str, figures: Sequence[Figure]) -> Iterator[Quantity]:
    """Yield what is stated, each part of the text once: what has a name of its own before what a number counts."""
    taken: list[Quantity] = []
    for each in _read_candidates(text, figures):
        if not any(other.start < each.end and each.start < other.end for other in taken):
            taken.append(each)
            yield each


def _read_candidates(text: str, figures: Sequence[Figure]) -> Iterator[Quantity]:
    yield from read_gpus(text, figures)
    yield from read_deadlines(text)
    for figure in figures:
        stated = _read_figure(text, figure)
        if stated:
            yield stated


def _read_figure(text: str, figure: Figure) -> Quantity | None:
    """Return what a number states; None where nothing around it says what it counts."""
    readings = (read_millions(text, figure) or figure, figure)
    return next((stated for each in readings for read in READERS if (stated := read(text, each))), None)
