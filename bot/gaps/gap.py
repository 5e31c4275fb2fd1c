"""A question that found nothing, as a value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from retrieval.answer import OutOfScope
from retrieval.message import Message, read_message
from retrieval.turn import Outcome


def tell_today() -> date:
    """Return the day it is in UTC."""
    return datetime.now(UTC).date()


class Gap(BaseModel):
    """What is kept of a question that found nothing: neither who asked it nor where."""

    model_config = ConfigDict(frozen=True)

    key: str = Field(default_factory=lambda: uuid4().hex)
    """Random, so that it leads to nobody."""
    asked_on: date = Field(default_factory=tell_today)
    """The day and no more: the minute would lead to the message."""
    reason: Literal["near", "unrelated"]
    topic: str | None = None
    """Of the nearest passage."""
    passages: tuple[str, ...] = ()
    """Ids of what was offered instead, nearest first."""
    text: str | None = None
    """Only where its author consented."""


def find_gap(outcome: Outcome) -> Gap | None:
    """Return the gap that a message fell into; attacks, small talk and other languages are none."""
    match outcome:
        case OutOfScope(reason="near" | "unrelated" as reason, near=near):
            topic = near[0].topic if near else None
            return Gap(reason=reason, topic=topic, passages=tuple(passage.id for passage in near))
        case _:
            return None


def clean_text(text: str) -> str | None:
    """Return a question as it may be kept and shown anywhere; None where nothing readable is left of it."""
    message = read_message(text)
    return message.text if isinstance(message, Message) else None
