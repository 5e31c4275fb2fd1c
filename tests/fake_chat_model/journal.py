"""What happened so far: each request, each that was given up, and a way to wait for more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class ChatRequest:
    """One request for a completion; the names of its headers may be written in either case."""

    headers: Mapping[str, str]
    body: Json

    @property
    def messages(self) -> list[tuple[str, str]]:
        """The role and the text of each message."""
        return [(message["role"], _read_text(message["content"])) for message in self.body["messages"]]

    @property
    def stream(self) -> bool:
        """Whether the answer is to come in chunks."""
        return bool(self.body.get("stream"))

    @property
    def include_usage(self) -> bool:
        """Whether the last chunk is to count the tokens."""
        return bool((self.body.get("stream_options") or {}).get("include_usage"))

    @property
    def response_format(self) -> Json | None:
        """The shape that the text is to have."""
        return self.body.get("response_format")

    @property
    def tools(self) -> list[Json]:
        """The functions that the model may call."""
        return self.body.get("tools") or []

    @property
    def function(self) -> str | None:
        """The name of the function that the model has to call: the chosen one, or else the first."""
        choice = self.body.get("tool_choice")
        if isinstance(choice, dict):
            return str(choice["function"]["name"])
        return str(self.tools[0]["function"]["name"]) if self.tools else None


def _read_text(content: str | list[Json] | None) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


@dataclass
class Journal:
    """Everything that was asked, in order; written by the thread of the fake, read by others."""

    requests: list[ChatRequest] = field(default_factory=list)
    abandoned: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, asked: ChatRequest) -> None:
        """Note a request."""
        with self._changed:
            self.requests.append(asked)
            self._changed.notify_all()

    def abandon(self) -> None:
        """Note that a client has gone away before its answer was complete."""
        with self._changed:
            self.abandoned += 1
            self._changed.notify_all()

    def until(self, condition: Callable[[], object], within: float) -> None:
        """Return once the condition holds; raise `TimeoutError` when that takes longer than these seconds."""
        with self._changed:
            if not self._changed.wait_for(condition, within):
                raise TimeoutError(f"waited in vain: {len(self.requests)} requests, {self.abandoned} abandoned")
