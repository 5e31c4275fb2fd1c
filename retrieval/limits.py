"""What a first trial has to get by with: time, money, graphics cards."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal
from retrieval.profile import Profile
from retrieval.quantity import Deadline, Duration, Gpus, Money, Quantity
from retrieval.recipe import load_recipe

Hardware = Literal["one", "own", "rented"]


class Limits(BaseModel):
    """What a trial has to get by with, in the user's words; None where nothing was said that counts here."""

    model_config = ConfigDict(frozen=True)

    deadline: str | None = None
    """Nearer than training takes."""
    money: str | None = None
    gpus: str | None = None
    hardware: Hardware | None = None
    """What one graphics card or none leads to: a model for that one, a card of one's own, or a rented one."""


def find_limits(profile: Profile) -> Limits:
    """Return the limits that were stated and bind."""
    money = [each for each in profile.quantities if isinstance(each, Money) and _is_amount(each)]
    gpus = [each for each in profile.quantities if isinstance(each, Gpus)]
    deadlines = [each for each in profile.quantities if _is_near(each, profile)]
    hardware = _choose_hardware(gpus[-1], profile) if gpus else None
    return Limits(
        deadline=deadlines[-1].words if deadlines else None,
        money=money[-1].words if money else None,
        gpus=gpus[-1].words if hardware else None,
        hardware=hardware,
    )


def _is_amount(money: Money) -> bool:
    """Tell whether it is a sum, and in words that show it."""
    return money.amount.high > 0 and (money.currency is not None or any(map(str.isdigit, money.words)))


def _is_near(quantity: Quantity, profile: Profile) -> bool:
    """Tell whether it is a time that there is, and shorter than training takes."""
    recipe = load_recipe()
    if isinstance(quantity, Deadline) and quantity.days is None:
        return re.search(recipe.soon, quantity.words, re.IGNORECASE) is not None
    if isinstance(quantity, Deadline | Duration) and quantity.days:
        short = recipe.soonest <= quantity.days.high < recipe.training_days
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
