"""Examples people have: "8k rated chats", "a dozen examples", "500k labeled", "data: 22k"."""

from __future__ import annotations

import re

from retrieval.quantity import Examples
from retrieval.readers.figure import Figure
from retrieval.readers.labels import is_labelled
from retrieval.readers.periods import read_rate
from retrieval.readers.wordings import (
    Wordings,
    Words,
    compile_before,
    compile_words,
    load_wordings,
    look_behind,
    match_any,
)

FARTHEST = 5
"""Words from a number to its noun."""


class ExampleWordings(Wordings):
    """What is counted, and what may stand between a number and it."""

    certain: Words
    nouns: Words
    stop: Words
    plural_adjectives: Words
    other: Words
    lead: str
    alone: str
    of_them: str
    none_before: str
    bare: str
    bare_before: str
    labelled: str


WORDS = load_wordings("examples", ExampleWordings)
CERTAIN = compile_words(rf"{match_any(WORDS.certain)}(?!\w)")
NOUN = compile_words(rf"{match_any(WORDS.nouns, WORDS.certain)}(?!\w)")
THINGS = compile_words(rf"\s+(?:[^\W\d_]+\s+){{0,2}}?{match_any(WORDS.nouns, WORDS.certain)}(?!\w)")
WORD = re.compile(r"\s+(?P<word>[^\s,;:.!?()\"“”]+)")
STOP = compile_words(match_any(WORDS.stop, WORDS.other))
PLURAL = compile_words(rf"(?!{match_any(WORDS.plural_adjectives)}\Z).*[^s'’]s")
LEAD = compile_before(WORDS.lead)
ALONE = compile_words(WORDS.alone)
NONE_BEFORE = compile_before(WORDS.none_before)
BARE = compile_words(WORDS.bare)
BARE_BEFORE = compile_before(WORDS.bare_before)
SPOKEN_OF = compile_words(rf"\b{match_any(WORDS.nouns, WORDS.certain)}(?!\w)[^0-9]*\Z")
OF_THEM = compile_words(WORDS.of_them)
LABELLED = compile_words(WORDS.labelled)
FEWEST = 2
"""From which number on things count as examples that are not called so."""
FEWEST_BARE = 10
"""From which number on one that says no more than the number may count what was spoken of."""


def read_examples(text: str, figure: Figure) -> Examples | None:
    """Return the examples that a figure counts; whether they are labelled is settled by what stands around them."""
    if figure.article or (figure.high == 1 and NONE_BEFORE.search(look_behind(text, figure.start))):
        return None
    start, end = figure.start, _find_end(text, figure)
    if end is None and figure.low >= FEWEST and ALONE.match(text, figure.end):
        lead = LEAD.search(look_behind(text, figure.start))
        start, end = (figure.start - len(lead.group()), figure.end) if lead else (start, None)
    if end is None or read_rate(text, end):
        return None
    return Examples(words=text[start:end], start=start, end=end, count=figure.range, labelled=None)


def read_bare_examples(text: str, figure: Figure) -> Examples | None:
    """Return the examples that a number stands for where they were spoken of just before: "…, so far 37k"."""
    behind = look_behind(text, figure.start)
    if figure.low < FEWEST_BARE or BARE_BEFORE.search(behind):
        return None
    if not (BARE.match(text, figure.end) and SPOKEN_OF.search(behind)):
        return None
    words = text[figure.start : figure.end]
    return Examples(words=words, start=figure.start, end=figure.end, count=figure.range, labelled=None)


def find_thing(text: str, position: int, noun: re.Pattern[str]) -> int | None:
    """Return where the noun ends that a number before a position counts; None where it counts none of those."""
    labelled = False
    for _ in range(FARTHEST):
        word = WORD.match(text, position)
        if word is None:
            return None
        if found := noun.match(text, word.start("word")):
            return _extend(text, found, noun)
        joined = labelled and word["word"] in ("and", "&")
        if (STOP.fullmatch(word["word"]) and not joined) or PLURAL.fullmatch(word["word"]):
            return None
        labelled = is_labelled(word["word"]) is not None
        position = word.end()
    return None


def _extend(text: str, found: re.Match[str], noun: re.Pattern[str]) -> int:
    """Return where a noun ends that another may follow: "sample letters"."""
    following = WORD.match(text, found.end())
    further = following and noun.match(text, following.start("word"))
    return further.end() if further and not found.group().endswith("s") else found.end()


def _find_end(text: str, figure: Figure) -> int | None:
    """Return where the words end that a figure counts as examples."""
    things = OF_THEM.match(text, figure.end)
    position = things.end() if things else figure.end
    end = find_thing(text, position, NOUN if figure.low >= FEWEST else CERTAIN)
    if end is None and figure.low >= FEWEST and (labelled := LABELLED.match(text, position)):
        return labelled.end()
    return end
