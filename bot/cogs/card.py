"""What can be done with a reply: ask why, read the lesson's words, share it, delete it."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.calls import acknowledge, insist, tell_privately
from bot.delivery import Delivery, draw_pictures, open_files
from bot.layout import Stage, escape_markup, lay_out, lay_text
from bot.quotes import quote_lesson
from bot.records.shown import ShownReply
from bot.translation import choose_language
from bot.words import load_words


class CardCog(commands.Cog):
    """Buttons below replies, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_card_why(self, interaction: discord.Interaction, key: str) -> None:
        """Show all there is to a recommendation, to the asker."""
        async with self.delivery.work():
            if shown := await self._find(interaction, key):
                await _show_privately(interaction, shown.reply.text)

    @commands.Cog.listener()
    async def on_card_lesson_words(self, interaction: discord.Interaction, key: str) -> None:
        """Show what the lesson says to it, to the asker."""
        async with self.delivery.work():
            if shown := await self._find(interaction, key):
                await _show_privately(interaction, quote_lesson(shown.reply))

    @commands.Cog.listener()
    async def on_card_share(self, interaction: discord.Interaction, key: str) -> None:
        """Show a private reply to everybody, without what only its asker may tap."""
        async with self.delivery.work():
            if shown := await self._find(interaction, key):
                await acknowledge(interaction)
                await self._share(interaction, shown)

    @commands.Cog.listener()
    async def on_card_delete(self, interaction: discord.Interaction, _: str) -> None:
        """Take a reply back."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            await insist(interaction.delete_original_response)

    async def _share(self, interaction: discord.Interaction, shown: ShownReply) -> None:
        language = choose_language(interaction.guild_locale.value if interaction.guild_locale else None)
        words = load_words(language)["discord"]["card"]
        name = escape_markup(interaction.user.display_name)
        pictures = await draw_pictures(shown.reply, language)
        bare = shown.reply.model_copy(update={"asks": None, "what_ifs": (), "kind": "answer"})
        first, *others = lay_out(bare, Stage(asker=interaction.user.id, language=language), pictures)
        first.add_item(discord.ui.TextDisplay(f"-# {words['shared'].format(name=name)}"))
        await insist(lambda: interaction.edit_original_response(view=first, attachments=open_files(pictures)))
        for view in others:
            await interaction.followup.send(view=view)

    async def _find(self, interaction: discord.Interaction, key: str) -> ShownReply | None:
        """Return the reply; None where it is no longer kept, which is then said."""
        shown = await asyncio.to_thread(self.delivery.memory.find_reply, key)
        if shown is None:
            words = load_words(choose_language(interaction.locale.value))["discord"]
            await tell_privately(interaction, words["over"])
        return shown


async def _show_privately(interaction: discord.Interaction, text: str) -> None:
    await acknowledge(interaction, private=True)
    first, *others = lay_text(text)
    await insist(lambda: interaction.edit_original_response(view=first))
    for view in others:
        await interaction.followup.send(view=view, ephemeral=True)
