"""/advise: a described project, a recommendation; a form where nothing was typed."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.ask import LONGEST_OPTION
from bot.delivery import Delivery
from bot.needs import name_choices, name_need
from bot.translation import choose_language, name_text
from bot.words import load_words
from knowledge.signals import Need
from retrieval.advisor import settle_choice
from retrieval.conversation import Conversation
from retrieval.profile import Profile

LONGEST_FIELD = 4_000
"""Characters Discord lets people type into a field of a form."""
FORM_LASTS = 60 * 60
"""Seconds for which a form may be filled in; Discord does not tell when one is closed instead."""
LONGEST_LABEL = 45
LONGEST_CHOICE = 100
CHOSEN = (Need.DATA_REQUIREMENT, Need.TIME_AND_COST, Need.TECHNICAL_REQUIREMENTS, Need.OUTPUT_CONSISTENCY)
"""What can be chosen besides what is written; a form has room for five things."""


class ProjectForm(discord.ui.Modal):
    """A field large enough for a whole project, and menus for what most often decides."""

    def __init__(self, delivery: Delivery, language: str) -> None:
        words = load_words(language)["discord"]["form"]
        super().__init__(title=words["title"], timeout=FORM_LASTS)
        self.delivery = delivery
        self.project: discord.ui.TextInput[ProjectForm] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_FIELD
        )
        self.menus = {need: _offer_choices(need, language) for need in CHOSEN}
        self.add_item(
            discord.ui.Label(text=words["project"], description=words["project_hint"], component=self.project)
        )
        for need, menu in self.menus.items():
            self.add_item(discord.ui.Label(text=name_need(need, language)[:LONGEST_LABEL], component=menu))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Advise on what was written and chosen; it was counted when the form opened."""
        await self.delivery.answer_form(interaction, self.project.value, "advise", self._begin())

    def _begin(self) -> Conversation:
        """Return a conversation in which nothing is known but what was chosen."""
        chosen = [settle_choice(need, value) for need, menu in self.menus.items() for value in menu.values]
        return Conversation(profile=Profile().add_findings([finding for finding in chosen if finding]))


class AdviseCog(commands.Cog):
    """Advice by command, which begins a project anew; whoever has more to say of the same one just says it."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.advise.name"), description=name_text("commands.advise.description"))
    @app_commands.rename(project=name_text("options.project.name"))
    @app_commands.describe(project=name_text("options.project.description"))
    async def advise(
        self, interaction: discord.Interaction, project: app_commands.Range[str, 1, LONGEST_OPTION] | None = None
    ) -> None:
        if project:
            await self.delivery.answer_command(interaction, project, "advise", Conversation())
            return
        async with self.delivery.work():
            # What is typed into a form is lost where it is refused, so it is counted before.
            if await self.delivery.admit(interaction):
                form = ProjectForm(self.delivery, choose_language(interaction.locale.value))
                await interaction.response.send_modal(form)


def _offer_choices(need: Need, language: str) -> discord.ui.Select[Any]:
    """Return a menu of the answers about a need, of which one may be chosen."""
    options = [
        discord.SelectOption(label=label[:LONGEST_CHOICE], value=choice)
        for choice, label in name_choices(need, language).items()
    ]
    return discord.ui.Select(options=options, required=False, min_values=0, max_values=1)
