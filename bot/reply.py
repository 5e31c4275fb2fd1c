"""What a person gets to read, as a value: the same for Discord, the terminal and other programs."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictInt

from knowledge.comparison import Method
from knowledge.signals import Leaning, Need
from retrieval.answer import Opening
from retrieval.generation.chat_model import Reason
from retrieval.recommendation import Confidence, Verdict

ReplyKind = Literal[
    "answer",
    "comparison",
    "recommendation",
    "what_if",
    "clarifying_question",
    "listing",
    "smalltalk",
    "out_of_scope",
    "rejected",
]


class Shape(BaseModel):
    """A frozen part of a reply; all of its fields are always there."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class CitationShape(Shape):
    """Where a statement stands."""

    passage: str
    topic: str
    method: Method
    heading: str
    quote: str
    """A sentence of the passage, word for word."""
    source: str


class FeatureShape(Shape):
    """A row of the table."""

    feature: str
    fine_tuning: str
    prompt_engineering: str


class FindingShape(Shape):
    """What was understood of the project."""

    need: Need
    leaning: Leaning
    words: str
    """Of the user, word for word."""


class SignalShape(Shape):
    """A need and which way it might lean."""

    need: Need
    leaning: Leaning


class ReasonShape(Shape):
    """Why the verdict is what it is."""

    need: Need
    words: str
    passage: str | None
    """Of a citation; null where the lesson is silent."""


class PullShape(Shape):
    """What a finding counted, and for which side; retrieval counts on the side of prompt engineering."""

    need: Need
    leaning: Leaning
    weight: float
    """Always above 0."""


class Reply(Shape):
    """What the assistant says to one message; what does not apply is null or empty."""

    kind: ReplyKind
    text: str
    """Everything a person would read, plain."""
    pages: tuple[str, ...] = ()
    """The same in parts of at most 2,500 characters to be read one at a time; empty where it is not made for that."""
    card: tuple[str, ...] = ()
    """The same in short, in parts, the most important first; empty where nothing can be left out."""
    citations: tuple[CitationShape, ...] = ()
    """Most relevant first."""
    opening: Opening | None = None
    """How an answer begins; `false` where the question takes something wrong for granted."""
    features: tuple[FeatureShape, ...] = ()
    profile: tuple[FindingShape, ...] = ()
    """Every finding of the conversation so far."""
    verdict: Verdict | None = None
    confidence: Confidence | None = None
    retrieval_advised: bool | None = None
    reasons: tuple[ReasonShape, ...] = ()
    pulls: tuple[PullShape, ...] = ()
    """Everything that was weighed, for the verdict and against it, strongest first."""
    flips: tuple[str, ...] = ()
    what_ifs: tuple[SignalShape, ...] = ()
    """What each of these flips supposes, where it is one thing."""
    assumptions: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    next_question: str | None = None
    asks: Need | None = None
    choices: tuple[str, ...] = ()
    """Answers to choose from, where free text and `skip` are answers, too; or what can be opened of a list."""
    written: str | None = None
    """What a chat model wrote of an answer, citing `citations` by their numbers from 1; null where none did."""
    summary: str | None = None
    """What a chat model wrote of why a recommendation is what it is; null where none did."""
    alone: Reason | None = None
    """Why a chat model has no part in it, where one is configured and was asked."""
    ms: float = 0.0
    """Milliseconds spent on this reply."""


class Case(BaseModel):
    """One conversation to hold, as it comes into `batch`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | StrictInt | None = None
    turns: tuple[str, ...]
    command: Literal["ask", "advise"] | None = None
    """What the first turn is, where it is not to be routed."""


class Replies(Shape):
    """The replies to a case, one for each turn."""

    id: str | StrictInt | None
    replies: tuple[Reply, ...]


class Failure(Shape):
    """What is said to a line that is not a case."""

    id: str | StrictInt | None
    error: str
