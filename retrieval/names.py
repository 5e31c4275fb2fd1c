"""What somebody typed → what is called so, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.spelling import LETTERS_PER_ERROR, MOST_ERRORS, SHORTEST
from knowledge.topics import slugify

MOST_SUGGESTIONS = 25
"""As many as Discord shows at once."""
LONGEST_LABEL = 100
"""Characters of a suggestion that Discord shows."""
ALIKE = 75
"""Similarity (0 to 100) from which something else than what was typed may have been meant."""
BEGINS, HOLDS, ASKED = 300, 200, 100
"""What a name is worth that begins as typed or holds each word as far as it is typed; and what a way of asking is."""


@dataclass(frozen=True)
class Named:
    """Something that can be called up by a name."""

    id: str
    label: str
    """A name to show, at most 100 characters."""
    slugs: tuple[str, ...]
    """Of all its names."""
    asked_as: tuple[str, ...]


def name_thing(key: str, heading: str, names: Iterable[str], asked_as: Sequence[str] = ()) -> Named:
    """Return something with all that it goes by: its heading, other names and ways of asking."""
    label = heading[:LONGEST_LABEL].strip()
    slugs = dict.fromkeys(map(slugify, (heading, label, *names)))
    return Named(key, label, tuple(slugs), tuple(asked_as))


def find_named(words: str, things: Sequence[Named]) -> Named | None:
    """Return what is called so, or asked for in these very words, or called so but for a typing error; else None."""
    wanted = slugify(words)
    called = next((each for each in things if wanted in each.slugs), None)
    asked = next((each for each in things if wanted in map(slugify, each.asked_as)), None)
    return called or asked or _find_misspelt(wanted, things)


def suggest_labels(words: str, things: Sequence[Named]) -> list[str]:
    """Return at most 25 labels that may be meant, the best first; by the alphabet where no letter is typed."""
    ranked = sorted(things, key=lambda each: each.label.casefold())
    if any(map(str.isalnum, words)):
        scores = {each.id: _score(slugify(words), each) for each in things}
        likely = [each for each in ranked if scores[each.id] >= ALIKE]
        ranked = sorted(likely, key=lambda each: -scores[each.id])
    return list(dict.fromkeys(each.label for each in ranked))[:MOST_SUGGESTIONS]


def _find_misspelt(wanted: str, things: Sequence[Named]) -> Named | None:
    """Return the one thing whose name is nearest, within a few letters; None where there are two, or none."""
    errors = min(MOST_ERRORS, len(wanted) // LETTERS_PER_ERROR)
    off = [min(DamerauLevenshtein.distance(wanted, slug) for slug in each.slugs) for each in things]
    nearest = min(off, default=errors + 1)
    if len(wanted) < SHORTEST or nearest > errors or off.count(nearest) > 1:
        return None
    return things[off.index(nearest)]


def _score(typed: str, thing: Named) -> float:
    """Return how likely something is meant by what is typed so far."""
    near = max(fuzz.ratio(typed, slug) for slug in thing.slugs)
    if any(slug.startswith(typed) for slug in thing.slugs):
        return BEGINS + near
    if any(_begin_words(typed, slug.split("-")) for slug in thing.slugs):
        return HOLDS + near
    if _begin_words(typed, " ".join(thing.asked_as).casefold().split()):
        return ASKED + near
    return max(near, *(_compare_beginning(typed, slug) for slug in thing.slugs))


def _begin_words(typed: str, words: Sequence[str]) -> bool:
    """Tell whether each word typed begins one of the words."""
    text = f" {' '.join(words)}"
    return all(f" {word}" in text for word in typed.split("-"))


def _compare_beginning(typed: str, slug: str) -> float:
    """Return how like the best place of a name is to what is typed so far, from the beginning of a word on."""
    words = slug.split("-")
    rests = ("-".join(words[place:]) for place in range(len(words)))
    return max(fuzz.ratio(typed, rest[: len(typed)]) for rest in rests)
