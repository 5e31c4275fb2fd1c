"""Evidence → an answer in a chat model's words, shown as far as it is supported, and kept only where all of it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from knowledge.embedder import Embedder
from knowledge.lesson import Passage
from retrieval.answer import Answer, Citation
from retrieval.evidence import Evidence
from retrieval.generation.chat_model import ChatModel, ChatModelError, hear_out
from retrieval.generation.draft import Statement, number_statements, split_draft, take_whole
from retrieval.generation.grounding import Fault, find_faults
from retrieval.generation.prompts import ask_again, give_data, load_prompts
from retrieval.routing import is_manipulation

Show = Callable[[Answer], Awaitable[None]]
"""Shows an answer that is still being written."""

MOST_PASSAGES = 6
LONGEST_DRAFT = 3_000
"""Characters after which a chat model is not listened to any longer."""


@dataclass(frozen=True)
class Task:
    """An answer to write."""

    plain: Answer
    """The same without a chat model."""
    passages: tuple[Passage, ...]
    """What it may be written from, by their numbers from 1."""
    embedder: Embedder
    show: Show

    async def judge(self, statements: Sequence[Statement]) -> list[Fault]:
        """Return what is wrong with what was written."""
        return await asyncio.to_thread(find_faults, statements, self.passages, self.embedder)

    async def show_right(self, statements: Sequence[Statement]) -> None:
        """Show what was written so far, where nothing is wrong with it."""
        if not await self.judge(statements):
            await self.show(self.compose(statements))

    def compose(self, statements: Sequence[Statement]) -> Answer:
        """Return an answer of statements, its citations in the order in which they are cited."""
        written, cited = number_statements(statements)
        sources = [self.passages[number - 1] for number in cited]
        citations = tuple(Citation(passage=passage, quote=quote_plain(passage, self.plain)) for passage in sources)
        return self.plain.model_copy(update={"written": written, "citations": citations})


async def write_answer(plain: Answer, evidence: Evidence, model: ChatModel, embedder: Embedder, show: Show) -> Answer:
    """Return the answer in a chat model's words; ChatModelError where it gives none that the evidence supports.

    What has faults is written once more.
    """
    task = Task(plain, choose_passages(plain, evidence), embedder, show)
    prompt = give_data(load_prompts().answer, _describe_task(evidence, task.passages))
    draft, statements, faults = await _write_draft(prompt, model, task)
    if faults:
        _, statements, faults = await _write_draft(
            ask_again(prompt, draft, [fault.phrase() for fault in faults]), model, task
        )
    if faults:
        raise ChatModelError("unsupported", f"a chat model must say what is in evidence, not: {faults[0].phrase()}")
    return task.compose(statements)


def choose_passages(plain: Answer, evidence: Evidence) -> tuple[Passage, ...]:
    """Return what an answer may be written from: what it cites without a chat model, then what else is near.

    A passage that gives orders is shown to people at most, never to a chat model.
    """
    near = [*(citation.passage for citation in plain.citations), *(found.passage for found in evidence.found)]
    harmless = (passage for passage in near if not is_manipulation(passage.text))
    return tuple({passage.id: passage for passage in harmless}.values())[:MOST_PASSAGES]


def quote_plain(passage: Passage, plain: Answer) -> str:
    """Return the sentence of a passage that is quoted without a chat model, or else the first."""
    quoted = (citation.quote for citation in plain.citations if citation.passage.id == passage.id)
    return next(quoted, passage.text.split("\n")[0])


async def _write_draft(
    prompt: Sequence[BaseMessage], model: ChatModel, task: Task
) -> tuple[str, list[Statement], list[Fault]]:
    """Return what a chat model writes, as a text and as statements, and what is wrong with it.

    Meanwhile what is known to be right is shown, sentence by sentence.
    """
    draft, judged = "", 0
    async with aclosing(hear_out(model, prompt, LONGEST_DRAFT)) as drafts:
        async for draft in drafts:
            whole = take_whole(draft)
            if len(whole) > judged:
                judged = len(whole)
                await task.show_right(whole)
    statements = split_draft(draft)
    return draft, statements, await task.judge(statements)


def _describe_task(evidence: Evidence, passages: Sequence[Passage]) -> dict[str, object]:
    numbered = [
        {"number": number, "about": passage.heading, "text": passage.text} for number, passage in enumerate(passages, 1)
    ]
    return {"question": evidence.question.text, "passages": numbered}
