"""One turn of a conversation: what was received, and what that led to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from retrieval.answer import Answer, ComparisonShown, OutOfScope, Smalltalk
from retrieval.conversation import Conversation
from retrieval.evidence import Evidence
from retrieval.hypothesis import NoProject, WhatIf
from retrieval.message import Rejected
from retrieval.profile import Finding
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.routing import Command

Outcome: TypeAlias = (
    Answer
    | ComparisonShown
    | Recommendation
    | ClarifyingQuestion
    | WhatIf
    | NoProject
    | Smalltalk
    | OutOfScope
    | Rejected
)


class Turn(NamedTuple):
    """What a message led to."""

    outcome: Outcome
    conversation: Conversation
    evidence: Evidence | None = None
    """What an answer is made from."""
    described: bool = False
    """Whether the message was read as the description of a project, or of more of it."""


@dataclass(frozen=True)
class Received:
    """A message in its conversation."""

    text: str
    before: Conversation
    command: Command | None = None
    """Whether it is a question or a project, where that is not to be found out."""
    also: tuple[Finding, ...] = ()
    """What somebody else has found in it, should it describe a project."""
