"""Calls to Discord that survive what breaks in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import aiohttp
import discord
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

ATTEMPTS = 4
ALREADY_ACKNOWLEDGED = 40060

BROKEN = (aiohttp.ClientError, OSError, asyncio.TimeoutError, discord.DiscordServerError)
"""How a connection fails that may be there again in a moment."""


async def acknowledge(interaction: discord.Interaction, *, thinking: bool = True, private: bool = False) -> None:
    """Acknowledge an interaction at once; having been heard before is as good."""
    try:
        await insist(lambda: interaction.response.defer(thinking=thinking, ephemeral=private))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


async def tell_privately(interaction: discord.Interaction, text: str) -> None:
    """Say something short to whoever acted, and to nobody else; also after an acknowledgement."""
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(text, ephemeral=True)
        except discord.HTTPException as error:
            # An acknowledgement may have arrived whose receipt was lost.
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        else:
            return
    await interaction.followup.send(text, ephemeral=True)


@asynccontextmanager
async def show_typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that an answer is on its way; where that cannot be shown it is on its way all the same."""
    async with AsyncExitStack() as stack:
        with suppress(discord.HTTPException, *BROKEN):
            await stack.enter_async_context(channel.typing())
        yield


async def insist(send: Callable[[], Awaitable[object]]) -> None:
    """Repeat a call that does no harm when done twice while the connection breaks."""
    pause = wait_exponential(multiplier=0.5, max=5) + wait_random(0, 1)
    stop = stop_after_attempt(ATTEMPTS)
    async for attempt in AsyncRetrying(retry=retry_if_exception_type(BROKEN), wait=pause, stop=stop, reraise=True):
        with attempt:
            await send()
