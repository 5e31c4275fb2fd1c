"""Suppositions about a project: those that flip the verdict as buttons, every one in a menu."""

from __future__ import annotations

import re
from typing import Self

import discord

from bot.controls.asked import LONGEST_LABEL, AskersOnly
from bot.what_if import phrase_question
from knowledge.signals import Leaning, Need, Signal
from retrieval.questions import list_answers

TEMPLATE = re.compile(r"what-if:(?P<asker>\d+):(?P<need>\w+):(?P<leaning>\w+)")
MENU_TEMPLATE = re.compile(r"what-if:(?P<asker>\d+)")


class WhatIfButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """A change that flips the verdict. Its id names what is supposed, but not of which project."""

    def __init__(self, asker: int, supposed: Signal) -> None:
        label = phrase_question(supposed)[:LONGEST_LABEL]
        super().__init__(discord.ui.Button(label=label, custom_id=f"what-if:{asker}:{supposed}"))
        self.asker = asker
        self.supposed = supposed

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), Signal(Need(match["need"]), Leaning(match["leaning"])))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the supposition to the cog that listens for it."""
        interaction.client.dispatch("what_if", interaction, self.supposed)


class WhatIfMenu(AskersOnly, discord.ui.DynamicItem[discord.ui.Select[discord.ui.LayoutView]], template=MENU_TEMPLATE):
    """Everything that can be supposed, to pick one."""

    def __init__(self, asker: int, placeholder: str | None = None) -> None:
        options = [discord.SelectOption(label=phrase_question(signal), value=str(signal)) for signal in list_answers()]
        super().__init__(discord.ui.Select(custom_id=f"what-if:{asker}", placeholder=placeholder, options=options))
        self.asker = asker

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls(int(match["asker"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        need, leaning = self.item.values[0].split(":")
        interaction.client.dispatch("what_if", interaction, Signal(Need(need), Leaning(leaning)))
