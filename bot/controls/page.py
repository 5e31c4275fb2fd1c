"""Turning the pages of a long reply, and picking a topic from the list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Self

import discord

from bot.controls.asked import LONGEST_LABEL, AskersOnly

TEMPLATE = re.compile(r"page:(?P<asker>\d+):(?P<key>[0-9a-f]{32}):(?P<number>\d+)")
MENU_TEMPLATE = re.compile(r"topic:(?P<asker>\d+)")
MOST_OPTIONS = 25


class PageButton(AskersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """Its id names the reply and the page."""

    def __init__(self, asker: int, key: str, number: int, label: str | None = None) -> None:
        custom_id = f"page:{asker}:{key}:{number}"
        super().__init__(discord.ui.Button(label=(label or str(number))[:LONGEST_LABEL], custom_id=custom_id))
        self.asker = asker
        self.key = key
        self.number = number
        """Of the page it leads to, from 0."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), match["key"], int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave it to the cog that listens for it."""
        interaction.client.dispatch("page", interaction, self.key, self.number)


class TopicMenu(AskersOnly, discord.ui.DynamicItem[discord.ui.Select[discord.ui.LayoutView]], template=MENU_TEMPLATE):
    """The topics of the lesson, to open one."""

    def __init__(self, asker: int, topics: Sequence[str] = ("…",), placeholder: str | None = None) -> None:
        options = [discord.SelectOption(label=topic[:100], value=topic[:100]) for topic in topics[:MOST_OPTIONS]]
        super().__init__(discord.ui.Select(custom_id=f"topic:{asker}", placeholder=placeholder, options=options))
        self.asker = asker

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls(int(match["asker"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        interaction.client.dispatch("topic", interaction, self.item.values[0])


def find_page(message: discord.Message | None) -> int:
    """Return which page a message shows, from 0; one that cannot be turned counts as the first."""
    matches = filter(None, map(TEMPLATE.fullmatch, _list_ids(message)))
    # The greatest is that of the button that leads onward, which is there even after the last page.
    return max((int(match["number"]) for match in matches), default=1) - 1


def _list_ids(message: discord.Message | None) -> Iterator[str]:
    """Yield the ids of everything that can be tapped below a message of ours."""
    for row in message.components if message else ():
        for control in row.children if isinstance(row, discord.ActionRow) else ():
            yield getattr(control, "custom_id", None) or ""
