"""What a chat model has used: calls, tokens and time."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.utils import count_tokens_approximately
from pydantic import BaseModel, ConfigDict


class Usage(BaseModel):
    """Tokens of one call."""

    model_config = ConfigDict(frozen=True)

    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


class Meter:
    """Adds up what all calls have used since the start."""

    def __init__(self) -> None:
        self.calls = 0
        self.failed = 0
        self.tokens = Usage()
        self.seconds = 0.0

    def count(self, usage: Usage, seconds: float, *, failed: bool) -> None:
        """Count one call."""
        self.calls += 1
        self.failed += failed
        self.seconds += seconds
        self.tokens = Usage(
            input_tokens=self.tokens.input_tokens + usage.input_tokens,
            output_tokens=self.tokens.output_tokens + usage.output_tokens,
        )


def read_usage(answer: AIMessage, prompt: Sequence[BaseMessage]) -> Usage:
    """Return the tokens of a call as the provider tells them, or else as they can be guessed."""
    told = answer.usage_metadata
    if told:
        return Usage(input_tokens=told["input_tokens"], output_tokens=told["output_tokens"])
    return Usage(input_tokens=count_tokens_approximately(prompt), output_tokens=count_tokens_approximately([answer]))
