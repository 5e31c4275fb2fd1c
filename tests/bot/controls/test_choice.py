"""An answer on a button is told by its id, whose card it stands on, too; an id from before is still read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.controls.choice import TEMPLATE, ChoiceButton
from knowledge.signals import Need

ADA, LONGEST_NUMBER = 123_456_789_012_345_678, 2**64 - 1
KEY, LONGEST_ID = "0123456789abcdef" * 2, 100
NOBODY: Any = None
"""Stands for what a control does not look at when it is read from its id."""


@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("key", [KEY, None])
async def test_what_is_tapped_is_known_from_the_id(need: Need, key: str | None) -> None:
    before = ChoiceButton(LONGEST_NUMBER, need, 3, "Skip", key)
    match = TEMPLATE.fullmatch(before.custom_id)
    assert match is not None

    after = await ChoiceButton.from_custom_id(NOBODY, before.item, match)

    assert (after.asker, after.need, after.place, after.key) == (LONGEST_NUMBER, need, 3, key)
    assert after.custom_id == before.custom_id
    assert len(before.custom_id) <= LONGEST_ID


async def test_an_id_from_before_is_read_as_being_of_no_card() -> None:
    match = TEMPLATE.fullmatch(f"choice:{ADA}:{Need.PRIVACY}:1")
    assert match is not None

    tapped = await ChoiceButton.from_custom_id(NOBODY, NOBODY, match)

    assert (tapped.asker, tapped.need, tapped.place, tapped.key) == (ADA, Need.PRIVACY, 1, None)
