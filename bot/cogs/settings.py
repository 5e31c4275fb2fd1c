"""/settings: how the bot behaves in a server, for those who may manage it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist, tell_privately
from bot.controls.managed import admit_manager
from bot.controls.settings import ChannelMenu, LanguageMenu, ResetButton, Switch, SwitchButton, name_language
from bot.delivery import Delivery
from bot.errors import RecordError
from bot.records.servers import ServerSettings
from bot.translation import choose_language, name_text
from bot.words import load_words

log = structlog.get_logger(__name__)


class SettingsCog(commands.Cog):
    """A private panel, which works after a restart, too; a server that the bot leaves is forgotten."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        # Of two quick taps, the second must not undo the first.
        self._turn = asyncio.Lock()

    @app_commands.command(
        name=name_text("commands.settings.name"), description=name_text("commands.settings.description")
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(self, interaction: discord.Interaction) -> None:
        async with self.delivery.work():
            # A server may give the command to people who may not manage it.
            if await admit_manager(interaction):
                await acknowledge(interaction, private=True)
                await self._show(interaction)

    @commands.Cog.listener()
    async def on_settings_change(self, interaction: discord.Interaction, changes: Mapping[str, Any]) -> None:
        """Settle some fields of the settings anew."""
        guild = interaction.guild_id or 0
        await self._settle(interaction, lambda: self.delivery.memory.change_server(guild, changes))

    @commands.Cog.listener()
    async def on_settings_reset(self, interaction: discord.Interaction) -> None:
        """Go back to the defaults."""
        await self._settle(interaction, lambda: self.delivery.memory.forget_server(interaction.guild_id or 0))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server in which the bot is no longer wanted."""
        try:
            await asyncio.to_thread(self.delivery.memory.forget_server, guild.id)
        except RecordError as error:
            log.warning("the settings of a server could not be deleted", reason=str(error))

    async def _settle(self, interaction: discord.Interaction, change: Callable[[], None]) -> None:
        """Make a change and show what holds from now on; where it cannot be kept, that is said."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            try:
                async with self._turn:
                    await asyncio.to_thread(change)
            except RecordError as error:
                log.warning("the settings of a server could not be kept", reason=str(error))
                words = load_words(choose_language(interaction.locale.value))["settings"]
                await tell_privately(interaction, words["failed"])
            await self._show(interaction)

    async def _show(self, interaction: discord.Interaction) -> None:
        held = await asyncio.to_thread(self.delivery.memory.recall_server, interaction.guild_id or 0)
        panel = lay_out_settings(held, choose_language(interaction.locale.value), interaction.guild)
        await insist(lambda: interaction.edit_original_response(view=panel))


def lay_out_settings(held: ServerSettings, language: str, guild: discord.Guild | None) -> discord.ui.LayoutView:
    """Return a panel that says what holds, and lets people change it."""
    words = load_words(language)["settings"]
    panel = discord.ui.LayoutView(timeout=None)
    panel.add_item(discord.ui.TextDisplay(f"### {words['title']}\n{words['hint']}"))
    panel.add_item(discord.ui.TextDisplay(describe_channels(held, words)))
    chosen = _find_channels(held, guild)
    panel.add_item(discord.ui.ActionRow(ChannelMenu(chosen, words["choose_channels"])))
    for switch in Switch:
        panel.add_item(_lay_switch(switch, words[switch], on=getattr(held, switch)))
    panel.add_item(discord.ui.TextDisplay(describe_language(held, words)))
    panel.add_item(discord.ui.ActionRow(LanguageMenu(held.language, words["as_discord"])))
    return panel.add_item(discord.ui.ActionRow(ResetButton(words["reset"])))


def describe_channels(held: ServerSettings, words: Mapping[str, Any]) -> str:
    """Return where the bot answers."""
    if not held.channels:
        return str(words["everywhere"])
    channels = " ".join(f"<#{channel}>" for channel in sorted(held.channels))
    return str(words["channels"].format(channels=channels))


def describe_language(held: ServerSettings, words: Mapping[str, Any]) -> str:
    """Return in which language messages and commands are answered."""
    told = words["language"]
    messages = told["chosen"].format(language=name_language(held.language)) if held.language else told["as_discord"]
    return f"{messages} {told['commands']}"


def _lay_switch(switch: Switch, words: Mapping[str, str], *, on: bool) -> discord.ui.Section[Any]:
    button: Any = SwitchButton(switch, words["turn_off" if on else "turn_on"], on=not on)
    return discord.ui.Section(words["is_on" if on else "is_off"], accessory=button)


def _find_channels(held: ServerSettings, guild: discord.Guild | None) -> list[discord.abc.GuildChannel]:
    """Return the chosen channels that are still there; Discord fails with others."""
    found = [guild.get_channel(channel) for channel in sorted(held.channels)] if guild else []
    return [channel for channel in found if channel]
