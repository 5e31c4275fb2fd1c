"""`python -m tests.benchmarks.crowd`: many people at once, against the bot in a fake Discord, all on this machine.

Prints how long each interaction waited for its acknowledgement and for its answer. The fake runs on the same
processors, so that the bot alone is faster than what is shown.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Sequence
from statistics import quantiles
from typing import Annotated, Any

import typer

from tests.bot.conftest import DISCORD_BOT
from tests.fake_discord import FakeDiscord, Reply

USES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": "which of the two needs more data?"}),
    ("ask", {"question": "is prompt engineering cheaper, and why?"}),
    (
        "advise",
        {"project": "9,000 graded essays, one fixed form, two ML engineers, and it must read the same every time"},
    ),
    ("advise", {"project": "Help me with my project"}),
    ("compare", {"feature": "Scalability"}),
    ("glossary", {"term": "LoRA"}),
    ("lesson", {"topic": "Flexibility"}),
)
THINKING = 10.0
"""Seconds that a person pauses between two commands, on average."""


def main(
    users: Annotated[int, typer.Option(min=1, help="People who use the bot at once.")] = 200,
    seconds: Annotated[int, typer.Option(min=1, help="For how long.")] = 60,
) -> None:
    """Print waiting times in milliseconds."""
    replies = asyncio.run(gather_crowd(users, seconds))
    late = [reply for reply in replies if reply.acknowledged_after is None]
    typer.echo(f"{len(replies)} commands by {users} people in {seconds} s; never acknowledged: {len(late)}")
    typer.echo(describe_times("acknowledged", [reply.acknowledged_after for reply in replies]))
    typer.echo(describe_times("answered", [reply.answered_after for reply in replies]))


async def gather_crowd(users: int, seconds: int) -> list[Reply]:
    """Return the replies to everybody."""
    env = {name: value for name, value in os.environ.items() if name in ("DATA_DIR", "MODELS_DIR")}
    async with FakeDiscord(reaction=0.0) as fake:
        await fake.start_bot(*DISCORD_BOT, env={**env, "RATE_LIMIT": "1000/minute"})
        await fake.ready(within=300.0)
        end = time.monotonic() + seconds
        told = await asyncio.gather(*(use_bot(fake, f"user{number}", end) for number in range(users)))
        if fake.violations:
            sys.exit("\n".join(map(str, fake.violations)))
    return [reply for replies in told for reply in replies]


async def use_bot(fake: FakeDiscord, name: str, end: float) -> list[Reply]:
    """Use one command after the other, with pauses, and return the replies."""
    rng, replies = random.Random(name), []
    await asyncio.sleep(rng.uniform(0, THINKING / 2))
    while time.monotonic() < end:
        command, options = rng.choice(USES)
        replies.append(await fake.slash(command, by=name, **options))
        await asyncio.sleep(rng.uniform(0, 2 * THINKING))
    return replies


def describe_times(what: str, times: Sequence[float | None]) -> str:
    """Return the median, the 99th percentile and the longest of some times."""
    known = sorted(each * 1_000 for each in times if each is not None)
    cuts = quantiles(known, n=100)
    return f"{what}: p50 {cuts[49]:.0f}, p99 {cuts[98]:.0f}, longest {known[-1]:.0f} ms"


if __name__ == "__main__":
    typer.run(main)
