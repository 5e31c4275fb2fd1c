"""Answers to a clarifying question, by button."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.calls import acknowledge
from bot.controls.choice import ChoiceButton
from bot.delivery import Delivery, locate
from knowledge.signals import Need
from retrieval.assistant import SKIP
from retrieval.questions import load_questions


class ChoiceCog(commands.Cog):
    """Goes on where a clarifying question stopped, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_choice(self, interaction: discord.Interaction, button: ChoiceButton) -> None:
        """Put the answer in the place of the question."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            place = locate(interaction)
            recalled = await asyncio.to_thread(self.delivery.memory.recall, place)
            # What was asked is known from the button, even where the conversation was forgotten.
            asked = recalled.model_copy(update={"asked": button.need, "may_ask": False})
            said = await self.delivery.resume(place, asked, read_choice(button.need, button.place))
            private = bool(interaction.message and interaction.message.flags.ephemeral)
            await self.delivery.show(interaction, said.reply, said.gap, private=private)


def read_choice(need: Need, place: int) -> str:
    """Return the answer at a place; Skip after the last."""
    choices = tuple(load_questions()[need].choices)
    return choices[place] if place < len(choices) else SKIP
