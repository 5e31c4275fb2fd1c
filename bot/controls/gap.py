"""Consent to keeping a question that found nothing."""

from __future__ import annotations

import re
from typing import Self

import discord

from bot.controls.asked import AskersOnly

TEMPLATE = re.compile(r"gap:(?P<asker>\d+):(?P<key>[0-9a-f]{32})")


class GapButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """Its id names the gap."""

    def __init__(self, asker: int, key: str, label: str | None = None) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"gap:{asker}:{key}"))
        self.asker = asker
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the question to the cog that listens for it."""
        interaction.client.dispatch("gap", interaction, self)
