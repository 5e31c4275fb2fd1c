"""/whatif, and what is offered below a recommendation: the new verdict beside the old, for the eyes of the asker."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge
from bot.cards import find_card, reopen_project
from bot.cogs.compare import LONGEST_CHOICE
from bot.delivery import Delivery, locate
from bot.needs import name_choices, name_need
from bot.pool import compute
from bot.session import suppose
from bot.translation import choose_language, name_text
from bot.what_if import offer_answers
from knowledge.signals import Need, Signal
from retrieval.conversation import Conversation
from retrieval.questions import suggest_choices
from retrieval.supposition import find_answer

NEEDS = [
    app_commands.Choice(name=app_commands.locale_str(name_need(need), path=f"questions.{need}.name"), value=need.value)
    for need in Need
]


class WhatIfCog(commands.Cog):
    """Suppositions: by command about the project that is remembered, by button and menu about that of their card."""

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
            if not await self.delivery.admit(interaction):
                return
            await acknowledge(interaction, private=True)
            if leaning := find_answer(Need(need), answer):
                await self._answer_remembered(interaction, Signal(Need(need), leaning))
            else:
                await self.delivery.show(interaction, offer_answers(Need(need)), private=True)

    @suppose.autocomplete("answer")
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        named = interaction.namespace.need
        choices = suggest_choices(Need(named), typed) if named else []
        labels = name_choices(Need(named), choose_language(interaction.locale.value)) if named else {}
        return [app_commands.Choice(name=labels[choice], value=choice) for choice in choices]

    @commands.Cog.listener()
    async def on_what_if(self, interaction: discord.Interaction, supposed: Signal, key: str | None) -> None:
        """Answer in a message of its own."""
        async with self.delivery.work():
            if not await self.delivery.admit(interaction):
                return
            await acknowledge(interaction, private=True)
            if key is None:
                await self._answer_remembered(interaction, supposed)
            elif card := await find_card(self.delivery, interaction, key):
                await self._answer(interaction, reopen_project(card), supposed)

    async def _answer_remembered(self, interaction: discord.Interaction, supposed: Signal) -> None:
        """Answer for the project that is remembered, once what was said of it before is heard."""
        async with self.delivery.take_turn(interaction.user.id):
            recalled = await asyncio.to_thread(self.delivery.memory.recall, locate(interaction))
            await self._answer(interaction, recalled, supposed)

    async def _answer(self, interaction: discord.Interaction, project: Conversation, supposed: Signal) -> None:
        reply = await compute(suppose, self.delivery.assistant, project, supposed)
        await self.delivery.show(interaction, reply, private=True)
