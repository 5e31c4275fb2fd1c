"""Misspelt words → the words of the lesson that were meant, so that typing errors hide nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5
"""Letters from which a word is mended; shorter ones are too like one another."""
FEWEST_USES = 3
"""Times a word stands in the lesson before it counts as one that may be meant: its ways of asking hold errors, too."""
FAMILIAR = 12
"""Times from which a word counts although English does not know it."""
SLIP = 8
"""How many times rarer than a word that is one letter off a familiar word may not be: else it is that one, misspelt."""
ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", ""),
)  # fmt: skip
"""What an English word may end in, and what stands there without it."""
LETTERS_PER_ERROR = 4
MOST_ERRORS = 3


class Speller:
    """Knows a language's words and those of one lesson, and how often the lesson uses each."""

    def __init__(self, texts: Iterable[str], language: Collection[str]) -> None:
        uses = Counter(word for text in texts for word in WORD.findall(text.lower()))
        self._language = language
        self._meant = {word: count for word, count in uses.items() if word in language and count >= FEWEST_USES}
        familiar = {word: count for word, count in uses.items() if word not in language and count >= FAMILIAR}
        for word, count in sorted(familiar.items(), key=lambda entry: -entry[1]):
            if not any(self._meant[near] >= count * SLIP for near, _ in self._find_near(word, 1)):
                self._meant[word] = count

    def mend_text(self, text: str) -> str:
        """Return the text with each word that is none replaced by the nearest the lesson uses, where one is near."""
        return WORD.sub(lambda found: self._mend_word(found.group()), text)

    def _mend_word(self, word: str) -> str:
        lower = word.lower()
        if len(word) < SHORTEST or self._knows(lower):
            return word
        near = self._find_near(lower, min(MOST_ERRORS, len(word) // LETTERS_PER_ERROR))
        return min(near, key=lambda found: (found[1], -self._meant[found[0]]))[0] if near else word

    def _knows(self, word: str) -> bool:
        """Tell whether it is a word, or an ending away from one."""
        forms = {word, *(word.removesuffix(ending) + stem for ending, stem in ENDINGS if word.endswith(ending))}
        return any(form in self._meant or form in self._language for form in forms)

    def _find_near(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the words that may be meant within so many errors, and how many it would be."""
        distance = DamerauLevenshtein.distance
        found = process.extract(word, self._meant.keys(), scorer=distance, score_cutoff=errors, limit=None)
        return [(near, int(off)) for near, off, _ in found]
