"""Faces that wait for each reply are answered in one event loop."""

from __future__ import annotations

import asyncio

from bot.reply import Reply
from bot.talk import Talk
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.bot.chat_model.speaking import GOOD, QUESTION, open_speaker, set_up
from tests.fake_chat_model import FakeChatModel


def test_without_a_chat_model_the_assistant_speaks(talk: Talk) -> None:
    said = talk.respond(Conversation(), QUESTION)

    assert (said.reply.kind, said.reply.written, said.reply.alone) == ("answer", None, None)
    assert talk.assistant is talk.speaker.assistant


def test_a_command_settles_what_a_message_is(talk: Talk) -> None:
    assert talk.respond(Conversation(), "Help me with my project.", "advise").reply.kind == "clarifying_question"


def test_one_reply_after_the_other_comes_from_a_chat_model(assistant: Assistant) -> None:
    """Its connections outlive a reply, and a second event loop would find them closed."""
    shown: list[str] = []

    async def show(reply: Reply) -> None:
        shown.append(reply.text)

    with FakeChatModel(GOOD, GOOD) as fake, asyncio.Runner() as runner:
        talk = Talk(open_speaker(assistant, set_up(fake)), runner)
        first = talk.respond(Conversation(), QUESTION, show=show)
        second = talk.respond(Conversation(), QUESTION)

    assert first.reply.written is not None
    assert first.reply.written == second.reply.written
    assert len(shown) == 1
