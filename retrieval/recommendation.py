"""What advising ends in: a recommendation, or one question."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.signals import Need, Signal
from retrieval.pilot import Pilot
from retrieval.profile import Finding, Profile


class Verdict(StrEnum):
    """What to do."""

    FINE_TUNING = "fine_tuning"
    PROMPT_ENGINEERING = "prompt_engineering"
    BOTH = "both"


class Confidence(StrEnum):
    """How much of the profile is known, and whether the verdict hangs on one finding; never a probability."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reason(BaseModel):
    """One finding that counted, joined to what the lesson says of it."""

    model_config = ConfigDict(frozen=True)

    finding: Finding
    weight: float
    """How much it counted, always above 0."""
    passage: str | None
    """Id of the passage; None where the lesson is silent."""


class Flip(BaseModel):
    """The smallest change to the profile that changes the verdict."""

    model_config = ConfigDict(frozen=True)

    changes: tuple[Signal, ...]
    verdict: Verdict


class News(BaseModel):
    """A finding that was not there at the recommendation before, or not in these words."""

    model_config = ConfigDict(frozen=True)

    finding: Finding
    turned: bool
    """Whether the need leaned another way before."""
    decisive: bool
    """Whether the verdict would be the one before, did the need lean as it did then."""


class Recommendation(BaseModel):
    """A verdict, why, and what would change it."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    confidence: Confidence
    retrieval_advised: bool
    profile: Profile
    reasons: tuple[Reason, ...]
    """What speaks for the verdict, strongest first."""
    objections: tuple[Reason, ...]
    """What speaks against it, strongest first."""
    flips: tuple[Flip, ...]
    assumptions: tuple[Need, ...]
    """What was not said and would matter."""
    next_need: Need | None
    """The need whose answer would most likely change the verdict; None where none would."""
    pilot: Pilot
    unready: bool
    """Whether examples are to be gathered before anything is fine-tuned that calls for it."""
    caution: str
    """Name of the one thing to be careful about."""
    precedents: tuple[str, ...] = ()
    """Ids of the passages on published cases like this one, the most similar first."""
    earlier: Verdict | None = None
    """The verdict of the recommendation before, where there was one."""
    news: tuple[News, ...] = ()
    """What has come to be known since then, in the order it was said."""
    refitted: bool = False
    """Whether the pilot is another than it was then."""
    summary: str | None = None
    """Why, as a chat model tells it; None where none did, or not rightly."""


class ClarifyingQuestion(BaseModel):
    """The one thing to ask where too little is known to decide."""

    model_config = ConfigDict(frozen=True)

    need: Need
    question: str
    choices: tuple[str, ...]
    """Answers to tap; `skip` is always one more."""
    profile: Profile
