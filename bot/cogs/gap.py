"""Questions that found nothing, sent to the lesson's editors by whoever asked them."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.calls import BROKEN, acknowledge, insist, tell_privately
from bot.cogs.chat import read_words
from bot.controls.gap import GapButton
from bot.delivery import Delivery
from bot.gaps.gap import clean_text
from bot.layout import thank_asker
from bot.translation import choose_language
from bot.words import load_words


class GapCog(commands.Cog):
    """Takes consent by button, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_gap(self, interaction: discord.Interaction, button: GapButton) -> None:
        """Keep the question and put thanks in the place of the button."""
        words = load_words(choose_language(interaction.locale.value))["discord"]["gap"]
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            if interaction.message and await self._keep(interaction, interaction.message, button):
                thanks = thank_asker(interaction.message, words["thanks"])
                await insist(lambda: interaction.edit_original_response(view=thanks))
            else:
                await tell_privately(interaction, words["gone"])

    async def _keep(self, interaction: discord.Interaction, reply: discord.Message, button: GapButton) -> bool:
        """Keep the question that a message of ours replies to, and tell whether that could be done."""
        found = self.delivery.memory.find_question(button.key) or await fetch_question(interaction, reply)
        text = clean_text(found)
        return text is not None and await asyncio.wrap_future(self.delivery.gaps.add_text(button.key, text))


async def fetch_question(interaction: discord.Interaction, reply: discord.Message) -> str:
    """Return what whoever tapped wrote, where the reply refers to it; nothing for a command, which Discord keeps."""
    reference = reply.reference
    if reference is None or reference.message_id is None:
        return ""
    channel = interaction.client.get_partial_messageable(reference.channel_id)
    try:
        asked = await channel.fetch_message(reference.message_id)
    except (discord.HTTPException, *BROKEN):
        return ""
    # A further page of the answer to a command refers to its first page, which is ours.
    return read_words(asked, reply.author.id) if asked.author == interaction.user else ""
