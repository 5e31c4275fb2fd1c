"""What OpenAI's chat API says, as JSON: a completion, the chunks of a stream, an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import Any, assert_never

from .journal import ChatRequest, Json

CALL = "call_fake"
ERRORS: dict[int, tuple[str, str | None, str]] = {
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    404: ("invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
    429: ("requests", "rate_limit_exceeded", "Rate limit reached. Please try again later."),
    500: ("server_error", None, "The server had an error while processing your request. Sorry about that!"),
    503: ("server_error", None, "The engine is currently overloaded, please try again later."),
}


class Part(Enum):
    """Where in a message something is said."""

    CONTENT = auto()
    REFUSAL = auto()
    ARGUMENTS = auto()


@dataclass(frozen=True)
class Speech:
    """What the model says, piece by piece."""

    pieces: Sequence[str]
    part: Part = Part.CONTENT

    @property
    def text(self) -> str:
        """All that is said."""
        return "".join(self.pieces)


def complete(asked: ChatRequest, speech: Speech) -> Json:
    """Return the one body that answers a request without a stream."""
    choice = {"index": 0, "message": _message(asked, speech), "logprobs": None, "finish_reason": _reason(asked, speech)}
    return _envelope(asked, "chat.completion") | {"choices": [choice], "usage": _usage(asked, speech)}


def begin(asked: ChatRequest, speech: Speech) -> Iterator[Json]:
    """Yield the chunks of a stream up to the last thing said."""
    yield _chunk(asked, _opening(asked, speech))
    for piece in speech.pieces:
        yield _chunk(asked, _delta(speech.part, piece))


def end(asked: ChatRequest, speech: Speech) -> Iterator[Json]:
    """Yield the chunks that say why the stream ends, and where asked for, what it used."""
    yield _chunk(asked, {}, _reason(asked, speech))
    if asked.include_usage:
        yield _envelope(asked, "chat.completion.chunk") | {"choices": [], "usage": _usage(asked, speech)}


def describe_error(code: int, message: str) -> Json:
    """Return the body of an error; an empty message stands for OpenAI's own."""
    kind, name, words = ERRORS.get(code, ("invalid_request_error", None, HTTPStatus(code).phrase))
    return {"error": {"message": message or words, "type": kind, "param": None, "code": name}}


def _envelope(asked: ChatRequest, kind: str) -> Json:
    names = {"id": "chatcmpl-fake", "object": kind, "created": 1_767_225_600, "model": asked.body["model"]}
    return names | {"service_tier": "default", "system_fingerprint": "fp_fake"}


def _chunk(asked: ChatRequest, delta: Json, reason: str | None = None) -> Json:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
    usage = {"usage": None} if asked.include_usage else {}
    return _envelope(asked, "chat.completion.chunk") | {"choices": [choice]} | usage


def _message(asked: ChatRequest, speech: Speech) -> Json:
    said: Json = {"role": "assistant", "content": None, "refusal": None}
    match speech.part:
        case Part.CONTENT:
            return said | {"content": speech.text}
        case Part.REFUSAL:
            return said | {"refusal": speech.text}
        case Part.ARGUMENTS:
            return said | {"tool_calls": [_call(asked, speech.text)]}
        case _:
            assert_never(speech.part)


def _opening(asked: ChatRequest, speech: Speech) -> Json:
    said: Json = {"role": "assistant", "content": None, "refusal": None}
    match speech.part:
        case Part.CONTENT:
            return said | {"content": ""}
        case Part.REFUSAL:
            return said
        case Part.ARGUMENTS:
            return said | {"tool_calls": [{"index": 0, **_call(asked, "")}]}
        case _:
            assert_never(speech.part)


def _delta(part: Part, piece: str) -> Json:
    match part:
        case Part.CONTENT:
            return {"content": piece}
        case Part.REFUSAL:
            return {"refusal": piece}
        case Part.ARGUMENTS:
            return {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
        case _:
            assert_never(part)


def _call(asked: ChatRequest, arguments: str) -> Json:
    return {"id": CALL, "type": "function", "function": {"name": asked.function, "arguments": arguments}}


def _reason(asked: ChatRequest, speech: Speech) -> str:
    # A call of the very function that was demanded ends with "stop" at OpenAI.
    demanded = isinstance(asked.body.get("tool_choice"), dict)
    return "tool_calls" if speech.part is Part.ARGUMENTS and not demanded else "stop"


def _usage(asked: ChatRequest, speech: Speech) -> dict[str, Any]:
    # A word counts as a token.
    read = sum(len(text.split()) for _, text in asked.messages)
    written = len(speech.text.split())
    counts = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    details = {"prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}
    return {**counts, **details}
