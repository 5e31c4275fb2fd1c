"""The first trial a project can afford: how many examples, within which limits, from the numbers that were stated."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal
from retrieval.limits import Limits, find_limits
from retrieval.profile import Profile
from retrieval.quantity import Examples
from retrieval.recipe import Goal, Size, load_recipe

NO_EXAMPLES = Signal(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING)
SOME_EXAMPLES = Signal(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING)


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
    exact: bool
    """Whether that many were stated, rather than "a few hundred", of which these are the fewest."""
    check: int | None
    """How many of the stock to check."""
    unseen: int | None
    """How many of those to keep unseen."""
    gather: int
    """How many are missing before a pilot is worth its while."""
    cases: Size
    """To test prompts with."""
    tests: int | None
    """How many of what there is to test prompts with."""
    more_tests: int
    """How many are missing for that."""
    limits: Limits = Limits()


def plan_pilot(profile: Profile) -> Pilot:
    """Fit the recipe of a pilot to what was stated of a project."""
    recipe = load_recipe()
    size = recipe.sizes[_find_goal(profile.description)]
    good, unlabelled = _sort_examples(profile)
    stock, raw = _count(good), _count(unlabelled)
    if stock is None and unlabelled:
        stock = 0
    check = min(size.most, stock) if stock and stock >= recipe.enough else None
    wanting = stock is not None or _lacks_examples(profile)
    at_hand = max(stock or 0, raw or 0)
    exact = all(each.count.low == each.count.high for each in (*good, *unlabelled))
    return Pilot(
        size=size,
        epochs=recipe.epochs,
        stock=stock,
        raw=raw,
        exact=exact,
        check=check,
        unseen=round(check * recipe.unseen) if check else None,
        gather=size.least - (stock if stock and exact else 0) if wanting and not check else 0,
        cases=recipe.tests,
        tests=min(recipe.tests.most, at_hand) if at_hand else None,
        more_tests=max(0, recipe.tests.least - at_hand) if at_hand else 0,
        limits=find_limits(profile),
    )


def _find_goal(description: str) -> Goal:
    goals = load_recipe().goals
    return next((goal for goal, words in goals.items() if re.search(words, description, re.IGNORECASE)), "any")


def _sort_examples(profile: Profile) -> tuple[list[Examples], list[Examples]]:
    """Return what is stated of examples to learn from, and of those that are not labelled."""
    stated = [each for each in profile.quantities if isinstance(each, Examples)]
    if _has_examples(profile):
        stated = [each for each in stated if each.count.high]
    raw = [each for each in stated if _is_raw(each, useless=_lacks_examples(profile))]
    return [each for each in stated if each not in raw], raw


def _count(examples: Iterable[Examples]) -> int | None:
    """Return how many there are of what there are most, one being none; None where nothing is stated."""
    counts = [int(each.count.low) for each in examples]
    return max((count if count > 1 else 0 for count in counts), default=None)


def _has_examples(profile: Profile) -> bool:
    """Tell whether there are examples, at least for a part."""
    return SOME_EXAMPLES in profile.signals


def _lacks_examples(profile: Profile) -> bool:
    return NO_EXAMPLES in profile.signals and not _has_examples(profile)


def _is_raw(examples: Examples, *, useless: bool) -> bool:
    """Tell whether examples are not labelled; where that is not said, many that are of no use are not."""
    many = examples.count.low >= load_recipe().enough
    return examples.labelled is False or (examples.labelled is None and useless and many)
