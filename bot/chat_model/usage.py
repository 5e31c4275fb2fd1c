"""What a chat model has used: calls, tokens and time."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.utils import count_tokens_approximately
from prometheus_client import CollectorRegistry, Counter, Histogram
from pydantic import BaseModel, ConfigDict

CALLS, TOKENS = "tune_or_prompt_chat_model_seconds", "tune_or_prompt_chat_model_tokens"
OUTCOMES = ("answered", "failed")
SECONDS = (0.25, 0.5, 1, 2.5, 5, 10, 15, 30)
"""Upper ends of the buckets that times are counted in."""


class Usage(BaseModel):
    """Tokens of one call."""

    model_config = ConfigDict(frozen=True)

    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


class Meter:
    """Counts what all calls have used since the start, in a registry that Prometheus may read."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self._registry = registry or CollectorRegistry()
        self._calls = Histogram(
            CALLS, "Seconds that calls of the chat model took.", ["outcome"], buckets=SECONDS, registry=self._registry
        )
        self._tokens = Counter(TOKENS, "Tokens that the chat model has used.", ["direction"], registry=self._registry)

    @property
    def calls(self) -> int:
        return sum(int(self._read(f"{CALLS}_count", outcome=outcome)) for outcome in OUTCOMES)

    @property
    def failed(self) -> int:
        return int(self._read(f"{CALLS}_count", outcome="failed"))

    @property
    def seconds(self) -> float:
        return sum(self._read(f"{CALLS}_sum", outcome=outcome) for outcome in OUTCOMES)

    @property
    def tokens(self) -> Usage:
        used = [int(self._read(f"{TOKENS}_total", direction=direction)) for direction in ("input", "output")]
        return Usage(input_tokens=used[0], output_tokens=used[1])

    def count(self, usage: Usage, seconds: float, *, failed: bool) -> None:
        """Count one call."""
        self._calls.labels(outcome="failed" if failed else "answered").observe(seconds)
        self._tokens.labels(direction="input").inc(usage.input_tokens)
        self._tokens.labels(direction="output").inc(usage.output_tokens)

    def _read(self, name: str, **labels: str) -> float:
        return self._registry.get_sample_value(name, labels) or 0.0


def read_usage(answer: AIMessage, prompt: Sequence[BaseMessage]) -> Usage:
    """Return the tokens of a call as the provider tells them, or else as they can be guessed."""
    told = answer.usage_metadata
    if told:
        return Usage(input_tokens=told["input_tokens"], output_tokens=told["output_tokens"])
    return Usage(input_tokens=count_tokens_approximately(prompt), output_tokens=count_tokens_approximately([answer]))
