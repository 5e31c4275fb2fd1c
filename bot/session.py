"""One turn of a conversation, the same for every face: a message in, a reply out, whatever happens.

With a chat model and without one.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

import structlog

from bot.gaps.gap import Gap, find_gap
from bot.pool import compute
from bot.replies import add_notice, phrase_draft, phrase_turn
from bot.reply import Reply
from bot.what_if import phrase_hypothesis
from bot.words import load_words
from knowledge.signals import Signal
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.generation.author import Author
from retrieval.routing import Command
from retrieval.turn import Received

log = structlog.get_logger(__name__)


ShowReply: TypeAlias = Callable[[Reply], Awaitable[None]]
"""Shows a reply that is not finished."""


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


async def converse(author: Author, message: Received, show: ShowReply) -> Said:
    """Return the reply to a message, put into words by a chat model where it can; shown as far as it is known to hold.

    An apology where something unforeseen went wrong.
    """
    start = time.perf_counter()
    try:
        said = await _converse(author, message, show)
    except Exception:
        log.exception("a reply failed", characters=len(message.text))
        said = _apologize(message.before)
    return _time(said, start)


async def _converse(author: Author, message: Received, show: ShowReply) -> Said:
    async def show_answer(answer: Answer) -> None:
        await show(phrase_draft(answer))

    turn = await compute(author.assistant.reply, message.before, message.text, message.command)
    turn, alone = await author.improve_turn(turn, message, show_answer)
    reply = await compute(phrase_turn, turn, author.assistant)
    return Said(add_notice(reply, alone) if alone else reply, turn.conversation, find_gap(turn.outcome))


def _attempt(say: Callable[[], Said], conversation: Conversation, **about: object) -> Said:
    start = time.perf_counter()
    try:
        said = say()
    except Exception:
        log.exception("a reply failed", **about)
        said = _apologize(conversation)
    return _time(said, start)


def _apologize(conversation: Conversation) -> Said:
    return Said(Reply(kind="rejected", text=load_words()["failed"]), conversation)


def _time(said: Said, start: float) -> Said:
    elapsed = round((time.perf_counter() - start) * 1_000, 1)
    return said._replace(reply=said.reply.model_copy(update={"ms": elapsed}))
