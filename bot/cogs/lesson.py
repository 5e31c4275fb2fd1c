"""/lesson, /cases and /glossary: the lesson to read, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist
from bot.cards import find_card
from bot.cogs.compare import LONGEST_CHOICE, MOST_CHOICES
from bot.delivery import Delivery, is_own_thread
from bot.layout import Stage, lay_out
from bot.library import show_cases, show_glossary, show_lesson
from bot.records.shown import ShownReply
from bot.reply import Reply
from bot.translation import choose_language, name_text
from retrieval.assistant import Assistant

Words = app_commands.Range[str, 1, LONGEST_CHOICE]


class LessonCog(commands.Cog):
    """The lesson by command, its pages by button."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.lesson.name"), description=name_text("commands.lesson.description"))
    @app_commands.rename(topic=name_text("options.topic.name"))
    @app_commands.describe(topic=name_text("options.topic.description"))
    async def lesson(self, interaction: discord.Interaction, topic: Words | None = None) -> None:
        await self._show(interaction, show_lesson, topic)

    @app_commands.command(name=name_text("commands.cases.name"), description=name_text("commands.cases.description"))
    @app_commands.rename(case=name_text("options.case.name"))
    @app_commands.describe(case=name_text("options.case.description"))
    async def cases(self, interaction: discord.Interaction, case: Words | None = None) -> None:
        await self._show(interaction, show_cases, case)

    @app_commands.command(
        name=name_text("commands.glossary.name"), description=name_text("commands.glossary.description")
    )
    @app_commands.rename(term=name_text("options.term.name"))
    @app_commands.describe(term=name_text("options.term.description"))
    async def glossary(self, interaction: discord.Interaction, term: Words | None = None) -> None:
        await self._show(interaction, show_glossary, term)

    @lesson.autocomplete("topic")
    async def suggest_topics(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._suggest(lambda: self.delivery.assistant.open_library().suggest_topics(typed))

    @cases.autocomplete("case")
    async def suggest_cases(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._suggest(lambda: self.delivery.assistant.open_library().suggest_cases(typed))

    @glossary.autocomplete("term")
    async def suggest_terms(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._suggest(lambda: self.delivery.assistant.open_library().suggest_terms(typed))

    @commands.Cog.listener()
    async def on_topic(self, interaction: discord.Interaction, topic: str) -> None:
        """Show what was picked in the place of the list."""
        async with self.delivery.work():
            if not await self.delivery.admit(interaction):
                return
            await acknowledge(interaction, thinking=False)
            reply = await asyncio.to_thread(show_lesson, self.delivery.assistant, topic)
            private = bool(interaction.message and interaction.message.flags.ephemeral)
            async with self.delivery.take_turn(interaction.user.id):
                await self.delivery.show(interaction, reply, private=private)

    @commands.Cog.listener()
    async def on_page(self, interaction: discord.Interaction, key: str, number: int) -> None:
        """Turn a page in place."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            shown = await find_card(self.delivery, interaction, key)
            if shown is None:
                return
            stage = await self._stage_page(interaction, shown, number)
            (view,) = lay_out(shown.reply, stage)
            await insist(lambda: interaction.edit_original_response(view=view))

    async def _stage_page(self, interaction: discord.Interaction, shown: ShownReply, number: int) -> Stage:
        server = await asyncio.to_thread(self.delivery.memory.recall_server, interaction.guild_id or 0)
        private = bool(interaction.message and interaction.message.flags.ephemeral)
        # What everybody sees of a reply that was shared is the copy of it.
        copied = shown.shared and not private
        return Stage(
            asker=shown.user,
            language=choose_language(interaction.locale.value),
            key=shown.key,
            sharable=private and not shown.shared and not await self.delivery.premises.point_elsewhere(interaction),
            shared_by=interaction.user.display_name if copied else None,
            feedback=server.feedback and not copied,
            in_thread=is_own_thread(interaction.channel),
            page=number,
        )

    async def _show(
        self, interaction: discord.Interaction, show: Callable[[Assistant, str | None], Reply], words: str | None
    ) -> None:
        await self.delivery.answer_lookup(interaction, partial(show, self.delivery.assistant, words))

    async def _suggest(self, suggest: Callable[[], list[str]]) -> list[app_commands.Choice[str]]:
        labels = dict.fromkeys(label[:LONGEST_CHOICE] for label in await asyncio.to_thread(suggest))
        return [app_commands.Choice(name=label, value=label) for label in [*labels][:MOST_CHOICES]]
