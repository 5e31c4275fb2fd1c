"""Answers to a clarifying question."""

from __future__ import annotations

import re
from typing import Self

import discord

from bot.controls.asked import LONGEST_LABEL, AskersOnly
from knowledge.signals import Need

TEMPLATE = re.compile(r"choice:(?P<asker>\d+):(?P<need>\w+):(?P<place>\d+)(?::(?P<key>[0-9a-f]{32}))?")


class ChoiceButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """One answer. Its id names the reply whose project it is about."""

    def __init__(self, asker: int, need: Need, place: int, label: str, key: str | None = None) -> None:
        custom_id = ":".join(["choice", str(asker), need, str(place), *([key] if key else [])])
        super().__init__(discord.ui.Button(label=label[:LONGEST_LABEL], custom_id=custom_id))
        self.asker = asker
        self.need = need
        self.place = place
        """Which answer, from 0; the one after the last is Skip."""
        self.key = key
        """None where the reply is not kept; it is then about the project that is remembered."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        label = getattr(item, "label", None) or ""
        return cls(int(match["asker"]), Need(match["need"]), int(match["place"]), label, match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the answer to the cog that listens for it."""
        interaction.client.dispatch("choice", interaction, self)
