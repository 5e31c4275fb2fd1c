"""Brings replies to Discord: takes what is asked, answers off the event loop, and shows the answer where it belongs."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from http import HTTPStatus

import discord
import structlog

from bot.calls import ALREADY_ACKNOWLEDGED, acknowledge, insist, tell_privately
from bot.cooldown import Cooldown
from bot.gaps.gap import Gap
from bot.gaps.writer import GapWriter
from bot.layout import Stage, lay_out
from bot.memory import Memory, Place
from bot.pictures.balance import draw_balance
from bot.pictures.picture import Picture
from bot.pictures.table import draw_table
from bot.pool import compute
from bot.records.shown import ShownReply
from bot.reply import Reply, ReplyKind
from bot.session import Said, respond
from bot.translation import choose_language
from bot.words import load_words
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command

log = structlog.get_logger(__name__)

DRAIN = 20.0
"""Seconds that answers under way get to finish when the bot is told to stop."""
GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
"""How Discord says that there is nobody to answer any more."""
MOST_PICTURES = 4
"""Of a table; its text has the rest, too."""
KEPT: tuple[ReplyKind, ...] = ("answer", "comparison", "recommendation", "listing", "out_of_scope")
"""Replies that are kept for what can be done with them later."""


class Delivery:
    """What the cogs share: the assistant, what is remembered, and how answers reach people."""

    def __init__(self, assistant: Assistant, memory: Memory, gaps: GapWriter, cooldown: Cooldown) -> None:
        self.assistant = assistant
        self.memory = memory
        self.gaps = gaps
        self.cooldown = cooldown
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def answer(self, place: Place, text: str, command: Command | None = None) -> Said:
        """Return what is said to a message, and remember the conversation."""
        conversation = await asyncio.to_thread(self.memory.recall, place)
        return await self.resume(place, conversation, text, command)

    async def resume(self, place: Place, conversation: Conversation, text: str, command: Command | None = None) -> Said:
        """Return what is said to a message in a conversation that is given, and remember how it goes on."""
        said = await compute(respond, self.assistant, conversation, text, command)
        await asyncio.to_thread(self.memory.remember, place, said.conversation)
        if said.gap:
            self.memory.hold_question(said.gap.key, place.user, text)
            self.gaps.record(said.gap, text)
        return said

    async def answer_command(
        self, interaction: discord.Interaction, text: str, command: Command | None, begun: Conversation | None = None
    ) -> None:
        """Acknowledge a command, then answer it, in the conversation that goes on or in one that is begun with it."""
        async with self.work():
            if await self.admit(interaction):
                private = await self.is_private(interaction)
                await acknowledge(interaction, private=private)
                place = locate(interaction)
                recalled = await asyncio.to_thread(self.memory.recall, place) if begun is None else begun
                said = await self.resume(place, recalled, text, command)
                await self.show(interaction, said.reply, said.gap, private=private)

    async def show(
        self, interaction: discord.Interaction, reply: Reply, gap: Gap | None = None, *, private: bool = False
    ) -> None:
        """Put a reply where an acknowledged interaction waits for it."""
        language = choose_language(interaction.locale.value)
        stage = await self.set_stage(
            reply,
            locate(interaction),
            interaction.guild_id or 0,
            language,
            gap,
            private=private,
            in_thread=is_own_thread(interaction.channel),
        )
        pictures = await draw_pictures(reply, language)
        first, *others = lay_out(reply, stage, pictures)
        # Editing twice does no harm, so it may be repeated; a follow-up sent twice would be read twice.
        await insist(lambda: interaction.edit_original_response(view=first, attachments=open_files(pictures)))
        for view in others:
            await interaction.followup.send(view=view, ephemeral=private)

    async def set_stage(
        self,
        reply: Reply,
        place: Place,
        guild: int,
        language: str,
        gap: Gap | None,
        *,
        private: bool = False,
        in_thread: bool = False,
    ) -> Stage:
        """Return to whom a reply is shown; what can be done with it later is kept."""
        server = await asyncio.to_thread(self.memory.recall_server, guild)
        shown = ShownReply(user=place.user, guild=guild, channel=place.channel, reply=reply)
        if kept := reply.kind in KEPT:
            await asyncio.to_thread(self.memory.keep_reply, shown)
        return Stage(
            asker=place.user,
            language=language,
            key=shown.key if kept else None,
            private=private,
            feedback=server.feedback,
            in_thread=in_thread,
            gap=gap,
        )

    async def admit(self, interaction: discord.Interaction) -> bool:
        """Tell whether somebody may ask now, each event once; who asks too much is told when to go on."""
        if not self.memory.is_new(interaction.id):
            return False
        if not (seconds := self.cooldown.count(interaction.user.id)):
            return True
        words = load_words(choose_language(interaction.locale.value))["discord"]
        await tell_privately(interaction, words["slow_down"].format(seconds=seconds))
        return False

    async def is_private(self, interaction: discord.Interaction) -> bool:
        """Tell whether only the asker is to see the answer: by the server's settings, or in none of its channels."""
        if interaction.guild_id is None:
            return False
        # An acknowledgement must not wait for a free thread; settings are nearly always in memory.
        server = self.memory.recall_server(interaction.guild_id)
        return server.private or not server.allows(_list_places(interaction.channel))

    async def point_elsewhere(self, message: discord.Message) -> str:
        """Return the channels in which the bot chats instead; nothing where it may do so here."""
        if message.guild is None:
            return ""
        server = await asyncio.to_thread(self.memory.recall_server, message.guild.id)
        if server.allows(_list_places(message.channel)):
            return ""
        return " ".join(f"<#{channel}>" for channel in sorted(server.channels))

    @asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """Count an answer that is under way; what Discord no longer takes ends quietly."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        except discord.HTTPException as error:
            # An event that comes twice has been acknowledged by its twin.
            if error.status not in GONE and error.code != ALREADY_ACKNOWLEDGED:
                raise
            log.info("an answer could not be delivered", reason=str(error))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def drain(self) -> None:
        """Wait for the answers under way, but not for ever."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), DRAIN)


async def send_reply(
    channel: discord.abc.Messageable, reply: Reply, stage: Stage, trigger: int, answered: discord.Message | None = None
) -> None:
    """Send a reply to a channel, each of its messages once.

    Args:
        channel: Where it is sent.
        reply: What is said.
        stage: To whom.
        trigger: The id of the event that it follows: the same event never leads to the same message twice.
        answered: The message that it is shown as a reply to.
    """
    reference = answered.to_reference(fail_if_not_exists=False) if answered else None
    pictures = await draw_pictures(reply, stage.language)
    for number, view in enumerate(lay_out(reply, stage, pictures)):
        # The nonce makes Discord drop a message that a broken connection made us send twice.
        await insist(partial(_send, channel, view, [] if number else pictures, reference, f"{trigger}-{number}"))


async def send_notice(answered: discord.Message, text: str) -> None:
    """Answer a message with a text of ours, in which channels may be named."""
    view = discord.ui.LayoutView(timeout=None).add_item(discord.ui.TextDisplay(text))
    reference = answered.to_reference(fail_if_not_exists=False)
    await insist(partial(_send, answered.channel, view, [], reference, f"{answered.id}-0"))


async def _send(
    channel: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    pictures: Sequence[Picture],
    reference: discord.MessageReference | None,
    nonce: str,
) -> None:
    files = open_files(pictures)
    if reference:
        await channel.send(view=view, files=files, nonce=nonce, reference=reference, mention_author=False)
    else:
        await channel.send(view=view, files=files, nonce=nonce)


def locate(interaction: discord.Interaction) -> Place:
    """Return where an interaction takes place, and by whom."""
    return Place(interaction.channel_id or 0, interaction.user.id)


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


def is_own_thread(channel: object) -> bool:
    """Tell whether a channel is a thread that the bot opened."""
    return isinstance(channel, discord.Thread) and channel.owner_id == channel.guild.me.id


def _list_places(channel: object) -> frozenset[int]:
    """Return a channel's id and, where it is a thread, that of the channel it belongs to."""
    ids = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return frozenset(each for each in ids if each is not None)
