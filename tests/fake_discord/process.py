"""The bot under test, as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SHIM = Path(__file__).with_name("shim")


def bot_environment(url: str, token: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which discord.py talks to the fake at this URL."""
    addresses = {"DISCORD_TOKEN": token, "FAKE_DISCORD_URL": url, "PYTHONUNBUFFERED": "1"}
    environment = {**os.environ, **addresses, **extra}
    python_path = filter(None, [str(SHIM), environment.get("PYTHONPATH")])
    return {**environment, "PYTHONPATH": os.pathsep.join(python_path)}


@dataclass(frozen=True)
class BotProcess:
    """A bot that was started, and the task that sees it end."""

    process: Process
    watch: asyncio.Task[int]

    @classmethod
    async def start(cls, command: Sequence[str], environment: Mapping[str, str], log: Path) -> Self:
        """Start the command, appending what it prints to the log."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command, env=environment, stdin=DEVNULL, stdout=output, stderr=output
            )
        return cls(process, asyncio.create_task(process.wait()))

    async def stop(self, grace: float) -> int:
        """End the bot with SIGTERM, by force after the grace period; return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        await asyncio.wait([self.watch], timeout=grace)
        if self.process.returncode is None:
            self.process.kill()
        return await self.watch
