"""What can be asked about a need, from `questions.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from rapidfuzz import fuzz, process

from knowledge.signals import Leaning, Need, Signal

PATH = Path(__file__).with_name("questions.yaml")


class NeedQuestion(BaseModel):
    """A question, what each answer to tap means, and how people name either in passing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """Of the need, in everyday words."""
    also: tuple[str, ...]
    question: str
    choices: dict[str, Leaning]
    short: dict[Leaning, tuple[str, ...]]


@cache
def load_questions() -> dict[Need, NeedQuestion]:
    return TypeAdapter(dict[Need, NeedQuestion]).validate_python(yaml.safe_load(PATH.read_text("utf-8")))


@cache
def list_answers() -> tuple[Signal, ...]:
    """Return all that can be answered, each once, need by need."""
    answers = (Signal(need, leaning) for need, asked in load_questions().items() for leaning in asked.choices.values())
    return tuple(dict.fromkeys(answers))


def suggest_choices(need: Need, words: str) -> list[str]:
    """Return the answers to the question about a need, those nearest to `words` first."""
    choices = list(load_questions()[need].choices)
    if not words.strip():
        return choices
    ranked = process.extract(words.lower(), [choice.lower() for choice in choices], scorer=fuzz.WRatio, limit=None)
    return [choices[place] for _, _, place in ranked]
