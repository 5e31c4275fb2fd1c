"""/whatif, and what is offered below a recommendation: the new verdict beside the old, for the eyes of the asker."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge
from bot.cogs.compare import LONGEST_CHOICE
from bot.delivery import Delivery, locate
from bot.pool import compute
from bot.session import suppose
from bot.translation import name_text
from bot.what_if import offer_answers
from knowledge.signals import Need, Signal
from retrieval.questions import load_questions, suggest_choices
from retrieval.supposition import find_answer

NEEDS = [app_commands.Choice(name=asked.name, value=need.value) for need, asked in load_questions().items()]


class WhatIfCog(commands.Cog):
    """Suppositions by command, button and menu, about the project that is remembered where they are used."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.whatif.name"), description=name_text("commands.whatif.description"))
    @app_commands.rename(need=name_text("options.need.name"), answer=name_text("options.answer.name"))
    @app_commands.describe(need=name_text("options.need.description"), answer=name_text("options.answer.description"))
    @app_commands.choices(need=NEEDS)
    async def suppose(
        self, interaction: discord.Interaction, need: str, answer: app_commands.Range[str, 1, LONGEST_CHOICE]
    ) -> None:
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            leaning = find_answer(Need(need), answer)
            if leaning:
                await self._answer(interaction, Signal(Need(need), leaning))
            else:
                await self.delivery.show(interaction, offer_answers(Need(need)), private=True)

    @suppose.autocomplete("answer")
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        named = interaction.namespace.need
        choices = suggest_choices(Need(named), typed) if named else []
        return [app_commands.Choice(name=choice, value=choice) for choice in choices]

    @commands.Cog.listener()
    async def on_what_if(self, interaction: discord.Interaction, supposed: Signal) -> None:
        """Answer in a message of its own."""
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            await self._answer(interaction, supposed)

    async def _answer(self, interaction: discord.Interaction, supposed: Signal) -> None:
        conversation = await asyncio.to_thread(self.delivery.memory.recall, locate(interaction))
        reply = await compute(suppose, self.delivery.assistant, conversation, supposed)
        await self.delivery.show(interaction, reply, private=True)
