"""What is asked of a chat model, and how it can fail."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Literal, Protocol, TypeVar

from langchain_core.messages import BaseMessage
from pydantic import BaseModel

Reason = Literal["unavailable", "slow", "refused", "unusable", "unsupported", "spent"]
"""Why the lesson answers alone: the model cannot be reached or took too long, the provider refuses us for good, its
words cannot be used, they are not in the evidence, or the budget is spent."""
Shape = TypeVar("Shape", bound=BaseModel)


class ChatModelError(Exception):
    """A chat model did not do what was asked."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


class ChatModel(Protocol):
    """A chat model at somebody's expense; every call ends in time, or raises ChatModelError."""

    def write_text(self, prompt: Sequence[BaseMessage]) -> AsyncGenerator[str, None]:
        """Yield the pieces of its answer as they come; the answer is whole where no error is raised."""

    async def fill_shape(self, prompt: Sequence[BaseMessage], shape: type[Shape]) -> Shape:
        """Return its answer as a value of this shape."""


async def hear_out(model: ChatModel, prompt: Sequence[BaseMessage], longest: int) -> AsyncGenerator[str, None]:
    """Yield the answer so far whenever there is more of it; ChatModelError where it has more characters than this."""
    answer = ""
    async with aclosing(model.write_text(prompt)) as pieces:
        async for piece in pieces:
            answer += piece
            if len(answer) > longest:
                raise ChatModelError("unusable", f"an answer must be at most {longest} characters long, not longer")
            yield answer
