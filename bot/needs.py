"""What needs, and the answers about them, are called in a language."""

from __future__ import annotations

from bot.words import ENGLISH, load_words
from knowledge.signals import Need
from retrieval.questions import load_questions


def name_need(need: Need, language: str = ENGLISH) -> str:
    """Return the name of a need, which fits the label of a field."""
    translated = load_words(language)["questions"]
    return str(translated[need]["name"]) if translated else load_questions()[need].name


def name_choices(need: Need, language: str = ENGLISH) -> dict[str, str]:
    """Return what each answer to the question about a need is called, which fits a button, by the answer itself."""
    choices, translated = list(load_questions()[need].choices), load_words(language)["questions"]
    return dict(zip(choices, translated[need]["choices"] if translated else choices, strict=True))
