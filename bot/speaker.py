"""Who speaks: the assistant, and the chat model that puts its answers into words, where one is configured."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat_model.budget import Payer
from bot.chat_model.provider import Provider
from bot.metrics import Metrics
from bot.pool import compute
from bot.reply import Reply
from bot.session import Said, ShowReply, converse, respond
from retrieval.assistant import Assistant
from retrieval.generation.author import Author
from retrieval.turn import Received

NOBODY = Payer()
"""Whoever uses the terminal, which is whoever runs the bot: no budget holds."""


async def show_nothing(_: Reply) -> None:
    """Show no reply before it is finished."""


@dataclass(frozen=True)
class Speaker:
    """The assistant, with a chat model or without."""

    assistant: Assistant
    provider: Provider | None = None
    seconds: float = 25.0
    """Within which a turn ends, whatever the chat model does."""
    metrics: Metrics = field(default_factory=Metrics)

    async def respond(self, message: Received, payer: Payer = NOBODY, show: ShowReply = show_nothing) -> Said:
        """Return the reply to a message, at somebody's expense; shown as it grows, where a chat model writes it."""
        if self.provider is None:
            said = await compute(respond, self.assistant, message.before, message.text, message.command)
        else:
            author = Author(self.assistant, self.provider.bill(payer), self.seconds)
            said = await converse(author, message, show)
        self.metrics.count_reply(said.reply)
        return said
