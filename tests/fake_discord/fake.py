"""The fake Discord as a test uses it: one object for server, bot and people."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from .client import Client
from .errors import Code
from .faults import CUT, Fault
from .journal import Call, Violation
from .process import BotProcess, bot_environment
from .protocol import Json
from .reply import Reply
from .server import FakeServer

TOKEN = "fake.token.of-the-bot-under-test"
SECRET_NAME = re.compile("KEY|TOKEN|SECRET|PASSWORD")


class FakeDiscord(Client):
    """A Discord with one guild and one bot, for the length of an `async with` block."""

    def __init__(self, *, timeout: float = 10.0, acknowledgement_limit: float = 3.0, reaction: float = 0.1) -> None:
        """Give the bot these seconds to answer, and to acknowledge; people take so many to react to what they see.

        Where nobody needs to react like a person, because each tap is understood by its custom_id alone, that is 0.
        """
        super().__init__(FakeServer(TOKEN, acknowledgement_limit), timeout, reaction)
        self._folder = tempfile.TemporaryDirectory(prefix="fake-discord-")
        self._bot: BotProcess | None = None

    async def __aenter__(self) -> Self:
        """Listen for the bot."""
        await self.server.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the bot, then listen no more."""
        await self.stop_bot()
        await self.server.stop()
        self._folder.cleanup()

    async def start_bot(self, *command: str, env: Mapping[str, str] | None = None) -> None:
        """Start a bot; what `env` calls a key, token, secret or password must never be sent."""
        extra = env or {}
        named = {value for name, value in extra.items() if SECRET_NAME.search(name)}
        self.server.messages.secrets |= {TOKEN, *filter(None, named)}
        environment = bot_environment(self.server.url, TOKEN, extra)
        self._bot = await BotProcess.start(command, environment, self._log_path)
        self._bot.watch.add_done_callback(lambda _: self.server.journal.notify())

    async def stop_bot(self, grace: float = 10.0) -> int | None:
        """Stop the bot as an operator would, and return its exit code; None without a bot."""
        if self._bot is None:
            return None
        code = await self._bot.stop(grace)
        self.server.gateway.drop()
        return code

    async def ready(self, within: float = 60.0) -> None:
        """Return once the bot is connected to the gateway; raise if it ends instead."""
        gateway = self.server.gateway
        await self.until(lambda: gateway.connected or self.exit_code is not None, within)
        if self.exit_code is not None:
            raise ChildProcessError(f"the bot ended with {self.exit_code}:\n{self.log[-2000:]}")

    @property
    def exit_code(self) -> int | None:
        """How the bot ended; None while it runs."""
        return self._bot.process.returncode if self._bot else None

    @property
    def log(self) -> str:
        """What the bot has printed."""
        return self._log_path.read_text(errors="replace") if self._log_path.exists() else ""

    @property
    def _log_path(self) -> Path:
        return Path(self._folder.name, "bot.log")

    @property
    def calls(self) -> list[Call]:
        """Every REST request of the bot, in order."""
        return self.server.journal.calls

    @property
    def opcodes(self) -> list[int]:
        """What the bot sent to the gateway, in order."""
        return self.server.journal.opcodes

    @property
    def violations(self) -> list[Violation]:
        """Every rule the bot broke."""
        return self.server.journal.violations

    @property
    def threads(self) -> list[Json]:
        """The threads of the guild, the oldest first."""
        return self.server.world.threads

    async def until(self, condition: Callable[[], object], within: float | None = None) -> None:
        """Return once the condition holds; else raise with the end of the bot's log."""
        try:
            await super().until(condition, within)
        except TimeoutError:
            raise TimeoutError(f"waited in vain; the log ends with:\n{self.log[-2000:]}") from None

    def fault(self, match: str, status: int, times: int = 1, *, retry_after: float = 0.1) -> None:
        """Fail the next requests whose "METHOD /route" matches.

        Args:
            match: What is searched for, as a regular expression.
            status: An HTTP status, a `Code` for all that Discord answers with it, or 0 to cut the connection.
            times: How many requests fail.
            retry_after: Seconds that a 429 tells the bot to wait.
        """
        self.server.faults.append(Fault(match, status, times, retry_after))

    def lose(self, match: str, times: int = 1) -> None:
        """Carry out the next requests whose "METHOD /route" matches, but cut the connection before the answer."""
        self.server.faults.append(Fault(match, CUT, times, 0, lost=True))

    def expire(self, reply: Reply, code: Code = Code.INVALID_TOKEN) -> None:
        """End the token of an interaction, as Discord does after 15 minutes; using it is answered with this code."""
        reply.exchange.ended = code

    async def repeat(self, reply: Reply) -> None:
        """Tell the bot a second time what led to a reply: the same message, or the same interaction."""
        gateway, trigger = self.server.gateway, reply.trigger
        if "token" in trigger:
            await gateway.dispatch("INTERACTION_CREATE", trigger)
        else:
            await gateway.announce("MESSAGE_CREATE", trigger)

    def refuse(self, *, http: int = 0, gateway: int = 0) -> None:
        """Cut the next connections before a word is said; aiohttp tries each GET twice."""
        self.server.refused = {"http": http, "gateway": gateway}

    async def close_gateway(self, code: int) -> None:
        """Close the gateway connection with a code; whether the bot may come back depends on it."""
        await self.server.gateway.close(code)

    def drop_gateway(self) -> None:
        """Cut the gateway connection; the bot may resume."""
        self.server.gateway.drop()
