"""What breaks a rule of /cost is told in plain words, and nothing is drawn of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.layout import escape_markup
from bot.words import load_words
from tests.fake_discord import FakeDiscord, MessageFlag

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = load_words()["cost"]
GIVEN: dict[str, Any] = {
    "requests": 100_000,
    "fixed_tokens": 3_000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "input_price": 2.5,
    "output_price": 10.0,
}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"input_price": 2e12}, "input_price has to be 1,000,000,000,000 or less, not 2,000,000,000,000."),
        ({"requests": 10**13}, "requests has to be 1,000,000,000,000 or less, not 10,000,000,000,000."),
        ({"currency": "**€"}, WORDS["errors"]["currency"].format(currency="**€")),
        ({"input_price": 0.0, "output_price": 0.0}, WORDS["errors"]["nothing"]),
    ],
)
async def test_what_breaks_a_rule_is_told_in_plain_words(
    changes: dict[str, Any], told: str, fake: FakeDiscord, ada: str
) -> None:
    reply = await fake.slash("cost", by=ada, **{**GIVEN, **changes})

    assert reply.text == escape_markup(told)
    assert MessageFlag.EPHEMERAL in reply.flags
    assert not reply.messages[0]["attachments"]
