"""Deletes what has grown old, every hour."""

from __future__ import annotations

import asyncio

import structlog
from discord.ext import commands, tasks

from bot.delivery import Delivery
from bot.errors import RecordError

log = structlog.get_logger(__name__)


class RetentionCog(commands.Cog):
    """Begins when it is loaded, and goes on whatever happens."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    async def cog_load(self) -> None:
        self.expire.start()

    async def cog_unload(self) -> None:
        self.expire.cancel()

    @tasks.loop(hours=1)
    async def expire(self) -> None:
        try:
            self.delivery.gaps.expire()
            await asyncio.to_thread(self.delivery.memory.expire)
        except RecordError as error:
            log.warning("what is old could not be deleted; trying again in an hour", reason=str(error))
        except Exception:
            # Nobody is there to see it, and a loop that ended would keep everything for ever.
            log.exception("what is old could not be deleted; trying again in an hour")
