"""The Discord client: connects and stays connected, registers the commands, ends in good order."""

from __future__ import annotations

import asyncio
import gc
import signal
from contextlib import suppress

import discord
import structlog
from discord.ext import commands
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential_jitter

from bot.bootstrap import build_gap_writer, build_records, build_speaker
from bot.calls import BROKEN, tell_privately
from bot.cogs.about import AboutCog
from bot.cogs.advise import AdviseCog
from bot.cogs.ask import AskCog
from bot.cogs.card import CardCog
from bot.cogs.chat import ChatCog
from bot.cogs.choice import ChoiceCog
from bot.cogs.compare import CompareCog
from bot.cogs.cost import CostCog
from bot.cogs.feedback import FeedbackCog
from bot.cogs.gap import GapCog
from bot.cogs.lesson import LessonCog
from bot.cogs.menu import MenuCog
from bot.cogs.privacy import PrivacyCog
from bot.cogs.retention import RetentionCog
from bot.cogs.settings import SettingsCog
from bot.cogs.thread import ThreadCog
from bot.cogs.what_if import WhatIfCog
from bot.controls.card import CardButton
from bot.controls.choice import ChoiceButton
from bot.controls.gap import GapButton
from bot.controls.page import PageButton, TopicMenu
from bot.controls.privacy import PrivacyButton
from bot.controls.settings import ChannelMenu, LanguageMenu, ResetButton, SwitchButton
from bot.controls.thread import ContinueButton
from bot.controls.what_if import WhatIfButton, WhatIfMenu
from bot.cooldown import Cooldown
from bot.delivery import Delivery
from bot.errors import ConfigurationError
from bot.heartbeat import HeartbeatCog
from bot.memory import Memory
from bot.metrics import serve_metrics
from bot.settings import Settings
from bot.translation import WordsTranslator, choose_language
from bot.words import load_words

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to connect."""
REFUSED = (4004, 4010, 4011, 4012, 4013, 4014)
"""Gateway close codes that no further attempt can mend."""
# discord.py 2.7 raises AttributeError where its very first connection to the gateway fails.
UNREACHABLE = (*BROKEN, discord.GatewayNotFound, discord.HTTPException, discord.ConnectionClosed, AttributeError)


CONTROLS = (
    CardButton,
    ChannelMenu,
    ChoiceButton,
    ContinueButton,
    GapButton,
    LanguageMenu,
    PageButton,
    PrivacyButton,
    ResetButton,
    SwitchButton,
    TopicMenu,
    WhatIfButton,
    WhatIfMenu,
)

# The bot does not speak, so nobody has to know that it could not.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class TuneOrPrompt(commands.Bot):
    """The bot: no privileged intent, no mention allowed, and nothing cached of members."""

    def __init__(self, delivery: Delivery, settings: Settings) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.delivery = delivery
        self.settings = settings
        self.tree.error(self._report_error)

    async def setup_hook(self) -> None:
        """Load the cogs and register the commands."""
        for cog in self.make_cogs():
            await self.add_cog(cog)
        self.add_dynamic_items(*CONTROLS)
        await self.tree.set_translator(WordsTranslator())
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            # Commands registered before go on working.
            log.warning("the commands could not be registered", reason=str(error))

    def make_cogs(self) -> list[commands.Cog]:
        """Return every cog, none of them loaded."""
        delivery, settings = self.delivery, self.settings
        return [
            AboutCog(delivery),
            AdviseCog(delivery),
            AskCog(delivery),
            CardCog(delivery),
            ChatCog(delivery),
            ChoiceCog(delivery),
            CompareCog(delivery),
            CostCog(delivery),
            FeedbackCog(delivery),
            GapCog(delivery),
            HeartbeatCog(self, settings.data_dir),
            LessonCog(delivery),
            MenuCog(self, delivery),
            PrivacyCog(delivery, keep_days=settings.keep_days, gap_days=settings.gap_days),
            RetentionCog(delivery),
            SettingsCog(delivery),
            ThreadCog(delivery),
            WhatIfCog(delivery),
        ]

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the chat cog; there are no text commands."""

    async def _report_error(
        self, interaction: discord.Interaction, error: discord.app_commands.AppCommandError
    ) -> None:
        log.error("a command failed", command=interaction.command and interaction.command.name, exc_info=error)
        text = load_words(choose_language(interaction.locale.value))["failed"]
        with suppress(discord.HTTPException):
            await tell_privately(interaction, text)


def run_client(settings: Settings) -> None:
    """Run the bot until it is told to stop; ConfigurationError where Discord will never let it in."""
    if settings.discord_token is None:
        raise ConfigurationError("DISCORD_TOKEN must hold the bot's token and is not set; see .env.example")
    # In Discord each person consents for themselves, by a button.
    with build_gap_writer(settings, consent=False) as gaps:
        memory, cooldown = Memory(build_records(settings)), Cooldown(settings.rate_limit)
        speaker = build_speaker(settings)
        delivery = Delivery(speaker, memory, gaps, cooldown)
        # What is loaded by now stays: looking through it for garbage would hold up the event loop for 0.1 s.
        gc.freeze()
        with serve_metrics(settings.metrics_address, speaker.metrics):
            asyncio.run(_serve(delivery, settings, settings.discord_token.get_secret_value()))


async def _serve(delivery: Delivery, settings: Settings, token: str) -> None:
    """Run until SIGTERM or SIGINT; answers under way are finished first."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running = asyncio.create_task(_stay_connected(delivery, settings, token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set():
        await delivery.drain()
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def _stay_connected(delivery: Delivery, settings: Settings, token: str) -> None:
    """Connect, and again for as long as Discord cannot be reached."""
    pause = wait_exponential_jitter(initial=1, max=LONGEST_PAUSE)
    attempts = AsyncRetrying(retry=retry_if_exception_type(UNREACHABLE), wait=pause, before_sleep=_report_pause)
    async for attempt in attempts:
        with attempt:
            # A client that failed cannot be started again.
            async with TuneOrPrompt(delivery, settings) as client:
                await _connect(client, token)


async def _connect(client: TuneOrPrompt, token: str) -> None:
    try:
        await client.start(token)
    except discord.LoginFailure as error:
        raise ConfigurationError("DISCORD_TOKEN must be a valid token, and Discord refuses this one") from error
    except discord.ConnectionClosed as error:
        if error.code in REFUSED:
            raise ConfigurationError(f"Discord refuses the connection for good (close code {error.code})") from error
        raise


def _report_pause(state: RetryCallState) -> None:
    log.warning("Discord cannot be reached; trying again", attempt=state.attempt_number)
