"""What carries over from turn to turn."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge.reader import ADVISED, NEW, Context
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
    raised: Need | None = None
    """The need that the last recommendation says would most likely change it."""
    may_ask: bool = True
    """Whether a clarifying question is still allowed; there is one round."""

    @property
    def open_need(self) -> Need | None:
        """The need of which what is said next may tell: what was asked, or raised right before."""
        return self.asked or (self.raised if self.context == ADVISED else None)

    @property
    def has_project(self) -> bool:
        """Whether a project was described: something was recommended for it, or a question about it waits."""
        return self.verdict is not None or self.asked is not None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the last answers were about, in words."""
        return self.focus.context.subjects if self.focus else ()
