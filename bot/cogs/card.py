"""What can be done with a reply: ask why, read the lesson's words, share it, delete it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import discord
import structlog
from discord.ext import commands

from bot.calls import BROKEN, acknowledge, insist, tell_privately
from bot.cards import find_card
from bot.controls.page import find_page
from bot.delivery import Delivery
from bot.layout import Stage, lay_out, lay_text
from bot.quotes import quote_lesson
from bot.records.shown import ShownReply
from bot.sending import draw_pictures
from bot.translation import choose_language
from bot.words import load_words

log = structlog.get_logger(__name__)


class CardCog(commands.Cog):
    """Buttons below replies, also after a restart."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_card_why(self, interaction: discord.Interaction, key: str) -> None:
        """Show all there is to a recommendation, to the asker."""
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            if shown := await find_card(self.delivery, interaction, key):
                await _show_privately(interaction, shown.reply.text)

    @commands.Cog.listener()
    async def on_card_lesson_words(self, interaction: discord.Interaction, key: str) -> None:
        """Show what the lesson says to it, to the asker."""
        async with self.delivery.work():
            await acknowledge(interaction, private=True)
            if shown := await find_card(self.delivery, interaction, key):
                await _show_privately(interaction, quote_lesson(shown.reply))

    @commands.Cog.listener()
    async def on_card_share(self, interaction: discord.Interaction, key: str) -> None:
        """Show a private reply to everybody, once, where the server wants it; its asker may turn the pages of it."""
        async with self.delivery.work():
            shown = await find_card(self.delivery, interaction, key)
            if shown and not await self._decline_share(interaction, key):
                try:
                    await acknowledge(interaction)
                    async with self.delivery.take_turn(shown.user):
                        await self._share(interaction, shown)
                except Exception:
                    await asyncio.to_thread(self.delivery.memory.release_share, key)
                    raise

    @commands.Cog.listener()
    async def on_card_delete(self, interaction: discord.Interaction, key: str) -> None:
        """Take a reply back, all of its messages that can still be reached, and keep nothing of it."""
        async with self.delivery.work():
            await acknowledge(interaction, thinking=False)
            shown = await asyncio.to_thread(self.delivery.memory.find_reply, key)
            # Where Discord has deleted the message already, nothing of it may be kept either.
            await asyncio.to_thread(self.delivery.memory.forget_reply, key)
            tapped = interaction.message.id if interaction.message else 0
            for message in shown.messages if shown else ():
                if message != tapped:
                    await self._take_back(interaction, key, message)
            await insist(interaction.delete_original_response)

    async def _decline_share(self, interaction: discord.Interaction, key: str) -> bool:
        """Say why a reply may not be shared, and tell so; one that may counts as shared."""
        words = load_words(choose_language(interaction.locale.value))["discord"]
        if channels := await self.delivery.premises.point_elsewhere(interaction):
            await tell_privately(interaction, words["channels"].format(channels=channels))
        elif await asyncio.to_thread(self.delivery.memory.claim_share, key):
            return False
        else:
            await tell_privately(interaction, words["card"]["shared_before"])
        return True

    async def _share(self, interaction: discord.Interaction, shown: ShownReply) -> None:
        """Show a copy, without what only fits its asker; one in pages is kept, so that they can be turned."""
        bare = shown.reply.model_copy(update={"asks": None, "what_ifs": (), "kind": "answer"})
        copy = ShownReply(user=shown.user, guild=shown.guild, channel=shown.channel, reply=bare, shared=True)
        if paged := len(bare.pages) > 1:
            await asyncio.to_thread(self.delivery.memory.keep_reply, copy)
        premises, guild, locale = self.delivery.premises, interaction.guild_id, interaction.guild_locale
        stage = Stage(
            asker=shown.user,
            language=await premises.choose_shared_language(guild, locale),
            key=copy.key if paged else None,
            shared_by=interaction.user.display_name,
            feedback=False,
            page=find_page(interaction.message),
        )
        pictures = await draw_pictures(shown.reply, stage.language)
        await self.delivery.put(interaction, lay_out(bare, stage, pictures), pictures, stage.key)

    async def _take_back(self, interaction: discord.Interaction, key: str, message: int) -> None:
        """Delete a further message of a reply: by the token it was sent with, or else as one of ours in a channel."""
        ways: list[Callable[[], Awaitable[None]]] = []
        if sent_by := self.delivery.followups.get(key):
            ways.append(partial(sent_by.delete_message, message))
        channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
        for delete in (*ways, channel.get_partial_message(message).delete):
            try:
                await insist(delete)
            except (discord.HTTPException, *BROKEN) as error:
                log.info("a message could not be taken back", reason=type(error).__name__)
            else:
                return


async def _show_privately(interaction: discord.Interaction, text: str) -> None:
    first, *others = lay_text(text)
    await insist(lambda: interaction.edit_original_response(view=first))
    for view in others:
        await interaction.followup.send(view=view, ephemeral=True)
