"""/ask: a question, an answer."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import Delivery
from bot.translation import name_text

LONGEST_OPTION = 6_000
"""Characters Discord lets people type into an option of a command."""


class AskCog(commands.Cog):
    """Questions by command."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.ask.name"), description=name_text("commands.ask.description"))
    @app_commands.rename(question=name_text("options.question.name"))
    @app_commands.describe(question=name_text("options.question.description"))
    async def ask(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, LONGEST_OPTION]) -> None:
        await self.delivery.answer_command(interaction, question, "ask")
