"""What carries over from turn to turn."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge.context import NEW, Context
from knowledge.signals import Need
from retrieval.profile import Profile
from retrieval.question import Focus
from retrieval.recommendation import Verdict


class Conversation(BaseModel):
    """What was said so far, as far as it matters for the next turn; a value, so that it can be kept anywhere."""

    model_config = ConfigDict(frozen=True)

    focus: Focus | None = None
    """What the last answer or advice was about."""
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
    def context(self) -> Context:
        """What came last, as the reader is told."""
        return self.focus.context if self.focus else NEW

    @property
    def was_advised(self) -> bool:
        """Whether what came last was a recommendation, or a question of ours that it waits for."""
        return self.focus is not None and self.focus.advice

    @property
    def open_need(self) -> Need | None:
        """The need of which what is said next may tell: what was asked, or raised right before."""
        return self.asked or (self.raised if self.was_advised else None)

    @property
    def has_project(self) -> bool:
        """Whether a project was described: something was recommended for it, or a question about it waits."""
        return self.verdict is not None or self.asked is not None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the last answers were about, in words; a question of ours answers nothing."""
        return self.context.earlier if self.asked and self.was_advised else self.context.subjects
