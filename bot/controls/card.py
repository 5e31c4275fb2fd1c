"""What can be done with a reply that was shown."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

import discord

from bot.controls.asked import LONGEST_LABEL, AskersOnly


class Act(StrEnum):
    """What a button does with the reply it stands below."""

    WHY = "why"
    LESSON_WORDS = "lesson_words"
    SHARE = "share"
    LIKE = "like"
    DISLIKE = "dislike"
    DELETE = "delete"


SIGNS = {Act.LIKE: "👍", Act.DISLIKE: "👎"}
"""Buttons that show a sign in the place of a word."""
TEMPLATE = re.compile(rf"card:(?P<act>{'|'.join(Act)}):(?P<asker>\d+):(?P<key>[0-9a-f]{{32}})")


class CardButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """Its id names the reply, which is looked up when it is tapped."""

    def __init__(self, act: Act, asker: int, key: str, label: str | None = None) -> None:
        custom_id, sign = f"card:{act}:{asker}:{key}", SIGNS.get(act)
        shown = None if sign else (label or act)[:LONGEST_LABEL]
        super().__init__(discord.ui.Button(label=shown, emoji=sign, custom_id=custom_id))
        self.act = act
        self.asker = asker
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(Act(match["act"]), int(match["asker"]), match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the act to the cog that listens for it."""
        interaction.client.dispatch(f"card_{self.act}", interaction, self.key)
