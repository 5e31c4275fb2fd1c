"""What somebody wrote, made harmless before anything reads it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from lingua import Language, LanguageDetectorBuilder

from knowledge.comparison import NAMED_BY

LONGEST = 8_000
"""Characters of a message."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
KEPT_CONTROLS = "\n\t"
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that are not seen, but turn the order of those that are."""
MENTION = re.compile(r"<@[!&]?\d+>")
SOMEONE = "@someone"
"""What stands in the place of a mention, whose number says nothing to anybody."""
CALL = re.compile(r"@(?=(?:everyone|here)\b)")
HARMLESS_AT = "\N{FULLWIDTH COMMERCIAL AT}"
"""What stands in the place of the sign that makes a word call a whole channel."""

LANGUAGES = {
    Language.ENGLISH: "en",
    Language.CHINESE: "zh",
    Language.HINDI: "hi",
    Language.SPANISH: "es",
    Language.ARABIC: "ar",
    Language.FRENCH: "fr",
    Language.BENGALI: "bn",
    Language.PORTUGUESE: "pt",
    Language.RUSSIAN: "ru",
    Language.URDU: "ur",
    Language.INDONESIAN: "id",
    Language.GERMAN: "de",
    Language.JAPANESE: "ja",
    Language.KOREAN: "ko",
    Language.ITALIAN: "it",
    Language.TURKISH: "tr",
}
DETECTOR = LanguageDetectorBuilder.from_languages(*LANGUAGES).with_low_accuracy_mode().build()
SURE = 0.9
"""Confidence from which a text counts as another language."""
ENGLISH = re.compile(
    r"\b(?:the|is|of|and|does|what|which|wich|how|when|why|with|my|we|our|it|needs?|more|should|can|be|than|i|you|your)\b",
    re.IGNORECASE,
)
"""Words that people writing English, however brokenly, cannot do without, and that the other languages lack."""
FEWEST_WORDS = 3
"""Words of Latin script below which a language cannot be told."""
SHORTEST_WORD = 2
"""Letters of a word that counts among them."""
TELLING_WORD = re.compile(r"[^\W\d_]{4,}")
"""A word of so many letters that it hardly is one of several languages."""
ENGLISH_SHARE = 0.5
"""Share of telling words known in English from which a text without accents is English ("code for a LoRA layer")."""


@dataclass(frozen=True)
class Message:
    """A message that can be read: without control characters, surrounding space or broken characters."""

    text: str


@dataclass(frozen=True)
class Rejected:
    """A message that cannot be read, and why."""

    reason: Literal["empty", "unreadable", "too_long"]


def read_message(text: str) -> Message | Rejected:
    """Clean a message.

    Control characters and lone surrogates become U+FFFD, signs that turn the direction of writing are dropped, and
    mentions become words that call nobody.
    """
    if len(text) > LONGEST:
        return Rejected("too_long")
    cleaned = _replace_mentions("".join(map(_replace_harmful, text))).strip()
    if not cleaned.strip(REPLACEMENT + "\u200b\u200c\u200d\u2060\ufeff \n\t"):
        return Rejected("unreadable" if REPLACEMENT in cleaned else "empty")
    return Message(cleaned)


def detect_language(text: str, english: frozenset[str]) -> str | None:
    """Return the ISO 639-1 code of a language other than English where the text is surely in it; None otherwise.

    Args:
        text: What somebody wrote.
        english: Words of English, in lower case, which a detector may take for those of its neighbours.
    """
    bare = text
    for name in NAMED_BY.values():
        bare = name.sub(" ", bare)
    words = [word for word in bare.split() if sum(map(str.isalpha, word)) >= SHORTEST_WORD]
    foreign_script = sum(not _is_latin(character) for character in bare if character.isalpha())
    letters = sum(map(str.isalpha, bare))
    if foreign_script * 2 <= letters and (len(words) < FEWEST_WORDS or ENGLISH.search(bare)):
        return None
    if _is_plain_english(bare, english):
        return None
    best = DETECTOR.compute_language_confidence_values(bare)[0]
    if best.language == Language.ENGLISH or best.value < SURE:
        return "other" if foreign_script * 2 > letters else None
    return LANGUAGES[best.language]


def _is_plain_english(text: str, english: frozenset[str]) -> bool:
    """Tell whether a text has no letters but those of English, and words that mostly are English."""
    words = TELLING_WORD.findall(text.lower())
    known = sum(word in english for word in words)
    return bool(words) and known >= len(words) * ENGLISH_SHARE and all(map(str.isascii, filter(str.isalpha, text)))


def _replace_harmful(character: str) -> str:
    harmful = unicodedata.category(character) in ("Cc", "Cs") and character not in KEPT_CONTROLS
    if character == "\r":
        return "\n"
    if character in DIRECTIONS:
        return ""
    return REPLACEMENT if harmful else character


def _replace_mentions(text: str) -> str:
    return CALL.sub(HARMLESS_AT, MENTION.sub(SOMEONE, text))


def _is_latin(character: str) -> bool:
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN")
