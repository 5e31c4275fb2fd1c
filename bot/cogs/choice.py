"""Answers to a clarifying question, by button."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.delivery import Delivery, acknowledge, locate
from bot.layout import ChoiceButton
from bot.words import load_words
from knowledge.signals import Need
from retrieval.assistant import SKIP
from retrieval.questions import load_questions


class ChoiceCog(commands.Cog):
    """Goes on where a clarifying question stopped, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_choice(self, interaction: discord.Interaction, button: ChoiceButton) -> None:
        """Put the answer in the place of the question; only the one who was asked may give it."""
        async with self.delivery.work():
            if interaction.user.id != button.asker:
                await interaction.response.send_message(load_words()["discord"]["not_yours"], ephemeral=True)
                return
            await acknowledge(interaction, thinking=False)
            place = locate(interaction)
            # What was asked is known from the button, even where the conversation was forgotten.
            asked = self.delivery.memory.recall(place).model_copy(update={"asked": button.need, "may_ask": False})
            said = await self.delivery.resume(place, asked, read_choice(button.need, button.place))
            await self.delivery.show(interaction, said.reply, said.gap)


def read_choice(need: Need, place: int) -> str:
    """Return the answer at a place; Skip after the last."""
    choices = tuple(load_questions()[need].choices)
    return choices[place] if place < len(choices) else SKIP
