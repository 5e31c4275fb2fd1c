"""Replies that were shown, found again by the controls below them."""

from __future__ import annotations

import asyncio

import discord

from bot.calls import tell_privately
from bot.delivery import Delivery
from bot.records.shown import ShownReply
from bot.translation import choose_language
from bot.words import load_words
from retrieval.conversation import Conversation
from retrieval.profile import Finding, Profile


async def find_card(delivery: Delivery, interaction: discord.Interaction, key: str) -> ShownReply | None:
    """Return the reply below which a control stands; None where it is no longer kept, which is then said."""
    card = await asyncio.to_thread(delivery.memory.find_reply, key)
    if card is None:
        words = load_words(choose_language(interaction.locale.value))["discord"]
        await tell_privately(interaction, words["over"])
    return card


def reopen_project(card: ShownReply) -> Conversation:
    """Return a conversation about the project of a card, as it was known then; of its numbers, none is kept."""
    findings = tuple(Finding(need=each.need, leaning=each.leaning, words=each.words) for each in card.reply.profile)
    return Conversation(profile=Profile(findings=findings), verdict=card.reply.verdict)
