"""Thumbs up and down; down asks for the reason."""

from __future__ import annotations

import asyncio
from typing import Literal

import discord
import structlog
from discord.ext import commands

from bot.calls import acknowledge, tell_privately
from bot.cogs.advise import FORM_LASTS
from bot.delivery import Delivery
from bot.records.feedback import LONGEST_COMMENT
from bot.translation import choose_language
from bot.words import load_words

log = structlog.get_logger(__name__)


class FeedbackForm(discord.ui.Modal):
    """One question, which may stay without an answer."""

    def __init__(self, cog: FeedbackCog, key: str, language: str) -> None:
        words = load_words(language)["discord"]["feedback"]
        super().__init__(title=words["title"], timeout=FORM_LASTS)
        self.cog = cog
        self.key = key
        self.comment: discord.ui.TextInput[FeedbackForm] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_COMMENT, required=False
        )
        self.add_item(discord.ui.Label(text=words["question"], description=words["hint"], component=self.comment))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await self.cog.keep(interaction, self.key, "down", self.comment.value.strip() or None)


class FeedbackCog(commands.Cog):
    """What people think of replies."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_card_like(self, interaction: discord.Interaction, key: str) -> None:
        await self.keep(interaction, key, "up", None)

    @commands.Cog.listener()
    async def on_card_dislike(self, interaction: discord.Interaction, key: str) -> None:
        async with self.delivery.work():
            form = FeedbackForm(self, key, choose_language(interaction.locale.value))
            await interaction.response.send_modal(form)

    async def keep(
        self, interaction: discord.Interaction, key: str, thumb: Literal["up", "down"], comment: str | None
    ) -> None:
        """Keep what somebody thinks of a reply, and thank them."""
        words = load_words(choose_language(interaction.locale.value))["discord"]
        async with self.delivery.work():
            if not self.delivery.accepts(interaction.id):
                return
            await acknowledge(interaction, private=True)
            kept = await asyncio.to_thread(self.delivery.memory.keep_feedback, key, interaction.user.id, thumb, comment)
            await tell_privately(interaction, words["feedback"]["thanks"] if kept else words["over"])
