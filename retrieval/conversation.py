"""What carries over from turn to turn."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge.reader import NEW, Context
from knowledge.signals import Need
from retrieval.profile import Profile
from retrieval.question import Focus
from retrieval.recommendation import Verdict


class Conversation(BaseModel):
    """What was said so far, as far as it matters for the next turn; a value, so that it can be kept anywhere."""

    model_config = ConfigDict(frozen=True)

    context: Context = NEW
    """What came last, as the reader is told."""
    focus: Focus | None = None
    """What the last answer was about."""
    profile: Profile = Profile()
    verdict: Verdict | None = None
    """The last recommendation's."""
    asked: Need | None = None
    """The need of a clarifying question that waits for its answer."""
    may_ask: bool = True
    """Whether a clarifying question is still allowed; there is one round."""
