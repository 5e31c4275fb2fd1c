"""A supposition on a control is told by its id, whose card it stands on, too; an id from before is still read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.controls.what_if import MENU_TEMPLATE, TEMPLATE, WhatIfButton, WhatIfMenu
from knowledge.signals import Signal
from retrieval.questions import list_answers

ADA, LONGEST_NUMBER = 123_456_789_012_345_678, 2**64 - 1
KEY, LONGEST_ID = "0123456789abcdef" * 2, 100
NOBODY: Any = None
"""Stands for what a control does not look at when it is read from its id."""


@pytest.mark.parametrize("supposed", list_answers(), ids=str)
@pytest.mark.parametrize("key", [KEY, None])
async def test_what_is_tapped_is_known_from_the_id(supposed: Signal, key: str | None) -> None:
    before = WhatIfButton(LONGEST_NUMBER, supposed, key)
    match = TEMPLATE.fullmatch(before.custom_id)
    assert match is not None

    after = await WhatIfButton.from_custom_id(NOBODY, before.item, match)

    assert (after.asker, after.supposed, after.key) == (LONGEST_NUMBER, supposed, key)
    assert after.custom_id == before.custom_id
    assert len(before.custom_id) <= LONGEST_ID
    assert MENU_TEMPLATE.fullmatch(before.custom_id) is None


@pytest.mark.parametrize("key", [KEY, None])
async def test_whose_menu_it_is_is_known_from_the_id(key: str | None) -> None:
    before = WhatIfMenu(LONGEST_NUMBER, key=key)
    match = MENU_TEMPLATE.fullmatch(before.custom_id)
    assert match is not None

    after = await WhatIfMenu.from_custom_id(NOBODY, before.item, match)

    assert (after.asker, after.key) == (LONGEST_NUMBER, key)
    assert TEMPLATE.fullmatch(before.custom_id) is None


async def test_ids_from_before_are_read_as_being_of_no_card() -> None:
    (supposed, *_) = list_answers()
    button, menu = TEMPLATE.fullmatch(f"what-if:{ADA}:{supposed}"), MENU_TEMPLATE.fullmatch(f"what-if:{ADA}")
    assert button is not None
    assert menu is not None

    tapped = await WhatIfButton.from_custom_id(NOBODY, NOBODY, button)
    picked = await WhatIfMenu.from_custom_id(NOBODY, NOBODY, menu)

    assert (tapped.asker, tapped.supposed, tapped.key) == (ADA, supposed, None)
    assert (picked.asker, picked.key) == (ADA, None)
