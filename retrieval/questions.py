"""What can be asked about a need, from `questions.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.signals import Leaning, Need

PATH = Path(__file__).with_name("questions.yaml")


class NeedQuestion(BaseModel):
    """A question, and what each answer to tap means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    choices: dict[str, Leaning]


@cache
def load_questions() -> dict[Need, NeedQuestion]:
    return TypeAdapter(dict[Need, NeedQuestion]).validate_python(yaml.safe_load(PATH.read_text("utf-8")))
