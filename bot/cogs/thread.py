"""/chat: a thread that remembers, and a button to go on in it without a mention."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist
from bot.cogs.advise import FORM_LASTS, LONGEST_FIELD
from bot.cogs.ask import LONGEST_OPTION
from bot.delivery import Delivery, is_own_thread
from bot.layout import Stage
from bot.memory import Place
from bot.reply import Reply
from bot.translation import choose_language, name_text
from bot.words import load_words

LONGEST_TITLE = 100
"""Characters of a thread's name."""


class ContinueForm(discord.ui.Modal):
    """The next message of a conversation."""

    def __init__(self, delivery: Delivery, language: str) -> None:
        words = load_words(language)["discord"]
        super().__init__(title=words["card"]["continue"], timeout=FORM_LASTS)
        self.delivery = delivery
        self.message: discord.ui.TextInput[ContinueForm] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_FIELD
        )
        self.add_item(discord.ui.Label(text=words["chat"]["form"], component=self.message))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await self.delivery.answer_form(interaction, self.message.value, None)


class ThreadCog(commands.Cog):
    """Conversations in threads."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.chat.name"), description=name_text("commands.chat.description"))
    @app_commands.rename(message=name_text("options.message.name"))
    @app_commands.describe(message=name_text("options.message.description"))
    async def chat(
        self, interaction: discord.Interaction, message: app_commands.Range[str, 1, LONGEST_OPTION] | None = None
    ) -> None:
        if message and is_own_thread(interaction.channel):
            await self.delivery.answer_command(interaction, message, None)
            return
        async with self.delivery.work():
            if not await self.delivery.admit(interaction):
                return
            await acknowledge(interaction, private=True)
            words = load_words(choose_language(interaction.locale.value))["discord"]
            refused = await self._refuse(interaction, words)
            thread = None if refused else await self._open_thread(interaction, words["chat"]["title"])
            goes_on = words["chat"]["goes_on"].format(thread=thread.mention) if thread else words["chat"]["elsewhere"]
            await insist(lambda: interaction.edit_original_response(content=refused or goes_on))
            if thread:
                await self._begin(interaction, thread, message)

    @commands.Cog.listener()
    async def on_continue(self, interaction: discord.Interaction) -> None:
        """Ask for the next message."""
        async with self.delivery.work():
            if await self.delivery.admit(interaction):
                form = ContinueForm(self.delivery, choose_language(interaction.locale.value))
                await interaction.response.send_modal(form)

    async def _open_thread(self, interaction: discord.Interaction, title: str) -> discord.Thread | None:
        """Return a new thread; None where Discord lets the bot or whoever asks open none."""
        allowed = interaction.permissions.create_public_threads and interaction.permissions.send_messages_in_threads
        if not allowed or not isinstance(interaction.channel, discord.TextChannel):
            return None
        name = title.format(name=interaction.user.display_name)[:LONGEST_TITLE]
        try:
            return await interaction.channel.create_thread(name=name, type=discord.ChannelType.public_thread)
        except discord.Forbidden:
            return None

    async def _refuse(self, interaction: discord.Interaction, words: dict[str, Any]) -> str:
        """Return where to talk instead; nothing where the server has nothing against a thread."""
        server = await asyncio.to_thread(self.delivery.memory.recall_server, interaction.guild_id or 0)
        if is_own_thread(interaction.channel):
            return str(words["chat"]["here"])
        if channels := await self.delivery.premises.point_elsewhere(interaction):
            return str(words["channels"].format(channels=channels))
        if server.private:
            return str(words["chat"]["private"])
        return "" if server.threads else str(words["chat"]["no_threads"])

    async def _begin(self, interaction: discord.Interaction, thread: discord.Thread, message: str | None) -> None:
        """Open the conversation, with the answer to the first message where there is one."""
        language = choose_language(interaction.locale.value)
        place, guild = Place(thread.id, interaction.user.id), interaction.guild_id or 0
        opening = Reply(kind="smalltalk", text=load_words(language)["discord"]["chat"]["opened"])
        await self.delivery.send(
            thread, opening, Stage(asker=place.user, language=language, in_thread=not message), thread.id
        )
        if message:
            async with self.delivery.take_turn(place.user):
                said = await self.delivery.answer(place, interaction.guild_id, message)
                stage = await self.delivery.set_stage(said.reply, place, guild, language, said.gap, in_thread=True)
                await self.delivery.send(thread, said.reply, stage, interaction.id)
