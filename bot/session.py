"""One turn of a conversation, the same for every face: a message in, a reply out, whatever happens."""

from __future__ import annotations

import time
from typing import NamedTuple

import structlog

from bot.replies import load_words, phrase_turn
from bot.reply import Reply
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command

log = structlog.get_logger(__name__)


class Said(NamedTuple):
    """A reply, and the conversation as it then stands."""

    reply: Reply
    conversation: Conversation


def respond(assistant: Assistant, conversation: Conversation, text: str, command: Command | None = None) -> Said:
    """Return the reply to a message, and how long it took; an apology where something unforeseen went wrong."""
    start = time.perf_counter()
    try:
        turn = assistant.reply(conversation, text, command)
        reply, after = phrase_turn(turn, assistant), turn.conversation
    except Exception:
        log.exception("a reply failed", characters=len(text))
        reply, after = Reply(kind="rejected", text=load_words()["failed"]), conversation
    elapsed = round((time.perf_counter() - start) * 1_000, 1)
    return Said(reply.model_copy(update={"ms": elapsed}), after)
