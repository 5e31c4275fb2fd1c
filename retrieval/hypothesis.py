"""What if: one need taken to lean otherwise, and the verdict then beside the verdict now."""

from __future__ import annotations

from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from knowledge.lesson import Lesson
from knowledge.signals import Need, Signal
from retrieval.advisor import recommend
from retrieval.conversation import Conversation
from retrieval.profile import Finding, Profile
from retrieval.questions import load_questions
from retrieval.recommendation import Recommendation
from retrieval.rules import find_gate


class WhatIf(BaseModel):
    """A supposition about a project, and what becomes of the recommendation."""

    model_config = ConfigDict(frozen=True)

    supposed: Signal
    before: Recommendation
    after: Recommendation
    """For the profile with that need leaning that way only; the same where it does so already."""
    grounds: tuple[Signal, ...]
    """The findings of the gate that settles the verdict after; empty where the weights decide it."""


class NoProject(BaseModel):
    """There is nothing to suppose anything about: no project has been described, or it has been forgotten."""

    model_config = ConfigDict(frozen=True)


Hypothesis: TypeAlias = WhatIf | NoProject


def try_hypothesis(conversation: Conversation, supposed: Signal, lesson: Lesson) -> Hypothesis:
    """Return what would be recommended for the project of a conversation, which itself stays as it is."""
    known = conversation.profile
    if conversation.verdict is None and not known.findings and not known.told:
        return NoProject()
    profile = suppose(known, supposed)
    gate = find_gate(profile.signals)
    return WhatIf(
        supposed=supposed,
        before=recommend(known, lesson),
        after=recommend(profile, lesson),
        grounds=gate.name_grounds(profile.signals) if gate else (),
    )


def suppose(profile: Profile, supposed: Signal) -> Profile:
    """Return the profile with a need leaning one way only; the very same where it does so already."""
    if _take_need(profile, supposed.need) == {supposed}:
        return profile
    need, leaning = supposed
    words = next(choice for choice, meant in load_questions()[need].choices.items() if meant is leaning)
    return profile.add_findings([Finding(need=need, leaning=leaning, words=words, supposed=True)])


def _take_need(profile: Profile, need: Need) -> set[Signal]:
    return {signal for signal in profile.signals if signal.need is need}
