"""The data sets, as they lie beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent


class Expected(BaseModel):
    """What a reader would accept as the right answer to a question."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    topics: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    """What the answer must mention: of each entry at least one word stem."""


class QuestionCase(Expected):
    """A question by itself."""

    id: str
    style: str
    text: str


class OutsideCase(BaseModel):
    """A message the lesson does not answer, and the kinds of reply that are right."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    kind: str
    text: str
    kinds: tuple[str, ...]


class DialogueCase(BaseModel):
    """A conversation; a turn that expects nothing only leads on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    turns: tuple[str, ...]
    expect: tuple[Expected | None, ...]


class FindingCase(BaseModel):
    """What a reader finds in a description."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    need: str
    leaning: str
    words: str


class ProjectCase(BaseModel):
    """A described project, the right outcome and what shows it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    label: str
    """A verdict, or `ask`."""
    style: str
    findings: tuple[FindingCase, ...]


CaseShape = TypeVar("CaseShape", bound=BaseModel)


def read_cases(name: str, shape: type[CaseShape]) -> Iterator[CaseShape]:
    """Yield the cases of a data set."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield shape.model_validate_json(line)
