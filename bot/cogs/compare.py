"""/compare: the table as a picture and in words, one feature of it, or one method."""

from __future__ import annotations

import asyncio
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import Delivery
from bot.replies import compare_features
from bot.translation import name_text
from knowledge.comparison import Method

MOST_CHOICES = 25
"""Suggestions Discord shows at once."""
LONGEST_CHOICE = 100
METHODS = [
    app_commands.Choice(name=name_text("methods.fine_tuning"), value=Method.FINE_TUNING.value),
    app_commands.Choice(name=name_text("methods.prompt_engineering"), value=Method.PROMPT_ENGINEERING.value),
]


class CompareCog(commands.Cog):
    """The table by command."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(
        name=name_text("commands.compare.name"), description=name_text("commands.compare.description")
    )
    @app_commands.rename(feature=name_text("options.feature.name"), method=name_text("options.method.name"))
    @app_commands.describe(
        feature=name_text("options.feature.description"), method=name_text("options.method.description")
    )
    @app_commands.choices(method=METHODS)
    async def compare(
        self,
        interaction: discord.Interaction,
        feature: app_commands.Range[str, 1, LONGEST_CHOICE] | None = None,
        method: str | None = None,
    ) -> None:
        only = Method(method) if method else Method.BOTH
        await self.delivery.answer_lookup(
            interaction, partial(compare_features, self.delivery.assistant, feature, only)
        )

    @compare.autocomplete("feature")
    async def suggest(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        rows = await asyncio.to_thread(lambda: self.delivery.assistant.open_library().suggest_features(typed))
        labels = [row.feature[:LONGEST_CHOICE] for row in rows[:MOST_CHOICES]]
        return [app_commands.Choice(name=label, value=label) for label in labels]
