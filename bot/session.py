"""One turn of a conversation, the same for every face: a message in, a reply out, whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import structlog

from bot.gaps.gap import Gap, find_gap
from bot.replies import phrase_turn
from bot.reply import Reply
from bot.what_if import phrase_hypothesis
from bot.words import load_words
from knowledge.signals import Signal
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command

log = structlog.get_logger(__name__)


class Said(NamedTuple):
    """A reply, the conversation as it then stands, and the gap in the lesson that the message fell into."""

    reply: Reply
    conversation: Conversation
    gap: Gap | None = None


def respond(assistant: Assistant, conversation: Conversation, text: str, command: Command | None = None) -> Said:
    """Return the reply to a message, and how long it took; an apology where something unforeseen went wrong."""

    def say() -> Said:
        turn = assistant.reply(conversation, text, command)
        return Said(phrase_turn(turn, assistant), turn.conversation, find_gap(turn.outcome))

    return _attempt(say, conversation, characters=len(text))


def suppose(assistant: Assistant, conversation: Conversation, supposed: Signal) -> Reply:
    """Return the reply to a supposition, which is no turn of the conversation; an apology as for a message."""

    def say() -> Said:
        return Said(phrase_hypothesis(assistant.suppose(conversation, supposed)), conversation)

    return _attempt(say, conversation, supposed=str(supposed)).reply


def _attempt(say: Callable[[], Said], conversation: Conversation, **about: object) -> Said:
    start = time.perf_counter()
    try:
        said = say()
    except Exception:
        log.exception("a reply failed", **about)
        said = Said(Reply(kind="rejected", text=load_words()["failed"]), conversation)
    elapsed = round((time.perf_counter() - start) * 1_000, 1)
    return said._replace(reply=said.reply.model_copy(update={"ms": elapsed}))
