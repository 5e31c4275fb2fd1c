"""/privacy: what is kept of whoever asks; they can have it, and have it deleted."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist, tell_privately
from bot.controls.privacy import PrivacyAct, PrivacyButton
from bot.delivery import Delivery
from bot.errors import RecordError
from bot.memory import KEPT_FOR
from bot.translation import choose_language, name_text
from bot.words import load_words

log = structlog.get_logger(__name__)

EXPORT = "tune-or-prompt.json"


class PrivacyCog(commands.Cog):
    """A private panel about oneself, which works after a restart, too."""

    def __init__(self, delivery: Delivery, *, keep_days: int, gap_days: int) -> None:
        """Set what is told.

        Args:
            delivery: What the cogs share.
            keep_days: Days for which what belongs to a user is kept.
            gap_days: Days for which a question that found nothing is kept.
        """
        self.delivery = delivery
        self.keep_days = keep_days
        self.gap_days = gap_days

    @app_commands.command(
        name=name_text("commands.privacy.name"), description=name_text("commands.privacy.description")
    )
    async def privacy(self, interaction: discord.Interaction) -> None:
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            await self._show(interaction)

    @commands.Cog.listener()
    async def on_privacy_back(self, interaction: discord.Interaction) -> None:
        """Show the panel again."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            await self._show(interaction)

    @commands.Cog.listener()
    async def on_privacy_export(self, interaction: discord.Interaction) -> None:
        """Send all that is kept, as a file that nobody else sees."""
        words = _find_words(interaction)
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            try:
                kept = await asyncio.to_thread(self.delivery.memory.export_user, interaction.user.id)
            except RecordError as error:
                await _report_failure(interaction, error)
                return
            if any(kept.values()):
                name, content = await asyncio.to_thread(pack_export, kept, interaction.filesize_limit)
                await insist(
                    lambda: interaction.edit_original_response(
                        # A file that was sent is used up.
                        content=words["exported"],
                        attachments=[discord.File(io.BytesIO(content), name)],
                    )
                )
            else:
                await insist(lambda: interaction.edit_original_response(content=words["nothing"]))

    @commands.Cog.listener()
    async def on_privacy_delete(self, interaction: discord.Interaction) -> None:
        """Ask once more."""
        words = _find_words(interaction)
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            panel = _lay_out(words["sure"], words, PrivacyAct.ERASE, PrivacyAct.BACK)
            await insist(lambda: interaction.edit_original_response(view=panel))

    @commands.Cog.listener()
    async def on_privacy_erase(self, interaction: discord.Interaction) -> None:
        """Delete all that is kept, and say how much that was."""
        words = _find_words(interaction)
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            try:
                # What an answer under way keeps goes, too.
                async with self.delivery.take_turn(interaction.user.id):
                    count = await asyncio.to_thread(self.delivery.memory.erase_user, interaction.user.id)
            except RecordError as error:
                await _report_failure(interaction, error)
                return
            panel = _lay_out(words["erased"].format(count=count), words)
            await insist(lambda: interaction.edit_original_response(view=panel))

    async def _show(self, interaction: discord.Interaction) -> None:
        words = _find_words(interaction)
        helped = self.delivery.speaker.provider is not None
        text = describe_privacy(words, self.keep_days, self.gap_days, helped=helped)
        panel = _lay_out(text, words, PrivacyAct.EXPORT, PrivacyAct.DELETE)
        await insist(lambda: interaction.edit_original_response(view=panel))


def describe_privacy(words: Mapping[str, str], keep_days: int, gap_days: int, *, helped: bool = False) -> str:
    """Return what is kept, for how long, and what is not; `helped` tells whether there is a chat model."""
    kept = words["kept"].format(days=keep_days)
    gaps = words["gaps"].format(days=gap_days, hours=KEPT_FOR // 3_600)
    used = words["used_with_model" if helped else "used"]
    return "\n\n".join([f"### {words['title']}", kept, gaps, words["not_kept"], used])


def pack_export(kept: Mapping[str, Any], limit: int) -> tuple[str, bytes]:
    """Return the name and content of a JSON file, packed where it would be larger than a limit in bytes."""
    content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    if len(content) <= limit:
        return EXPORT, content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(EXPORT, content)
    return f"{EXPORT}.zip", packed.getvalue()


def _lay_out(text: str, words: Mapping[str, str], *acts: PrivacyAct) -> discord.ui.LayoutView:
    panel = discord.ui.LayoutView(timeout=None).add_item(discord.ui.TextDisplay(text))
    if acts:
        panel.add_item(discord.ui.ActionRow(*(PrivacyButton(act, words[act]) for act in acts)))
    return panel


def _find_words(interaction: discord.Interaction) -> dict[str, str]:
    words: dict[str, str] = load_words(choose_language(interaction.locale.value))["privacy"]
    return words


async def _report_failure(interaction: discord.Interaction, error: RecordError) -> None:
    log.warning("what is kept of a user could not be reached", reason=str(error))
    await tell_privately(interaction, _find_words(interaction)["failed"])
