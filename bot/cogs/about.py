"""/help and /about: what the bot can do, and what it is."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist
from bot.delivery import Delivery
from bot.layout import lay_text
from bot.translation import choose_language, name_text
from bot.words import load_words


class AboutCog(commands.Cog):
    """Texts about the bot, for the eyes of whoever asks."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.help.name"), description=name_text("commands.help.description"))
    async def help(self, interaction: discord.Interaction) -> None:
        await self._show(interaction, "help")

    @app_commands.command(name=name_text("commands.about.name"), description=name_text("commands.about.description"))
    async def about(self, interaction: discord.Interaction) -> None:
        await self._show(interaction, "about")

    async def _show(self, interaction: discord.Interaction, which: str) -> None:
        text = load_words(choose_language(interaction.locale.value))["about"][which]
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            (view,) = lay_text(text)
            await insist(lambda: interaction.edit_original_response(view=view))
