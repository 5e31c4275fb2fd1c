"""What people say: authored sentences, by what they are evidence of.

`signals/` holds statements about projects by need and leaning, `inside/` and `outside/` whole messages by kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.errors import LessonError
from knowledge.pages import load_yaml

SIGNALS = Path(__file__).with_name("signals")
MESSAGES = (Path(__file__).with_name("inside"), Path(__file__).with_name("outside"))

T = TypeVar("T")


class Need(StrEnum):
    """One thing we look for in a project; the first six are the lesson's, the others go beyond it."""

    DATA_REQUIREMENT = "data_requirement"
    TIME_AND_COST = "time_and_cost"
    TECHNICAL_REQUIREMENTS = "technical_requirements"
    FLEXIBILITY = "flexibility"
    OUTPUT_CONSISTENCY = "output_consistency"
    SPECIALIZATION = "specialization"
    CHANGING_FACTS = "changing_facts"
    VOLUME_LATENCY = "volume_latency"
    PROMPTING_TRIED = "prompting_tried"
    SUCCESS_MEASURE = "success_measure"
    PRIVACY = "privacy"
    BASE_MODEL_TUNABLE = "base_model_tunable"


class Leaning(StrEnum):
    """Which way a statement pulls."""

    FINE_TUNING = "fine_tuning"
    PROMPT_ENGINEERING = "prompt_engineering"
    RETRIEVAL = "retrieval"


class Signal(NamedTuple):
    """What a statement is evidence of."""

    need: Need
    leaning: Leaning

    def __str__(self) -> str:
        return f"{self.need}:{self.leaning}"


CHATTER = "chatter"
"""The label of a statement that is evidence of nothing."""


class Sentence(NamedTuple):
    """An authored sentence and its label."""

    label: str
    text: str


class _SignalPage(BaseModel):
    model_config = ConfigDict(extra="forbid")

    need: Need | Literal["chatter"]
    said_as: dict[str, tuple[str, ...]]


def load_statements() -> list[Sentence]:
    """Return statements labelled `need:leaning` or `chatter`; LessonError where a file breaks a rule."""
    return [sentence for path in sorted(SIGNALS.glob("*.yaml")) for sentence in _read_signals(path)]


def load_messages() -> list[Sentence]:
    """Return messages labelled by the name of their file; LessonError where a file breaks a rule."""
    return [
        sentence for folder in MESSAGES for path in sorted(folder.glob("*.yaml")) for sentence in _read_messages(path)
    ]


def parse_signal(label: str) -> Signal | None:
    """Return the signal a label stands for; None for chatter."""
    if label == CHATTER:
        return None
    need, leaning = label.split(":")
    return Signal(Need(need), Leaning(leaning))


def _read_signals(path: Path) -> Iterator[Sentence]:
    page = _load(path, TypeAdapter(_SignalPage))
    for leaning, texts in page.said_as.items():
        label = str(Signal(page.need, Leaning(leaning))) if isinstance(page.need, Need) else CHATTER
        yield from (Sentence(label, text) for text in texts)


def _read_messages(path: Path) -> Iterator[Sentence]:
    for text in _load(path, TypeAdapter(tuple[str, ...])):
        yield Sentence(path.stem, text)


def _load(path: Path, shape: TypeAdapter[T]) -> T:
    try:
        return shape.validate_python(load_yaml(path, path.read_text("utf-8"), "the file"))
    except ValidationError as error:
        first = error.errors()[0]
        raise LessonError(path, 1, f"{first['loc']}: {first['msg']}, not {first['input']!r}") from error
