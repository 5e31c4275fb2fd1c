"""What can be settled for a server: the one in which it is tapped."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any, Self

import discord

from bot.controls.managed import ManagersOnly
from bot.words import list_languages, load_words

MOST_CHANNELS = 25
MOST_OPTIONS = 25
AS_DISCORD = "discord"
"""Value of the option that leaves the language to Discord."""
CHANNEL_TYPES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


class Switch(StrEnum):
    """A setting that is on or off, by the name of its field."""

    PRIVATE = "private"
    THREADS = "threads"
    FEEDBACK = "feedback"


SWITCH_TEMPLATE = re.compile(rf"settings:(?P<switch>{'|'.join(Switch)}):(?P<state>on|off)")
CHANNEL_TEMPLATE = re.compile(r"settings:channels")
LANGUAGE_TEMPLATE = re.compile(r"settings:language")
RESET_TEMPLATE = re.compile(r"settings:reset")


class SwitchButton(
    ManagersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=SWITCH_TEMPLATE
):
    """Its id says what the setting is to become, so that a tap does what its label said even where others tapped."""

    def __init__(self, switch: Switch, label: str | None = None, *, on: bool) -> None:
        custom_id = f"settings:{switch}:{'on' if on else 'off'}"
        super().__init__(discord.ui.Button(label=label or switch, custom_id=custom_id))
        self.switch = switch
        self.on = on

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(Switch(match["switch"]), on=match["state"] == "on")

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the change to the cog that listens for it."""
        interaction.client.dispatch("settings_change", interaction, {self.switch.value: self.on})


class ChannelMenu(
    ManagersOnly, discord.ui.DynamicItem[discord.ui.ChannelSelect[discord.ui.LayoutView]], template=CHANNEL_TEMPLATE
):
    """The channels of the server, to pick any number of them."""

    def __init__(self, chosen: Collection[discord.abc.GuildChannel] = (), placeholder: str | None = None) -> None:
        menu: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id="settings:channels",
            channel_types=CHANNEL_TYPES,
            placeholder=placeholder,
            min_values=0,
            max_values=MOST_CHANNELS,
            default_values=list(chosen),
        )
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], ___: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        channels = frozenset(channel.id for channel in self.item.values)
        interaction.client.dispatch("settings_change", interaction, {"channels": channels})


class LanguageMenu(
    ManagersOnly, discord.ui.DynamicItem[discord.ui.Select[discord.ui.LayoutView]], template=LANGUAGE_TEMPLATE
):
    """The languages there are words in, each by its own name, and none of them."""

    def __init__(self, chosen: str | None = None, as_discord: str = AS_DISCORD) -> None:
        options = [discord.SelectOption(label=as_discord, value=AS_DISCORD, default=chosen is None)]
        for language in list_languages()[: MOST_OPTIONS - 1]:
            option = discord.SelectOption(label=name_language(language), value=language, default=language == chosen)
            options.append(option)
        super().__init__(discord.ui.Select(custom_id="settings:language", options=options))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], ___: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        (value,) = self.item.values
        language = None if value == AS_DISCORD else value
        interaction.client.dispatch("settings_change", interaction, {"language": language})


class ResetButton(
    ManagersOnly, discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=RESET_TEMPLATE
):
    """Goes back to how the bot came."""

    def __init__(self, label: str | None = None) -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=label or "reset", custom_id="settings:reset", style=style))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], ___: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave it to the cog that listens for it."""
        interaction.client.dispatch("settings_reset", interaction)


def name_language(language: str) -> str:
    """Return what a language calls itself."""
    return str(load_words()["settings"]["languages"].get(language, language))
