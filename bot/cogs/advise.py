"""/advise: a described project, a recommendation; a form where nothing was typed."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.ask import LONGEST_OPTION
from bot.delivery import Delivery
from bot.words import load_words

WORDS = load_words()["discord"]
LONGEST_FIELD = 4_000
"""Characters Discord lets people type into a field of a form."""


class ProjectForm(discord.ui.Modal, title=WORDS["form"]["title"]):
    """A field large enough for a whole project."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__()
        self.delivery = delivery
        self.project: discord.ui.TextInput[ProjectForm] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_FIELD
        )
        words = WORDS["form"]
        self.add_item(
            discord.ui.Label(text=words["project"], description=words["project_hint"], component=self.project)
        )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await self.delivery.answer_command(interaction, self.project.value, "advise")


class AdviseCog(commands.Cog):
    """Advice by command."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name="advise", description=WORDS["commands"]["advise"])
    @app_commands.describe(project=WORDS["options"]["project"])
    async def advise(
        self, interaction: discord.Interaction, project: app_commands.Range[str, 1, LONGEST_OPTION] | None = None
    ) -> None:
        if project:
            await self.delivery.answer_command(interaction, project, "advise")
        else:
            async with self.delivery.work():
                await interaction.response.send_modal(ProjectForm(self.delivery))
