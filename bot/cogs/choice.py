"""Answers to a clarifying question, by button."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.calls import acknowledge
from bot.cards import find_card, reopen_project
from bot.chat_model.budget import Payer
from bot.controls.choice import ChoiceButton
from bot.delivery import Delivery, locate
from bot.memory import Place
from bot.records.shown import ShownReply
from bot.session import Said
from bot.shapes import shape_profile
from knowledge.signals import Need
from retrieval.clarification import SKIP
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from retrieval.turn import Received


class ChoiceCog(commands.Cog):
    """Goes on where a clarifying question stopped, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_choice(self, interaction: discord.Interaction, button: ChoiceButton) -> None:
        """Put the answer in the place of the question."""
        async with self.delivery.work():
            if not await self.delivery.admit(interaction):
                return
            await acknowledge(interaction, thinking=False)
            async with self.delivery.take_turn(interaction.user.id):
                card = await find_card(self.delivery, interaction, button.key) if button.key else None
                if card or not button.key:
                    await self._answer(interaction, card.place if card else locate(interaction), button, card)

    async def _answer(
        self, interaction: discord.Interaction, place: Place, button: ChoiceButton, card: ShownReply | None
    ) -> None:
        said = await self._settle(interaction.guild_id, place, button, card)
        private = bool(interaction.message and interaction.message.flags.ephemeral)
        await self.delivery.show(interaction, said.reply, said.gap, private=private, place=place)

    async def _settle(self, guild: int | None, place: Place, button: ChoiceButton, card: ShownReply | None) -> Said:
        """Return what is said to an answer; a project that was described since the question stays as it is."""
        recalled = await asyncio.to_thread(self.delivery.memory.recall, place)
        project = reopen_project(card) if card and card.reply.profile != shape_profile(recalled.profile) else recalled
        # What was asked is known from the button, even where the conversation was forgotten.
        asked = project.model_copy(update={"asked": button.need, "may_ask": False})
        answer = Received(read_choice(button.need, button.place), asked)
        if project is recalled or knows_nothing(recalled):
            return await self.delivery.resume(place, guild, answer)
        return await self.delivery.speaker.respond(answer, Payer(place.user, guild))


def read_choice(need: Need, place: int) -> str:
    """Return the answer at a place; Skip after the last."""
    choices = tuple(load_questions()[need].choices)
    return choices[place] if place < len(choices) else SKIP


def knows_nothing(conversation: Conversation) -> bool:
    """Tell whether a conversation is about no project."""
    return not conversation.profile.findings and conversation.asked is None and conversation.verdict is None
