"""Messages to a channel, each sent once, with the pictures that belong to them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial

import discord

from bot.calls import insist
from bot.drafts import NOBODY, Draft, refer_to
from bot.layout import Stage, lay_out, lay_text
from bot.pictures.balance import draw_balance
from bot.pictures.picture import Picture
from bot.pictures.table import draw_table
from bot.pool import compute
from bot.reply import Reply

MOST_PICTURES = 4
"""Of a table; its text has the rest, too."""


async def send_reply(
    channel: discord.abc.Messageable,
    reply: Reply,
    stage: Stage,
    trigger: int,
    answered: discord.Message | None = None,
    draft: Draft | None = None,
) -> list[int]:
    """Send a reply to a channel, each of its messages once, and return the ids of these.

    Args:
        channel: Where it is sent.
        reply: What is said.
        stage: To whom.
        trigger: The id of the event that it follows: the same event never leads to the same message twice.
        answered: The message that it is shown as a reply to.
        draft: What it takes the place of, where something of it has been shown.
    """
    pictures = await draw_pictures(reply, stage.language)
    send_with = partial(_send_pages, channel, reply, stage, trigger, answered, draft)
    try:
        return await send_with(pictures)
    except discord.Forbidden:
        if not pictures:
            raise
        # Perhaps the bot may write here but attach nothing; the text says the same.
        return await send_with([])


async def send_notice(answered: discord.Message, text: str) -> None:
    """Answer a message with a text of ours, in which channels may be named."""
    view = discord.ui.LayoutView(timeout=None).add_item(discord.ui.TextDisplay(text))
    reference = refer_to(answered)
    await insist(partial(_send, answered.channel, view, [], reference, f"{answered.id}-0", []))


async def show_draft(interaction: discord.Interaction, reply: Reply) -> None:
    """Show as much of an answer as is written, where an acknowledged interaction waits for it."""
    await interaction.edit_original_response(view=lay_text(reply.text)[0])


async def _send_pages(
    channel: discord.abc.Messageable,
    reply: Reply,
    stage: Stage,
    trigger: int,
    answered: discord.Message | None,
    draft: Draft | None,
    pictures: Sequence[Picture],
) -> list[int]:
    reference = refer_to(answered) if answered else None
    sent: list[int] = []
    for number, view in enumerate(lay_out(reply, stage, pictures)):
        if not number and draft and draft.shown:
            await insist(partial(_replace, draft.shown, view, pictures))
            sent.append(draft.shown.id)
            continue
        # The nonce makes Discord drop a message that a broken connection made us send twice.
        files, nonce = [] if number else pictures, f"{trigger}-{number}"
        await insist(partial(_send, channel, view, files, reference, nonce, sent))
    return sent


async def _replace(shown: discord.Message, view: discord.ui.LayoutView, pictures: Sequence[Picture]) -> None:
    await shown.edit(view=view, attachments=open_files(pictures), allowed_mentions=NOBODY)


async def _send(
    channel: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    pictures: Sequence[Picture],
    reference: discord.MessageReference | None,
    nonce: str,
    sent: list[int],
) -> None:
    """Send a message, and add its id to those that were sent."""
    files = open_files(pictures)
    if reference:
        message = await channel.send(view=view, files=files, nonce=nonce, reference=reference, mention_author=False)
    else:
        message = await channel.send(view=view, files=files, nonce=nonce)
    sent.append(message.id)


async def draw_pictures(reply: Reply, language: str) -> list[Picture]:
    """Return the pictures that belong to a reply."""
    if reply.kind == "recommendation":
        balance = await compute(draw_balance, reply, language)
        return [balance] if balance else []
    if len(reply.features) > 1:
        return (await compute(draw_table, reply.features, language))[:MOST_PICTURES]
    return []


def open_files(pictures: Sequence[Picture]) -> list[discord.File]:
    """Return pictures as files to send; a file that was sent is used up, so each attempt has its own."""
    return [discord.File(io.BytesIO(each.png), each.name, description=each.alt) for each in pictures]
