"""Passages of a small lesson, and a chat model that says what it is told to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence

from langchain_core.messages import BaseMessage

from knowledge.comparison import Method
from knowledge.lesson import Passage
from knowledge.reader import Judgement
from retrieval.answer import Answer, Citation
from retrieval.evidence import Evidence, Found
from retrieval.generation.chat_model import ChatModelError, Shape
from retrieval.question import Question

Said = str | Mapping[str, object] | ChatModelError | None
"""A text, data, an error, or None: nothing, for ever."""
PIECE = 12
"""Letters that come at once."""


class ScriptedModel:
    """A ChatModel that says what is next in its script."""

    def __init__(self, *script: Said) -> None:
        self.script = deque(script)
        self.prompts: list[Sequence[BaseMessage]] = []
        self.closed = 0
        """How many texts were read to their end, or let go."""

    async def write_text(self, prompt: Sequence[BaseMessage]) -> AsyncGenerator[str, None]:
        text = str(await self._answer(prompt))
        try:
            for start in range(0, len(text), PIECE):
                yield text[start : start + PIECE]
        finally:
            self.closed += 1

    async def fill_shape(self, prompt: Sequence[BaseMessage], shape: type[Shape]) -> Shape:
        return shape.model_validate(await self._answer(prompt))

    async def _answer(self, prompt: Sequence[BaseMessage]) -> Said:
        self.prompts.append(prompt)
        said = self.script.popleft() if self.script else ChatModelError("unavailable", "there is no more to say")
        if isinstance(said, ChatModelError):
            raise said
        if said is None:
            await asyncio.Event().wait()
        return said


TUNED = Passage(
    id="data/fine-tuning",
    topic="data",
    method=Method.FINE_TUNING,
    kind="topic",
    heading="Fine-tuning needs data",
    text="Fine-tuning needs at least 500 labelled examples. It does not forgive careless labels, as Meta found.",
    source="data.md",
)
PROMPTED = Passage(
    id="data/prompt-engineering",
    topic="data",
    method=Method.PROMPT_ENGINEERING,
    kind="topic",
    heading="Prompt engineering needs little data",
    text="Prompt engineering works with a handful of examples. A prompt can be changed within minutes.",
    source="data.md",
)
PASSAGES = (TUNED, PROMPTED)
JUDGEMENT = Judgement(
    kind={"question": 1.0},
    topic={"data": 1.0},
    method={"fine_tuning": 1.0},
    opening={"plain": 1.0},
)
EVIDENCE = Evidence(Question("Which needs more data?", JUDGEMENT), tuple(Found(passage, 1.0) for passage in PASSAGES))
PLAIN = Answer(citations=(Citation(passage=TUNED, quote="Fine-tuning needs at least 500 labelled examples."),))
