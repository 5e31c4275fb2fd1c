"""What happened so far: each request, each broken rule, and a way to wait for more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .notice import Notice
from .protocol import Json


class Rule(StrEnum):
    """The rules a bot can break."""

    LENGTH = "length"
    COUNT = "count"
    SHAPE = "shape"
    MENTIONS = "mentions"
    SECRET = "secret"
    ACKNOWLEDGEMENT = "acknowledgement"
    ROUTE = "route"


@dataclass(frozen=True)
class Violation:
    """One rule the bot broke, and where."""

    rule: Rule
    path: str
    detail: str
    route: str = ""

    def __str__(self) -> str:
        """Read as a sentence in a failing assertion."""
        return f"{self.route}: {self.path or 'body'}: {self.detail} ({self.rule})"


@dataclass
class Call:
    """One request of the bot and how it ended."""

    route: str
    parameters: dict[str, str]
    body: Any
    files: dict[str, bytes]
    status: int = 0


Answer = tuple[int, Json | list[Json] | None]
Route = Callable[[Call], Awaitable[Answer]]


@dataclass
class Journal:
    """Everything the bot did, in order."""

    calls: list[Call] = field(default_factory=list)
    opcodes: list[int] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    _notice: Notice = field(default_factory=Notice)

    def blame(self, route: str, violations: Iterable[Violation]) -> None:
        """Record broken rules under the route that broke them."""
        self.violations += [replace(violation, route=route) for violation in violations]
        self.notify()

    def notify(self) -> None:
        """Let everybody who waits look again."""
        self._notice.give()

    async def until(self, condition: Callable[[], object], within: float) -> None:
        """Return once the condition holds; raise `TimeoutError` when it takes too long."""
        await self._notice.until(condition, within)
