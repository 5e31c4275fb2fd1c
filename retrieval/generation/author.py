"""A turn with a chat model: what the assistant decided stays, and is put into words or read once more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import NamedTuple, assert_never

from retrieval.answer import Answer, ComparisonShown, OutOfScope, Smalltalk
from retrieval.assistant import Assistant
from retrieval.generation.chat_model import ChatModel, ChatModelError, Reason
from retrieval.generation.completion import complete_by_model, is_doubtful
from retrieval.generation.reading import confirm_findings, read_findings
from retrieval.generation.summary import summarize_reasons
from retrieval.generation.writing import Show, write_answer
from retrieval.hypothesis import NoProject, WhatIf
from retrieval.message import Rejected, read_message
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.turn import Outcome, Received, Turn


class Improved(NamedTuple):
    """A turn, and why a chat model has no more part in it, where one was asked and gave nothing that can be used."""

    turn: Turn
    alone: Reason | None = None


@dataclass(frozen=True)
class Author:
    """A chat model at the service of an assistant, for so many seconds a turn."""

    assistant: Assistant
    model: ChatModel
    deadline: float

    async def improve_turn(self, turn: Turn, message: Received, show: Show) -> Improved:
        """Return a turn as a chat model makes it better, as far as it does in time, with the reason where it fails."""
        read, best = read_message(message.text), turn
        if isinstance(read, Rejected):
            return Improved(turn)
        try:
            async with (
                asyncio.timeout(self.deadline),
                aclosing(self._improve(turn, replace(message, text=read.text), show)) as improved,
            ):
                async for better in improved:
                    best = better
        except TimeoutError:
            return Improved(best, "slow")
        except ChatModelError as error:
            return Improved(best, error.reason)
        return Improved(best)

    async def _improve(self, turn: Turn, message: Received, show: Show) -> AsyncGenerator[Turn, None]:
        """Yield the turn with each thing more that a chat model does for it."""
        match turn.outcome:
            case Answer():
                yield (complete := await self._complete(turn, message))
                yield await self._write(complete, show)
            case Recommendation() | ClarifyingQuestion():
                yield (read := await self._read_again(turn, message))
                yield await self._summarize(read)
            case ComparisonShown() | WhatIf() | NoProject() | Smalltalk() | OutOfScope() | Rejected():
                pass
            case _:
                assert_never(turn.outcome)

    async def _complete(self, turn: Turn, message: Received) -> Turn:
        """Return the turn that a follow-up leads to once it is complete, where that was in doubt."""
        focus, evidence = message.before.focus, turn.evidence
        if focus is None or evidence is None or not is_doubtful(evidence):
            return turn
        question = await complete_by_model(message.text, focus, self.model)
        if question is None:
            return turn
        again = await asyncio.to_thread(self.assistant.reply, message.before, question, "ask")
        return again if isinstance(again.outcome, Answer) else turn

    async def _write(self, turn: Turn, show: Show) -> Turn:
        if turn.evidence is None or not isinstance(turn.outcome, Answer):
            return turn
        answer = await write_answer(turn.outcome, turn.evidence, self.model, self.assistant.embedder, show)
        return turn._replace(outcome=answer)

    async def _summarize(self, turn: Turn) -> Turn:
        """Return a turn that also tells in plain words why; without them, a recommendation is whole all the same."""
        if not turn.described or not isinstance(turn.outcome, Recommendation):
            return turn
        with suppress(ChatModelError):
            summary = await summarize_reasons(turn.outcome, self.assistant, self.model)
            return turn._replace(outcome=turn.outcome.model_copy(update={"summary": summary}))
        return turn

    async def _read_again(self, turn: Turn, message: Received) -> Turn:
        """Return the turn that a description leads to with what else a chat model finds in it.

        It may give more reasons, or settle what we would have to ask; no verdict of our own reading is turned.
        """
        if not turn.described:
            return turn
        read = await read_findings(message.text, self.model)
        own = {finding.need for finding in turn.conversation.profile.findings}
        further = [finding for finding in read if finding.need not in own]
        also = await asyncio.to_thread(confirm_findings, further, message.text, self.assistant.reader)
        if not also:
            return turn
        again = await asyncio.to_thread(self.assistant.reply, message.before, message.text, message.command, also)
        return turn if _is_turned(turn.outcome, again.outcome) else again


def _is_turned(before: Outcome, after: Outcome) -> bool:
    """Tell whether what was recommended is not recommended any more."""
    if not isinstance(before, Recommendation):
        return False
    return not isinstance(after, Recommendation) or after.verdict != before.verdict
