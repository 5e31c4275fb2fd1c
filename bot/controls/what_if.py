"""Suppositions about a project: those that flip the verdict as buttons, every one in a menu."""

from __future__ import annotations

import re
from typing import Self

import discord

from bot.controls.asked import LONGEST_LABEL, AskersOnly
from bot.what_if import phrase_question
from bot.words import ENGLISH
from knowledge.signals import Leaning, Need, Signal
from retrieval.questions import list_answers

KEY = r"(?::(?P<key>[0-9a-f]{32}))?"
TEMPLATE = re.compile(rf"(?:what-)?if:(?P<asker>\d+):(?P<need>\w+):(?P<leaning>\w+){KEY}")
MENU_TEMPLATE = re.compile(rf"(?:what-)?if:(?P<asker>\d+){KEY}")
"""Ids once began with what-if, which leaves no room for a key, and had none."""


class WhatIfButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """A change that flips the verdict. Its id names what is supposed, and the reply whose project it is."""

    def __init__(self, asker: int, supposed: Signal, key: str | None = None, language: str = ENGLISH) -> None:
        label = phrase_question(supposed, language)[:LONGEST_LABEL]
        super().__init__(discord.ui.Button(label=label, custom_id=_name_control(asker, str(supposed), key)))
        self.asker = asker
        self.supposed = supposed
        self.key = key
        """None where the reply is not kept; it is then about the project that is remembered."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), Signal(Need(match["need"]), Leaning(match["leaning"])), match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the supposition to the cog that listens for it."""
        interaction.client.dispatch("what_if", interaction, self.supposed, self.key)


class WhatIfMenu(AskersOnly, discord.ui.DynamicItem[discord.ui.Select[discord.ui.LayoutView]], template=MENU_TEMPLATE):
    """Everything that can be supposed, to pick one."""

    def __init__(
        self, asker: int, placeholder: str | None = None, key: str | None = None, language: str = ENGLISH
    ) -> None:
        labels = {str(signal): phrase_question(signal, language) for signal in list_answers()}
        options = [discord.SelectOption(label=label, value=value) for value, label in labels.items()]
        custom_id = _name_control(asker, key)
        super().__init__(discord.ui.Select(custom_id=custom_id, placeholder=placeholder, options=options))
        self.asker = asker
        self.key = key
        """As of a button."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls(int(match["asker"]), key=match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        need, leaning = self.item.values[0].split(":")
        interaction.client.dispatch("what_if", interaction, Signal(Need(need), Leaning(leaning)), self.key)


def _name_control(asker: int, *parts: str | None) -> str:
    """Return the id of a control, at most 98 of the 100 characters that Discord takes."""
    return ":".join(["if", str(asker), *filter(None, parts)])
