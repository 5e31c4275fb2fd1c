"""What a question ends in: passages that answer it, each cited, or an honest no."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Feature
from knowledge.lesson import Passage

Outside = Literal["unrelated", "near", "attack", "language"]
Opening = Literal["plain", "yes", "no", "depends", "fine_tuning", "prompt_engineering", "false"]
"""How an answer begins: with what a yes-or-no question or a choice asks for, or with what the question gets wrong."""
SmalltalkSort = Literal[
    "privacy", "forgotten", "invitation", "greeting", "thanks", "goodbye", "identity", "help", "other"
]
"""Of what is said to the bot itself; where it is `forgotten`, so is the project."""


class Citation(BaseModel):
    """A passage, and the sentence of it that bears on the question."""

    model_config = ConfigDict(frozen=True)

    passage: Passage
    quote: str
    """A sentence of the passage, word for word."""


class Answer(BaseModel):
    """Passages that answer a question, most relevant first."""

    model_config = ConfigDict(frozen=True)

    opening: Opening = "plain"
    citations: tuple[Citation, ...]
    written: str | None = None
    """What a chat model wrote from the passages, citing them by their numbers from 1; None where they stand alone."""


class ComparisonShown(BaseModel):
    """Rows of the lesson's table."""

    model_config = ConfigDict(frozen=True)

    features: tuple[Feature, ...]


class Smalltalk(BaseModel):
    """A greeting, thanks, or the like."""

    model_config = ConfigDict(frozen=True)

    sort: SmalltalkSort


class OutOfScope(BaseModel):
    """A message the lesson does not answer."""

    model_config = ConfigDict(frozen=True)

    reason: Outside
    language: str = "en"
    near: tuple[Passage, ...] = ()
    """What is covered and nearest to it."""
