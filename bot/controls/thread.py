"""Going on in a thread without a mention."""

from __future__ import annotations

import re
from typing import Self

import discord

TEMPLATE = re.compile(r"continue")


class ContinueButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """For everybody in the thread: each has a conversation of their own."""

    def __init__(self, label: str | None = None) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label or "continue", custom_id="continue", style=style))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], ___: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave it to the cog that listens for it."""
        interaction.client.dispatch("continue", interaction)
