"""Settings → Assistant: the only place where things are put together."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import structlog

from bot.chat_model.opening import open_provider
from bot.gaps.table import GapTable
from bot.gaps.writer import GapWriter
from bot.metrics import Metrics
from bot.progress import ProgressReport
from bot.records.database import read_url
from bot.records.records import Records
from bot.settings import Settings
from bot.speaker import Speaker
from bot.talk import Talk
from knowledge.exports import Models
from knowledge.store import Store
from retrieval.assistant import Assistant


def build_assistant(settings: Settings) -> Assistant:
    """Return an assistant on the lesson in use, its store built first where needed, with progress on standard error."""
    with ProgressReport() as report:
        return Assistant(build_store(settings, report))


def build_speaker(settings: Settings) -> Speaker:
    """Return the assistant with the chat model that is configured, where one is; ConfigurationError for a wrong one."""
    metrics = Metrics()
    provider = open_provider(settings, metrics.registry)
    return Speaker(build_assistant(settings), provider, settings.chat_turn_seconds, metrics)


@contextmanager
def open_talk(settings: Settings) -> Iterator[Talk]:
    """Hold the same ready for whoever waits for each reply."""
    with asyncio.Runner() as runner:
        yield Talk(build_speaker(settings), runner)


def build_store(settings: Settings, report: ProgressReport) -> Store:
    models = Models(settings.models_dir or settings.data_dir / "models", report.show_step)
    return Store(settings.data_dir, models=models, embedding_model=settings.embedding_model, report=report.show_step)


def build_gap_table(settings: Settings) -> GapTable:
    """Return the table of questions that found nothing."""
    return GapTable(settings.data_dir, settings.gap_days)


def build_gap_writer(settings: Settings, *, consent: bool) -> GapWriter:
    """Return what keeps such questions; with consent, in their words."""
    return GapWriter(build_gap_table(settings), consent=consent)


def build_records(settings: Settings) -> Records:
    """Return what the Discord bot keeps, opened when first used; ConfigurationError for a wrong DATABASE_URL."""
    default = sa.URL.create("sqlite", database=str(settings.data_dir / "bot.sqlite3"))
    url = settings.database_url
    return Records(read_url(url.get_secret_value()) if url else default, settings.keep_days)


def set_up_logging(level: str) -> None:
    """Send all logs, other libraries' included, to standard error in one format."""
    # A plain traceback holds no values: what people wrote and the bot's token stay out of the log.
    renderer = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Below this, Discord's library logs every event: what people write, and tokens.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
