"""Whose means a finding is about: what somebody else has is no evidence about a project."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).with_name("owners.yaml")
SENTENCE_END = re.compile(r"[.!?\n]+(?=\s|$)")


class Owners(BaseModel):
    """What `owners.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    others: tuple[str, ...]
    ours: str


def is_elsewhere(text: str, words: str) -> bool:
    """Tell whether the words of a text are about what somebody else has."""
    others, ours = _compile_owners()
    at = text.find(words)
    ends = [found.end() for found in SENTENCE_END.finditer(text) if found.end() <= at]
    sentence = text[ends[-1] if ends else 0 : at + len(words)]
    owner = others.search(sentence)
    return owner is not None and ours.search(sentence, owner.end()) is None


@cache
def _compile_owners() -> tuple[re.Pattern[str], re.Pattern[str]]:
    owners = Owners.model_validate(yaml.safe_load(PATH.read_text("utf-8")))
    return re.compile("|".join(owners.others), re.IGNORECASE), re.compile(owners.ours, re.IGNORECASE)
