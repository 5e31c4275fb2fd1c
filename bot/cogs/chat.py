"""Mentions and direct messages: a conversation without commands, and without the message content intent."""

from __future__ import annotations

import re

import discord
from discord.ext import commands

from bot.delivery import Delivery, insist, show_typing
from bot.layout import lay_out
from bot.memory import Place
from bot.reply import Reply
from bot.words import load_words

MENTION = re.compile(r"<@!?(\d+)>")


class ChatCog(commands.Cog):
    """Answers whoever addresses the bot."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a direct message, a mention, or a reply to the bot; each message once."""
        me = (
            message.guild.me
            if message.guild
            else message.channel.me
            if isinstance(message.channel, discord.DMChannel)
            else None
        )
        if message.author.bot or me is None or not (message.guild is None or me in message.mentions):
            return
        if self.delivery.memory.is_new(message.id):
            async with self.delivery.work():
                await self._answer(message, read_words(message, me.id))

    async def _answer(self, message: discord.Message, text: str) -> None:
        async with show_typing(message.channel):
            place = Place(message.channel.id, message.author.id)
            if text:
                reply, _, gap = await self.delivery.answer(place, text)
            else:
                reply, gap = Reply(kind="smalltalk", text=load_words()["discord"]["empty_mention"]), None
        for number, view in enumerate(lay_out(reply, message.author.id, gap)):
            await self._send(message, view, number)

    async def _send(self, message: discord.Message, view: discord.ui.LayoutView, number: int) -> None:
        reference = message.to_reference(fail_if_not_exists=False)
        # The nonce makes Discord drop a message that a broken connection made us send twice.
        nonce = f"{message.id}-{number}"
        await insist(lambda: message.channel.send(view=view, reference=reference, mention_author=False, nonce=nonce))


def read_words(message: discord.Message, me: int) -> str:
    """Return what a message says, without the mention that addresses the bot."""
    return MENTION.sub(lambda found: "" if int(found[1]) == me else found.group(), message.content).strip()
