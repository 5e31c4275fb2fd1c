"""The first trial a project can afford: how many examples, within which limits, from the numbers that were stated."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal
from retrieval.profile import Profile
from retrieval.quantity import Deadline, Duration, Examples, Gpus, Money, Quantity

PATH = Path(__file__).with_name("pilot.yaml")

Goal = Literal["sorting", "form", "any"]
Hardware = Literal["one", "own", "rented"]


class Size(BaseModel):
    """How many are enough to begin with, and more than how many are not needed."""

    model_config = ConfigDict(frozen=True)

    least: int
    most: int


class PilotRules(BaseModel):
    """What `pilot.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sizes: dict[Goal, Size]
    goals: dict[Goal, str]
    unseen: float
    epochs: tuple[int, int]
    tests: Size
    enough: int
    training_days: int
    soon: str


class Limits(BaseModel):
    """What a trial has to get by with, in the user's words; None where nothing was said that counts here."""

    model_config = ConfigDict(frozen=True)

    deadline: str | None = None
    """Nearer than training takes."""
    money: str | None = None
    gpus: str | None = None
    hardware: Hardware | None = None
    """What one graphics card or none leads to: a model for that one, a card of one's own, or a rented one."""


class Pilot(BaseModel):
    """How many examples to begin with; what depends on a number that was not stated is None."""

    model_config = ConfigDict(frozen=True)

    size: Size
    """Of a pilot for what is to be learned here."""
    epochs: tuple[int, int]
    stock: int | None
    """Examples that there are."""
    raw: int | None
    """Examples that are there, but not labelled."""
    check: int | None
    """How many of the stock to check."""
    unseen: int | None
    """How many of those to keep unseen."""
    gather: int
    """How many are missing before a pilot is worth its while."""
    tests: int | None
    """How many of what there is to test prompts with."""
    more_tests: int
    """How many are missing for that."""
    limits: Limits = Limits()


@cache
def load_pilot_rules() -> PilotRules:
    return PilotRules.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


def plan_pilot(profile: Profile) -> Pilot:
    """Fit the recipe of a pilot to what was stated of a project."""
    rules = load_pilot_rules()
    size = rules.sizes[_find_goal(profile.description)]
    stock, raw = _count_examples(profile)
    check = min(size.most, stock) if stock and stock >= rules.enough else None
    wanting = stock is not None or _lacks_examples(profile)
    at_hand = max(stock or 0, raw or 0)
    return Pilot(
        size=size,
        epochs=rules.epochs,
        stock=stock,
        raw=raw,
        check=check,
        unseen=round(check * rules.unseen) if check else None,
        gather=size.least - (stock or 0) if wanting and not check else 0,
        tests=min(rules.tests.most, at_hand) if at_hand else None,
        more_tests=max(0, rules.tests.least - at_hand) if at_hand else 0,
        limits=_find_limits(profile),
    )


def _find_goal(description: str) -> Goal:
    goals = load_pilot_rules().goals
    return next((goal for goal, words in goals.items() if re.search(words, description, re.IGNORECASE)), "any")


def _count_examples(profile: Profile) -> tuple[int | None, int | None]:
    """Return how many examples there are, and how many that are not labelled; None where neither is stated."""
    stated = [each for each in profile.quantities if isinstance(each, Examples)]
    useless = _lacks_examples(profile)
    raw = [each for each in stated if _is_raw(each, useless=useless)]
    good = [int(each.count.low) for each in stated if each not in raw]
    return max(good, default=0 if raw else None), max((int(each.count.low) for each in raw), default=None)


def _lacks_examples(profile: Profile) -> bool:
    return {signal.leaning for signal in profile.signals if signal.need is Need.DATA_REQUIREMENT} == {
        Leaning.PROMPT_ENGINEERING
    }


def _is_raw(examples: Examples, *, useless: bool) -> bool:
    """Tell whether examples are not labelled; where that is not said, many that are of no use are not."""
    many = examples.count.low >= load_pilot_rules().enough
    return examples.labelled is False or (examples.labelled is None and useless and many)


def _find_limits(profile: Profile) -> Limits:
    money = [each for each in profile.quantities if isinstance(each, Money)]
    gpus = [each for each in profile.quantities if isinstance(each, Gpus)]
    deadlines = [each for each in profile.quantities if _is_near(each, profile)]
    hardware = _choose_hardware(gpus[-1], profile) if gpus else None
    return Limits(
        deadline=deadlines[-1].words if deadlines else None,
        money=money[-1].words if money else None,
        gpus=gpus[-1].words if hardware else None,
        hardware=hardware,
    )


def _is_near(quantity: Quantity, profile: Profile) -> bool:
    """Tell whether it is a time that there is, and shorter than training takes."""
    rules = load_pilot_rules()
    if isinstance(quantity, Deadline) and quantity.days is None:
        return re.search(rules.soon, quantity.words, re.IGNORECASE) is not None
    if isinstance(quantity, Deadline | Duration) and quantity.days:
        short = quantity.days.high < rules.training_days
        return short and (isinstance(quantity, Deadline) or _speaks_of_time(quantity, profile))
    return False


def _speaks_of_time(duration: Duration, profile: Profile) -> bool:
    """Tell whether a stretch of time is said to be short, and not how long something else takes."""
    short = Signal(Need.TIME_AND_COST, Leaning.PROMPT_ENGINEERING)
    return any(finding.signal == short and duration.words in finding.words for finding in profile.findings)


def _choose_hardware(gpus: Gpus, profile: Profile) -> Hardware | None:
    if gpus.count is None or gpus.count.low > 1:
        return None
    if gpus.count.high:
        return "one"
    return "own" if Signal(Need.PRIVACY, Leaning.FINE_TUNING) in profile.signals else "rented"
