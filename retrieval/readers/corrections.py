"""Corrections: "sorry, I meant 200, not 200k" takes the place of what was said before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import Field

from retrieval.quantity import Examples, Quantity, Range
from retrieval.readers.examples import FEWEST_BARE
from retrieval.readers.figure import Figure
from retrieval.readers.figures import find_figures
from retrieval.readers.wordings import Wordings, compile_before, compile_words, load_wordings, look_behind

Parse = Callable[[str], Sequence[Quantity]]


class CorrectionWordings(Wordings):
    """How people take something back."""

    cue: str
    filling: str
    instead: str
    not_: str = Field(alias="not")
    but: str
    alone: str
    now_before: str
    had: str
    now_after: str


WORDS = load_wordings("corrections", CorrectionWordings)
CUE = compile_before(rf"{WORDS.cue}{WORDS.filling}")
INSTEAD = compile_words(WORDS.instead)
NOT = compile_before(WORDS.not_)
BUT = compile_words(WORDS.but)
ALONE = compile_words(WORDS.alone)
NOW_BEFORE = compile_before(WORDS.now_before)
HAD = compile_before(WORDS.had)
NOW_AFTER = compile_words(WORDS.now_after)


@dataclass(frozen=True)
class Correction:
    """A number that takes the place of another."""

    figure: Figure
    stated: Quantity | None
    """What the number states; None where it says no more than the number."""
    rejected: Figure | None
    """The number that is taken back; None where it is not said which."""
    counts_examples: bool = False
    """Whether it says how many examples there are by now."""


def apply_corrections(
    text: str, figures: Sequence[Figure], quantities: Sequence[Quantity], earlier: Sequence[Quantity], parse: Parse
) -> list[Quantity]:
    """Return the quantities that count: what is corrected, in the text or earlier, gives way to what corrects it."""
    counting = list(quantities)
    for correction in _find_corrections(text, figures, quantities):
        counting = [each for each in counting if not (correction.rejected and _covers(each, correction.rejected))]
        before = [*earlier, *(each for each in counting if each.end <= correction.figure.start)]
        corrected = _find_corrected(correction, before)
        stated = corrected and (correction.stated or _restate(text, correction.figure, corrected, parse))
        if corrected and stated:
            kept = [each for each in counting if each != corrected and not _covers(each, correction.figure)]
            counting = [*kept, _complete(stated, corrected)]
    return sorted(counting, key=lambda each: each.start)


def _find_corrections(text: str, figures: Sequence[Figure], quantities: Sequence[Quantity]) -> Iterator[Correction]:
    """Yield the corrections of a text in its order."""
    numbers = [figure for figure in figures if not figure.article]
    rejected = dict(_find_rejected(text, numbers, quantities))
    for figure in numbers:
        stated = _find_stated(quantities, figure)
        begin = stated.start if stated else figure.start
        announced = CUE.search(look_behind(text, begin)) and (stated or ALONE.match(text, figure.end))
        if announced or figure in rejected:
            yield Correction(figure, stated, rejected.get(figure))
        elif stated is None and _is_new(text, figure):
            yield Correction(figure, None, None, counts_examples=True)


def _is_new(text: str, figure: Figure) -> bool:
    """Tell whether a number that says no more than the number says how many there are by now."""
    behind = look_behind(text, figure.start)
    if figure.low < FEWEST_BARE:
        return False
    if NOW_BEFORE.search(behind):
        return ALONE.match(text, figure.end) is not None
    return bool(HAD.search(behind) and NOW_AFTER.match(text, figure.end))


def _find_rejected(
    text: str, figures: Sequence[Figure], quantities: Sequence[Quantity]
) -> Iterator[tuple[Figure, Figure]]:
    """Yield each number that is set against another, with the other."""
    for first, second in pairwise(figures):
        stated = _find_stated(quantities, first)
        end = max(stated.end if stated else 0, first.end)
        if INSTEAD.fullmatch(text, end, second.start):
            yield first, second
        elif NOT.search(look_behind(text, first.start)) and BUT.fullmatch(text, end, second.start):
            yield second, first


def _find_stated(quantities: Sequence[Quantity], figure: Figure) -> Quantity | None:
    """Return what a figure states in more words than its own."""
    covering = (each for each in quantities if _covers(each, figure))
    return next((each for each in covering if len(each.words) > figure.end - figure.start), None)


def _find_corrected(correction: Correction, earlier: Sequence[Quantity]) -> Quantity | None:
    """Return what a correction takes the place of: the number it names, else the latest of its kind that is some."""
    rejected = correction.rejected
    kind = "examples" if correction.counts_examples else correction.stated and correction.stated.kind
    matching = [
        each
        for each in reversed(earlier)
        if kind in (None, each.kind) and (rejected is None or _states(each, rejected))
    ]
    return next((each for each in matching if not _is_none(each)), matching[0] if matching else None)


def _is_none(quantity: Quantity) -> bool:
    return isinstance(quantity, Examples) and quantity.count.high == 0


def _states(quantity: Quantity, figure: Figure) -> bool:
    return any((each.low, each.high) == (figure.low, figure.high) for each in find_figures(quantity.words))


def _restate(text: str, figure: Figure, corrected: Quantity, parse: Parse) -> Quantity | None:
    """Return what was said before with another number; None where it holds no number."""
    number = next((each for each in find_figures(corrected.words) if not each.article), None)
    if number is None:
        return None
    words = text[figure.start : figure.end]
    said = corrected.words[: number.start] + words + corrected.words[number.end :]
    stated = next((each for each in parse(said) if each.kind == corrected.kind), None)
    restated = stated or _scale(corrected, number, figure)
    return restated and restated.model_copy(update={"words": words, "start": figure.start, "end": figure.end})


def _scale(quantity: Quantity, number: Figure, figure: Figure) -> Quantity | None:
    """Return a quantity by as much more as one number is than another, for words that name only the number."""
    if not number.low:
        return None
    ranges = {name: value for name, value in quantity if isinstance(value, Range)}
    scaled = {
        name: Range(low=value.low / number.low * figure.low, high=value.high / number.high * figure.high)
        for name, value in ranges.items()
    }
    return quantity.model_copy(update=scaled)


def _complete(stated: Quantity, corrected: Quantity) -> Quantity:
    """Return what counts now, with what was said before and not again."""
    unsaid = {name: getattr(corrected, name) for name in type(stated).model_fields if getattr(stated, name) is None}
    return stated.model_copy(update={**unsaid, "corrects": corrected.words})


def _covers(quantity: Quantity, figure: Figure) -> bool:
    return quantity.start < figure.end and figure.start < quantity.end
