"""Terms of the glossary, where a question asks what one means and nothing else."""

from __future__ import annotations

import re

from knowledge.comparison import find_methods
from knowledge.lesson import Lesson, Passage

FILLING = re.compile(
    r"\b(?:what(?:'?s|s)?|wh?ats?|wot|is|are|does|do|define|definition|mean(?:s|ing)?|meen|explain(?:ed)?|eli5|stands?|for|huh|"
    r"a|an|the|by|of|to|me|in|this|that|it|context|here|simple|terms?|words?|please|pls|plz|exactly|actually|even|tell|"
    r"can|could|you|u|someone|somebody|anyone|again|so|and|ok|hey|hi|llms?|ai|ml|models?|concept|thing|called|about|"
    r"whats|dose|mean|work|works?|how)\b|[^\w\s]",
    re.IGNORECASE,
)
"""What may stand around a term in a question that asks for nothing but its meaning."""
ALIASES = re.compile(r"[(),/]|\bor\b|\balso\b")
"""What stands between the names in the heading of a term."""


def find_term(text: str, lesson: Lesson) -> Passage | None:
    """Return the term whose meaning is asked for; None where something else, or more, is asked."""
    terms = (passage for passage in lesson.passages if passage.kind == "term")
    return next((term for term in terms for name in list_names(term) if _asks_for(name, text)), None)


def list_names(term: Passage) -> list[str]:
    """Return the names a term's heading gives, without those that name one of the two methods."""
    return [name for name in split_names(term.heading) if not (find_methods(name) and len(name.split()) == 1)]


def split_names(heading: str) -> list[str]:
    """Return the names that the heading of a term gives."""
    return [name.strip() for name in ALIASES.split(heading) if name.strip()]


def _asks_for(name: str, text: str) -> bool:
    """Tell whether nothing is left of a text without the name, in the plural or misspaced, too, and what fills up."""
    pattern = r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", name)))
    found = re.search(rf"\b{pattern}(?:s|es)?\b", text, re.IGNORECASE)
    return found is not None and not FILLING.sub(" ", text[: found.start()] + text[found.end() :]).strip()
