"""Graphics cards: "one 4090", "2xA100", "A100 ×4", "no GPUs"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.quantity import Gpus, Range
from retrieval.readers.examples import THINGS
from retrieval.readers.figure import Figure
from retrieval.readers.wordings import REACH, Wordings, compile_before, compile_words, load_wordings, look_behind


class GpuWordings(Wordings):
    """How cards are named and counted."""

    makers: str
    models: str
    bare_models: str
    nouns: str
    filling: str
    owned: str
    had: str
    denied: str
    denied_after: str
    other: str
    machines: str


WORDS = load_wordings("gpus", GpuWordings)
CARD = compile_words(
    rf"(?:(?<![\w-])|(?<=[0-9][x×])){WORDS.makers}"
    rf"(?:(?:(?P<model>{WORDS.models})|(?P<bare>{WORDS.bare_models}))(?P<several>s)?(?!\w)(?:\s+{WORDS.nouns}\b)?"
    rf"|(?P<noun>{WORDS.nouns})\b)"
)
COUNTED = compile_words(rf"\s*(?:[x×]|\bx\b)?\s*{WORDS.filling}")
TIMES = re.compile(r"\s*\(?[x×]\s*(?P<count>[0-9]{1,4})\b\)?", re.IGNORECASE)
OWNED = compile_before(WORDS.owned)
HAD = compile_before(WORDS.had)
DENIED = compile_before(WORDS.denied)
DENIED_AFTER = compile_words(WORDS.denied_after)
OTHER = compile_words(WORDS.other)
MACHINES = compile_words(WORDS.machines)


def read_gpus(text: str, figures: Sequence[Figure]) -> Iterator[Gpus]:
    """Yield every mention of graphics cards, with the count before or after it."""
    for card in CARD.finditer(text):
        figure = next((each for each in figures if _counts(each, text, card)), None)
        if _is_meant(text, card, figure):
            times = None if figure else TIMES.match(text, card.end())
            start, end = figure.start if figure else card.start(), times.end() if times else card.end()
            count = figure.range if figure else _count(text, card, times)
            yield Gpus(words=text[start:end], start=start, end=end, count=count, model=card["model"] or card["bare"])


def _counts(figure: Figure, text: str, card: re.Match[str]) -> bool:
    return 0 <= card.start() - figure.end <= REACH and bool(COUNTED.fullmatch(text, figure.end, card.start()))


def _is_meant(text: str, card: re.Match[str], figure: Figure | None) -> bool:
    """Tell whether words that may name a card do so, and the card is there."""
    if OTHER.match(text, card.end()):
        return False
    if card["bare"]:
        named = figure or card["several"] or OWNED.search(look_behind(text, card.start()))
        return bool(named) and not THINGS.match(text, card.end())
    if card["noun"] and figure and figure.article:
        return bool(HAD.search(look_behind(text, figure.start)))
    return bool(card["model"] or figure or card["noun"].casefold().endswith("s"))


def _count(text: str, card: re.Match[str], times: re.Match[str] | None) -> Range | None:
    """Return how many cards there are where no number stands before them."""
    if times:
        return Range(low=int(times["count"]), high=int(times["count"]))
    if DENIED.search(look_behind(text, card.start())) or DENIED_AFTER.match(text, card.end()):
        return Range(low=0, high=0)
    if card["several"] or card["noun"] or MACHINES.match(text, card.end()):
        return None
    return Range(low=1, high=1)
