"""What can be done with anybody's message: advice on the project it describes, or an explanation."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, tell_privately
from bot.delivery import Delivery, locate
from bot.memory import Place
from bot.translation import choose_language, name_text
from bot.words import load_words
from retrieval.routing import Command
from retrieval.turn import Received


class MenuCog(commands.Cog):
    """Commands in the menu of a message; only who uses them sees the answer, and may share it."""

    def __init__(self, client: commands.Bot, delivery: Delivery) -> None:
        self.client = client
        self.delivery = delivery
        self.menus = [
            app_commands.ContextMenu(name=name_text("menus.advise"), callback=self.advise),
            app_commands.ContextMenu(name=name_text("menus.explain"), callback=self.explain),
        ]

    async def cog_load(self) -> None:
        for menu in self.menus:
            self.client.tree.add_command(menu)

    async def advise(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._answer(interaction, message, "advise")

    async def explain(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._answer(interaction, message, "ask")

    async def _answer(self, interaction: discord.Interaction, message: discord.Message, command: Command) -> None:
        """Answer; advice begins a conversation of its own, an explanation leaves the reader's project as it is."""
        words = load_words(choose_language(interaction.locale.value))["discord"]
        async with self.delivery.work():
            if not (text := read_text(message)):
                await tell_privately(interaction, words["empty_message"])
            elif await self.delivery.admit(interaction):
                await acknowledge(interaction, private=True)
                # The reader's own project in the channel is another one; no channel has the number of an interaction.
                apart = Place(interaction.id, interaction.user.id)
                place = apart if command == "advise" else locate(interaction)
                async with self.delivery.take_turn(place.user):
                    recalled = await asyncio.to_thread(self.delivery.memory.recall, place)
                    # What the reader asked before tells nothing about what somebody else means.
                    begun = recalled.model_copy(update={"focus": None})
                    said = await self.delivery.resume(place, interaction.guild_id, Received(text, begun, command))
                    await self.delivery.show(interaction, said.reply, said.gap, private=True, place=place)


def read_text(message: discord.Message) -> str:
    """Return what a message says, also where it is made of components, as those of this bot are."""
    shown = discord.ui.LayoutView.from_message(message).walk_children()
    parts = [discord.utils.remove_markdown(part.content) for part in shown if isinstance(part, discord.ui.TextDisplay)]
    return "\n\n".join([message.content, *parts]).strip()
