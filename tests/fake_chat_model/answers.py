"""What the fake can be told to answer a request with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .journal import ChatRequest


@dataclass(frozen=True)
class Text:
    """A text, in so many chunks where the request asks for a stream; a text of fewer letters has fewer."""

    text: str
    pieces: int = 5


@dataclass(frozen=True)
class Structured:
    """Data, given as the request demands them: the arguments of a function to call, or else the text as JSON."""

    data: dict[str, Any]


@dataclass(frozen=True)
class Obey:
    """What a function makes of the request. It runs in the thread of the fake; its error becomes a bare 500."""

    function: Callable[[ChatRequest], Text | Structured]


@dataclass(frozen=True)
class Refusal:
    """No content, but the words with which the model refuses, in the field that OpenAI has for them."""

    text: str


@dataclass(frozen=True)
class Empty:
    """An answer in good order that says nothing."""


@dataclass(frozen=True)
class InvalidJson:
    """Status 200 and the type of a good answer, but what comes is not JSON."""


@dataclass(frozen=True)
class Status:
    """An error as OpenAI words it, or in these words, for so many requests; `retry_after` is in seconds."""

    code: int
    retry_after: float | None = None
    times: int = 1
    message: str = ""


@dataclass(frozen=True)
class Hang:
    """Not a byte, until the client goes away or the fake is closed."""


@dataclass(frozen=True)
class Trickle:
    """A text of one letter per chunk, and a pause of so many seconds between them.

    Without a stream there is nothing until the last letter is due. A long pause stalls a stream that has begun.
    """

    text: str
    pause: float


@dataclass(frozen=True)
class Cut:
    """The first half of a text, then the end of the connection; without a stream, the first half of the body.

    Where the cut is quiet, as one by a gateway may be, a stream lacks only its last chunks, and HTTP sees no fault.
    """

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Flood:
    """So many megabytes of text."""

    megabytes: int = 1


Spoken = Text | Structured | Refusal | Empty | Trickle | Flood
"""The answers that come to an end as they should."""

Answer = Spoken | Obey | InvalidJson | Status | Hang | Cut
