"""Mentions and direct messages: a conversation without commands, and without the message content intent."""

from __future__ import annotations

import re

import discord
from discord.ext import commands

from bot.calls import show_typing
from bot.delivery import Delivery, is_own_thread
from bot.drafts import Draft
from bot.memory import Place
from bot.reply import Reply
from bot.sending import send_notice
from bot.session import Said
from bot.words import load_words
from retrieval.conversation import Conversation

MENTION = re.compile(r"<@!?(\d+)>")


class ChatCog(commands.Cog):
    """Answers whoever addresses the bot."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a direct message, a mention, or a reply to the bot; each message once, and none of Discord's own."""
        if message.author.bot or message.is_system():
            return
        me = _find_me(message)
        if me is None or not (message.guild is None or me in message.mentions):
            return
        if self.delivery.accepts(message.id):
            async with self.delivery.work():
                await self._admit(message, read_words(message, me.id))

    async def _admit(self, message: discord.Message, text: str) -> None:
        """Answer where the server wants it, and whom has not asked too much; else say so once."""
        guild, premises = message.guild, self.delivery.premises
        server, locale = (guild.id, guild.preferred_locale) if guild else (None, None)
        language = await premises.choose_shared_language(server, locale)
        words = load_words(language)["discord"]
        if seconds := self.delivery.cooldown.count(message.author.id):
            if self.delivery.cooldown.notify(message.author.id):
                await send_notice(message, words["slow_down"].format(seconds=seconds))
        elif channels := await premises.point_elsewhere(message):
            if self.delivery.cooldown.notify(message.author.id):
                await send_notice(message, words["channels"].format(channels=channels))
        else:
            await self._answer(message, text, language)

    async def _answer(self, message: discord.Message, text: str, language: str) -> None:
        place = Place(message.channel.id, message.author.id)
        draft = Draft(message)
        async with show_typing(message.channel), self.delivery.take_turn(place.user):
            if text:
                said = await self.delivery.answer(place, message.guild.id if message.guild else None, text, draft.show)
            else:
                empty = Reply(kind="smalltalk", text=load_words(language)["discord"]["empty_mention"])
                said = Said(empty, Conversation())
            stage = await self.delivery.set_stage(
                said.reply,
                place,
                message.guild.id if message.guild else 0,
                language,
                said.gap,
                in_thread=is_own_thread(message.channel),
            )
            await self.delivery.send(message.channel, said.reply, stage, message.id, message, draft)


def read_words(message: discord.Message, me: int) -> str:
    """Return what a message says, without the mention that addresses the bot."""
    return MENTION.sub(lambda found: "" if int(found[1]) == me else found.group(), message.content).strip()


def _find_me(message: discord.Message) -> discord.Member | discord.ClientUser | None:
    if message.guild:
        return message.guild.me
    return message.channel.me if isinstance(message.channel, discord.DMChannel) else None
