"""Brings replies to Discord: takes what is asked, answers off the event loop, and shows the answer where it belongs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from http import HTTPStatus
from weakref import WeakValueDictionary

import discord
import structlog
from cachetools import TTLCache

from bot.calls import ALREADY_ACKNOWLEDGED, acknowledge, insist, tell_privately
from bot.chat_model.budget import Payer
from bot.cooldown import Cooldown
from bot.drafts import Draft, pace_drafts
from bot.gaps.gap import Gap
from bot.gaps.writer import GapWriter
from bot.layout import Stage, lay_out
from bot.memory import Memory, Place
from bot.pictures.picture import Picture
from bot.pool import compute
from bot.premises import Premises
from bot.records.shown import ShownReply
from bot.reply import Reply, ReplyKind
from bot.sending import draw_pictures, open_files, send_reply, show_draft
from bot.session import Said, ShowReply
from bot.speaker import Speaker, show_nothing
from bot.translation import choose_language
from bot.words import load_words
from retrieval.conversation import Conversation
from retrieval.routing import Command
from retrieval.turn import Received

log = structlog.get_logger(__name__)

DRAIN = 30.0
"""Seconds that answers under way get to finish when the bot is told to stop."""
GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
"""How Discord says that there is nobody to answer any more."""
TOKEN_LASTS = 14 * 60
"""Seconds for which the further messages of a command can be deleted by its token, which Discord takes for 900."""
MOST_TOKENS = 1_000
KEPT: tuple[ReplyKind, ...] = (
    "answer",
    "comparison",
    "recommendation",
    "clarifying_question",
    "listing",
    "out_of_scope",
)
"""Replies that are kept for what can be done with them later."""


class Delivery:
    """What the cogs share: the assistant, what is remembered, and how answers reach people."""

    def __init__(self, speaker: Speaker, memory: Memory, gaps: GapWriter, cooldown: Cooldown) -> None:
        self.speaker = speaker
        self.assistant = speaker.assistant
        self.memory = memory
        self.gaps = gaps
        self.cooldown = cooldown
        self.premises = Premises(memory)
        self.followups: TTLCache[str, discord.Webhook] = TTLCache(MOST_TOKENS, TOKEN_LASTS)
        """What takes further messages of a reply back, by the reply's key."""
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._under_way = 0
        self._stopping = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def answer(self, place: Place, guild: int | None, text: str, show: ShowReply = show_nothing) -> Said:
        """Return what is said to a message, and remember the conversation."""
        conversation = await asyncio.to_thread(self.memory.recall, place)
        return await self.resume(place, guild, Received(text, conversation), show)

    async def resume(self, place: Place, guild: int | None, message: Received, show: ShowReply = show_nothing) -> Said:
        """Return what is said to a message in its conversation, shown as it grows, and remember how that goes on."""
        said = await self.speaker.respond(message, Payer(place.user, guild), show)
        await asyncio.to_thread(self.memory.remember, place, said.conversation)
        if said.gap:
            self.memory.hold_question(said.gap.key, place.user, message.text)
            self.gaps.record(said.gap, message.text)
        return said

    async def answer_command(
        self, interaction: discord.Interaction, text: str, command: Command | None, begun: Conversation | None = None
    ) -> None:
        """Acknowledge a command, then answer it, in the conversation that goes on or in one that is begun with it."""
        async with self.work():
            if await self.admit(interaction):
                await self._answer(interaction, text, command, begun)

    async def answer_form(
        self, interaction: discord.Interaction, text: str, command: Command | None, begun: Conversation | None = None
    ) -> None:
        """Answer what was written into a form, which was counted when it opened."""
        async with self.work():
            if self.accepts(interaction.id):
                await self._answer(interaction, text, command, begun)

    async def _answer(
        self, interaction: discord.Interaction, text: str, command: Command | None, begun: Conversation | None
    ) -> None:
        private = await self.premises.is_private(interaction)
        await acknowledge(interaction, private=private)
        place = locate(interaction)
        async with self.take_turn(place.user):
            recalled = await asyncio.to_thread(self.memory.recall, place) if begun is None else begun
            show = pace_drafts(partial(show_draft, interaction))
            said = await self.resume(place, interaction.guild_id, Received(text, recalled, command), show)
            await self.show(interaction, said.reply, said.gap, private=private)

    async def answer_lookup(self, interaction: discord.Interaction, look_up: Callable[[], Reply]) -> None:
        """Acknowledge a command, then show what it looks up."""
        async with self.work():
            if await self.admit(interaction):
                private = await self.premises.is_private(interaction)
                await acknowledge(interaction, private=private)
                async with self.take_turn(interaction.user.id):
                    await self.show(interaction, await compute(look_up), private=private)

    async def show(
        self,
        interaction: discord.Interaction,
        reply: Reply,
        gap: Gap | None = None,
        *,
        private: bool = False,
        place: Place | None = None,
    ) -> None:
        """Put a reply where an acknowledged interaction waits for it.

        Args:
            interaction: Which one.
            reply: What is said.
            gap: What the question found nothing of.
            private: Whether only the asker sees it.
            place: Of the conversation, where that is not held in the channel.
        """
        language = choose_language(interaction.locale.value)
        stage = await self.set_stage(
            reply,
            place or locate(interaction),
            interaction.guild_id or 0,
            language,
            gap,
            sharable=private and not await self.premises.point_elsewhere(interaction),
            in_thread=is_own_thread(interaction.channel),
        )
        pictures = await draw_pictures(reply, language)
        await self.put(interaction, lay_out(reply, stage, pictures), pictures, stage.key, private=private)

    async def put(
        self,
        interaction: discord.Interaction,
        views: Sequence[discord.ui.LayoutView],
        pictures: Sequence[Picture],
        key: str | None,
        *,
        private: bool = False,
    ) -> None:
        """Put the messages of a reply where an acknowledged interaction waits for them, and keep which they are."""
        first, *others = views
        sent: list[int] = []

        async def edit() -> None:
            shown = await interaction.edit_original_response(view=first, attachments=open_files(pictures))
            sent.append(shown.id)

        # Editing twice does no harm, so it may be repeated; a follow-up sent twice would be read twice.
        await insist(edit)
        sent += [(await interaction.followup.send(view=view, ephemeral=private, wait=True)).id for view in others]
        if key and others:
            self.followups[key] = interaction.followup
            await asyncio.to_thread(self.memory.keep_messages, key, sent)

    async def send(
        self,
        channel: discord.abc.Messageable,
        reply: Reply,
        stage: Stage,
        trigger: int,
        answered: discord.Message | None = None,
        draft: Draft | None = None,
    ) -> None:
        """Send a reply to a channel, and keep which messages it has; see `send_reply`."""
        sent = await send_reply(channel, reply, stage, trigger, answered, draft)
        if stage.key and len(sent) > 1:
            await asyncio.to_thread(self.memory.keep_messages, stage.key, sent)

    async def set_stage(
        self,
        reply: Reply,
        place: Place,
        guild: int,
        language: str,
        gap: Gap | None,
        *,
        sharable: bool = False,
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
            sharable=sharable,
            feedback=server.feedback,
            in_thread=in_thread,
            gap=gap,
        )

    def accepts(self, event: int) -> bool:
        """Tell whether to act on an event: on each once, and on none while the bot stops."""
        return not self._stopping and self.memory.is_new(event)

    async def admit(self, interaction: discord.Interaction) -> bool:
        """Tell whether somebody may ask now, each event once; who asks too much is told when to go on."""
        if not self.accepts(interaction.id):
            return False
        if not (seconds := self.cooldown.count(interaction.user.id)):
            return True
        words = load_words(choose_language(interaction.locale.value))["discord"]
        await tell_privately(interaction, words["slow_down"].format(seconds=seconds))
        return False

    def take_turn(self, user: int) -> asyncio.Lock:
        """Return what lets one thing at a time be kept, changed or erased of a user; not to be taken within itself."""
        return self._turns.setdefault(user, asyncio.Lock())

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
        """Begin nothing more, and wait for the answers under way, but not for ever."""
        self._stopping = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), DRAIN)


def locate(interaction: discord.Interaction) -> Place:
    """Return where an interaction takes place, and by whom."""
    return Place(interaction.channel_id or 0, interaction.user.id)


def is_own_thread(channel: object) -> bool:
    """Tell whether a channel is a thread that the bot opened."""
    return isinstance(channel, discord.Thread) and channel.owner_id == channel.guild.me.id
