"""The recipe of a pilot: how many examples, for what, and how long it takes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).with_name("recipe.yaml")

Goal = Literal["sorting", "form", "any"]


class Size(BaseModel):
    """How many are enough to begin with, and more than how many are not needed."""

    model_config = ConfigDict(frozen=True)

    least: int
    most: int


class Recipe(BaseModel):
    """What `recipe.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sizes: dict[Goal, Size]
    goals: dict[Goal, str]
    unseen: float
    epochs: tuple[int, int]
    tests: Size
    enough: int
    soonest: int
    training_days: int
    soon: str


@cache
def load_recipe() -> Recipe:
    return Recipe.model_validate(yaml.safe_load(PATH.read_text("utf-8")))
