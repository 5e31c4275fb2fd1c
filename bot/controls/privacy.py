"""What people can do about what is kept of them: it is always of the one who taps."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

import discord


class PrivacyAct(StrEnum):
    """What a button does."""

    EXPORT = "export"
    DELETE = "delete"
    """Asks once more."""
    ERASE = "erase"
    """Deletes."""
    BACK = "back"


TEMPLATE = re.compile(rf"privacy:(?P<act>{'|'.join(PrivacyAct)})")


class PrivacyButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """Its id names no one."""

    def __init__(self, act: PrivacyAct, label: str | None = None) -> None:
        style = discord.ButtonStyle.danger if act is PrivacyAct.ERASE else discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label or act, custom_id=f"privacy:{act}", style=style))
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(PrivacyAct(match["act"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the act to the cog that listens for it."""
        interaction.client.dispatch(f"privacy_{self.act}", interaction)
