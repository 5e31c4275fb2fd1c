"""One thing a person did, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from .errors import Code
from .notice import Notice
from .protocol import Json, MessageFlag


def clock() -> float:
    """Return the time of the running event loop, in seconds."""
    return asyncio.get_running_loop().time()


@dataclass(eq=False)
class Exchange:
    """One thing a user did, and everything the bot answered to it. Times are those of the event loop."""

    trigger: Json
    person: Json
    channel: Json
    source: Json | None = None  # the message whose component was used
    started: float = field(default_factory=clock)
    acknowledged: float | None = None
    answered_at: float | None = None  # when the last part of the answer could be read
    expired: bool = False  # never acknowledged
    ended: Code | None = None  # why the bot's token for it is good no longer
    withdrawn: bool = False
    follow_ups: int = 0
    original: Json | None = None
    messages: list[Json] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    notice: Notice = field(default_factory=Notice)

    def acknowledge(self) -> None:
        """Note the bot's first sign of life."""
        if self.acknowledged is None:
            self.acknowledged = clock()
            self.notice.give()

    def expire(self) -> None:
        """Note that the bot has given no sign of life in time."""
        self.expired = True
        self.notice.give()

    def show(self, message: Json) -> None:
        """Note a message that the user now sees as the answer, or sees changed."""
        if not any(shown is message for shown in self.messages):
            self.messages.append(message)
        self._answer()

    def open_form(self, modal: Json) -> None:
        """Note a form that the user now sees."""
        self.modal = modal
        self._answer()

    def offer(self, choices: list[Json]) -> None:
        """Note what is suggested to the user."""
        self.choices = choices
        self._answer()

    def forget(self, message: Json) -> None:
        """Note that a message is gone, if it had to do with this."""
        if self.original is message or any(shown is message for shown in self.messages):
            self.messages = [shown for shown in self.messages if shown is not message]
            self.original = None if self.original is message else self.original
            self.withdrawn = True
            self._answer()

    def _answer(self) -> None:
        self.acknowledge()
        self.answered_at = clock()
        self.notice.give()

    @property
    def deferred(self) -> bool:
        """Whether the user still reads that the bot is thinking."""
        return self.original is not None and bool(self.original["flags"] & MessageFlag.LOADING)

    @property
    def answered(self) -> bool:
        """Whether the user has something to look at."""
        shown = self.messages or self.withdrawn
        return bool(shown) or self.modal is not None or self.choices is not None
