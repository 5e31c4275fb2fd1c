"""An assistant whose chat model has been won over, and what comes of messages to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.chat_model.opening import open_provider
from bot.chat_model.provider import Provider
from bot.replies import add_notice, phrase_draft, phrase_turn
from bot.reply import Reply
from bot.settings import Settings
from bot.speaker import NOBODY, Speaker
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.generation.author import Author
from retrieval.turn import Received, Turn
from tests.bot.attacker import Attacker, Dressing, Injection
from tests.bot.invariants import KEY, Heard
from tests.fake_chat_model import FakeChatModel, Obey

PLENTY = "1000000000/day"
PATIENCE = 240.0
"""Seconds in which even a busy machine replies."""


@dataclass
class Drafts:
    """Everything that was shown before a reply was finished."""

    shown: list[Reply] = field(default_factory=list)

    async def show(self, reply: Reply) -> None:
        self.shown.append(reply)

    async def show_answer(self, answer: Answer) -> None:
        self.shown.append(phrase_draft(answer))


@dataclass(frozen=True)
class Besieged:
    """A bot under attack, with all that happens in one event loop."""

    assistant: Assistant
    provider: Provider
    attacker: Attacker
    fake: FakeChatModel
    runner: asyncio.Runner

    def hear(self, injection: Injection, dressing: Dressing, message: Received) -> tuple[Heard, Conversation]:
        """Return what comes of a message, and the conversation as it then stands."""
        speaker = Speaker(self.assistant, self.provider, PATIENCE)
        drafts, before = Drafts(), self._win_over(injection, dressing)
        with capture_logs() as logged:
            said = self.runner.run(speaker.respond(message, NOBODY, drafts.show))
        heard = Heard(said.reply, tuple(drafts.shown), tuple(self.fake.requests[before:]), str(logged))
        return heard, said.conversation

    def improve(self, injection: Injection, dressing: Dressing, turn: Turn, message: Received) -> Heard:
        """Return what the chat model makes of a turn, however it came to that."""
        author = Author(self.assistant, self.provider.bill(NOBODY), PATIENCE)
        drafts, before = Drafts(), self._win_over(injection, dressing)
        with capture_logs() as logged:
            improved = self.runner.run(author.improve_turn(turn, message, drafts.show_answer))
        reply = phrase_turn(improved.turn, self.assistant)
        reply = add_notice(reply, improved.alone) if improved.alone else reply
        return Heard(reply, tuple(drafts.shown), tuple(self.fake.requests[before:]), str(logged))

    def _win_over(self, injection: Injection, dressing: Dressing) -> int:
        """Let the chat model obey, and return how many requests it has had before."""
        self.attacker.injection, self.attacker.dressing = injection, dressing
        return len(self.fake.requests)


@contextmanager
def besiege(assistant: Assistant) -> Iterator[Besieged]:
    """Give an assistant a chat model that obeys everybody but us."""
    attacker = Attacker(Injection(place="question", aim="role", text=""))
    with FakeChatModel(default=Obey(attacker.answer)) as fake, asyncio.Runner() as runner:
        settings = Settings(
            chat_model="openai:test",
            chat_base_url=fake.url,
            chat_api_key=SecretStr(KEY),
            chat_call_seconds=PATIENCE,
            chat_user_budget=PLENTY,
        )
        provider = open_provider(settings)
        assert provider
        yield Besieged(assistant, provider, attacker, fake, runner)
