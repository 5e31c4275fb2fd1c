"""A speaker for faces that wait for each reply: the terminal, single commands, batches and evaluation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.session import Said, ShowReply
from bot.speaker import NOBODY, Speaker, show_nothing
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command
from retrieval.turn import Received


@dataclass(frozen=True)
class Talk:
    """Replies one after the other, all in one event loop: the connections to a chat model belong to it."""

    speaker: Speaker
    runner: asyncio.Runner

    @property
    def assistant(self) -> Assistant:
        return self.speaker.assistant

    def respond(
        self, conversation: Conversation, text: str, command: Command | None = None, show: ShowReply = show_nothing
    ) -> Said:
        """Return the reply to a message, shown as it grows where a chat model writes it."""
        return self.runner.run(self.speaker.respond(Received(text, conversation, command), NOBODY, show))
