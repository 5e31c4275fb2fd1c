"""A reply that is not finished, shown no more often than Discord takes it."""

from __future__ import annotations

import math
import time

import discord
import structlog

from bot.calls import BROKEN
from bot.layout import lay_text
from bot.reply import Reply
from bot.session import ShowReply

log = structlog.get_logger(__name__)

NOBODY = discord.AllowedMentions.none()
"""Whom a message may call; what the client is told once holds for new messages only, not for changed ones."""
PAUSE = 1.2
"""Seconds between two drafts: Discord takes five changes of a message in five seconds."""


class Draft:
    """A message in which an answer grows, sent as a reply once there is something of it."""

    def __init__(self, answered: discord.Message, pause: float = PAUSE) -> None:
        self._answered = answered
        self.shown: discord.Message | None = None
        """None until something was shown."""
        self.show = pace_drafts(self._show, pause)

    async def _show(self, reply: Reply) -> None:
        view = lay_text(reply.text)[0]
        if self.shown:
            await self.shown.edit(view=view, allowed_mentions=NOBODY)
        else:
            reference, nonce = refer_to(self._answered), f"{self._answered.id}-draft"
            self.shown = await self._answered.channel.send(
                view=view, nonce=nonce, reference=reference, mention_author=False
            )


def refer_to(answered: discord.Message) -> discord.MessageReference:
    """Return how a reply refers to what it answers, be that still there or not."""
    return answered.to_reference(fail_if_not_exists=False)


def pace_drafts(show: ShowReply, pause: float = PAUSE) -> ShowReply:
    """Return what shows drafts at most every so many seconds, and goes on where one cannot be shown."""
    last = -math.inf

    async def show_in_pace(reply: Reply) -> None:
        nonlocal last
        if time.monotonic() - last < pause:
            return
        last = time.monotonic()
        try:
            await show(reply)
        except (discord.HTTPException, *BROKEN) as error:
            log.info("a draft could not be shown", reason=type(error).__name__)

    return show_in_pace
