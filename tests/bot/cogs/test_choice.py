"""A button names its answer by its place."""

from __future__ import annotations

import pytest

from bot.cogs.choice import read_choice
from knowledge.signals import Need
from retrieval.assistant import SKIP
from retrieval.questions import load_questions


@pytest.mark.parametrize("need", list(Need))
def test_a_place_is_the_choice_that_stands_there(need: Need) -> None:
    choices = tuple(load_questions()[need].choices)

    assert tuple(read_choice(need, place) for place in range(len(choices))) == choices


@pytest.mark.parametrize("need", list(Need))
@pytest.mark.parametrize("beyond", [0, 1, 99])
def test_a_place_after_the_last_is_skip(need: Need, beyond: int) -> None:
    """Also where a question had more choices when its buttons were shown."""
    assert read_choice(need, len(load_questions()[need].choices) + beyond) == SKIP
