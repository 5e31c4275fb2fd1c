"""/compare: the table, or one feature of it."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import Delivery, acknowledge
from bot.replies import compare_features
from bot.words import load_words

WORDS = load_words()["discord"]
MOST_CHOICES = 25
"""Suggestions Discord shows at once."""
LONGEST_CHOICE = 100


class CompareCog(commands.Cog):
    """The table by command."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name="compare", description=WORDS["commands"]["compare"])
    @app_commands.describe(feature=WORDS["options"]["feature"])
    async def compare(self, interaction: discord.Interaction, feature: str | None = None) -> None:
        async with self.delivery.work():
            await acknowledge(interaction)
            reply = await asyncio.to_thread(compare_features, self.delivery.assistant, feature)
            await self.delivery.show(interaction, reply)

    @compare.autocomplete("feature")
    async def suggest(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        rows = await asyncio.to_thread(self.delivery.assistant.suggest_features, typed)
        labels = [row.feature[:LONGEST_CHOICE] for row in rows[:MOST_CHOICES]]
        return [app_commands.Choice(name=label, value=label) for label in labels]
