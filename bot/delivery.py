"""Brings replies to Discord: acknowledges at once, answers off the event loop, survives what breaks in between."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import aiohttp
import discord
import structlog
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from bot.gaps.gap import Gap
from bot.gaps.writer import GapWriter
from bot.layout import lay_out, lay_out_picture
from bot.memory import Memory, Place
from bot.pictures import Picture
from bot.reply import Reply
from bot.session import Said, respond
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command

log = structlog.get_logger(__name__)

DRAIN = 20.0
"""Seconds that answers under way get to finish when the bot is told to stop."""
ATTEMPTS = 4
ALREADY_ACKNOWLEDGED = 40060

BROKEN = (aiohttp.ClientError, OSError, asyncio.TimeoutError, discord.DiscordServerError)
"""How a connection fails that may be there again in a moment."""


class Delivery:
    """What the cogs share: the assistant, its memory, the gaps, and how answers reach people."""

    def __init__(self, assistant: Assistant, gaps: GapWriter) -> None:
        self.assistant = assistant
        self.gaps = gaps
        self.memory = Memory()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def answer(self, place: Place, text: str, command: Command | None = None) -> Said:
        """Return what is said to a message, and remember the conversation."""
        return await self.resume(place, self.memory.recall(place), text, command)

    async def resume(self, place: Place, conversation: Conversation, text: str, command: Command | None = None) -> Said:
        """Return what is said to a message in a conversation that is given, and remember how it goes on."""
        said = await asyncio.to_thread(respond, self.assistant, conversation, text, command)
        self.memory.remember(place, said.conversation)
        if said.gap:
            self.memory.hold_question(said.gap.key, text)
            self.gaps.record(said.gap, text)
        return said

    async def answer_command(self, interaction: discord.Interaction, text: str, command: Command) -> None:
        """Acknowledge a command, then answer it."""
        async with self.work():
            await acknowledge(interaction)
            said = await self.answer(locate(interaction), text, command)
            await self.show(interaction, said.reply, said.gap)

    async def show(self, interaction: discord.Interaction, reply: Reply, gap: Gap | None = None) -> None:
        """Put a reply where an acknowledged interaction waits for it."""
        first, *others = lay_out(reply, interaction.user.id, gap)
        # Editing twice does no harm, so it may be repeated; a follow-up sent twice would be read twice.
        await insist(lambda: interaction.edit_original_response(view=first))
        for view in others:
            await interaction.followup.send(view=view)

    async def show_picture(self, interaction: discord.Interaction, text: str, picture: Picture) -> None:
        """Put a text with a picture where an acknowledged interaction waits for it."""

        async def send() -> None:
            # A file that was sent is used up, so each attempt has its own.
            file = discord.File(io.BytesIO(picture.png), picture.name, description=picture.alt)
            await interaction.edit_original_response(view=lay_out_picture(text, file), attachments=[file])

        await insist(send)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """Count an answer that is under way; what Discord no longer takes ends quietly."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        except (discord.NotFound, discord.Forbidden) as error:
            log.info("an answer could not be delivered", reason=str(error))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def drain(self) -> None:
        """Wait for the answers under way, but not for ever."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), DRAIN)


def locate(interaction: discord.Interaction) -> Place:
    """Return where an interaction takes place, and by whom."""
    return Place(interaction.channel_id or 0, interaction.user.id)


async def acknowledge(interaction: discord.Interaction, *, thinking: bool = True, private: bool = False) -> None:
    """Acknowledge an interaction at once; having been heard before is as good."""
    try:
        await insist(lambda: interaction.response.defer(thinking=thinking, ephemeral=private))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


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
