"""A question, standing alone: what a follow-up leaves out is taken from the question before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import OPPOSITE, SINGLE, Method
from knowledge.context import NEW, Context, describe_context
from knowledge.reader import Judgement
from knowledge.store import Knowledge
from knowledge.topics import find_topics, load_topics
from retrieval.patterns import wishes

SURE = 0.75
"""Likelihood from which how an answer begins is taken as read."""


class Focus(BaseModel):
    """What the last answer or advice was about."""

    model_config = ConfigDict(frozen=True)

    topic: str
    method: Method
    said: str = ""
    """What it answered."""
    opening: str = "plain"
    """How an honest answer to that begins."""
    earlier: tuple[str, ...] = ()
    """What the answers before it were about."""
    project: bool = False
    """Whether it was given in the light of somebody's own project."""
    advice: bool = False
    """Whether it was no answer but a recommendation for that, or a question about it."""
    shown: frozenset[str] = frozenset()
    """Ids of the passages shown so far."""
    cited: tuple[str, ...] = ()
    """Ids of the passages that the last answer shows, what counts most first."""

    @property
    def context(self) -> Context:
        """What the reader is told of it."""
        return describe_context(self.topic, self.method, self.said, self.opening, self.earlier, project=self.project)


@dataclass(frozen=True)
class Question:
    """What is asked, and what it is read as."""

    text: str
    """Says all that is asked, whatever was said before."""
    judgement: Judgement
    shown: frozenset[str] = frozenset()
    """Ids of the passages shown so far."""
    follows: bool = False
    """Whether it goes on from an answer, which settles more than its few words do."""

    @property
    def topic(self) -> str:
        return max(self.judgement.topic, key=self.judgement.topic.__getitem__)

    @property
    def method(self) -> Method:
        return Method(max(self.judgement.method, key=self.judgement.method.__getitem__))

    @property
    def opening(self) -> str:
        """How an honest answer begins."""
        return max(self.judgement.opening, key=self.judgement.opening.__getitem__)


def pose_question(text: str, knowledge: Knowledge, context: Context = NEW) -> Question:
    """Return a question that stands alone, read in the light of what came before all the same."""
    mended = knowledge.speller.mend_text(text)
    return Question(mended, settle_choice(knowledge.reader.judge_message(mended, context)))


def settle_choice(judgement: Judgement) -> Judgement:
    """Return the judgement of a question that is not about the one method alone where its answer names the other."""
    named = max(SINGLE, key=judgement.opening.__getitem__)
    if judgement.opening[named] < SURE:
        return judgement
    other, method = OPPOSITE[named], dict(judgement.method)
    method[Method.BOTH] += method.pop(other)
    return replace(judgement, method={**method, other: 0.0})


def complete_question(text: str, focus: Focus, knowledge: Knowledge) -> Question:
    """Return a follow-up as a question that stands alone: what it leaves out is what the last answer was about."""
    question = replace(pose_question(text, knowledge, focus.context), shown=focus.shown, follows=True)
    if wishes("more", text):
        question = replace(question, judgement=_stay_with(focus, question.judgement))
    elif focus.topic not in load_topics() and not find_topics(text):
        # The reader knows our topics only; a lesson of somebody's own has others.
        question = replace(question, judgement=replace(question.judgement, topic={focus.topic: 1.0}))
    if wishes("reasons", text):
        question = replace(question, judgement=_begin_plainly(question.judgement))
    title = load_topics()[question.topic].title if question.topic in load_topics() else question.topic
    return replace(question, text=f"{title}: {question.text}")


def _begin_plainly(judgement: Judgement) -> Judgement:
    """Return the judgement with an answer that begins with neither yes nor no.

    After a denial, a yes to "really?" would sound like the opposite.
    """
    return replace(judgement, opening={opening: float(opening == "plain") for opening in judgement.opening})


def _stay_with(focus: Focus, judgement: Judgement) -> Judgement:
    """Return the judgement of a message that asks for more of what was answered, and for nothing else."""
    method = {str(each): float(each is focus.method) for each in Method}
    return replace(judgement, topic={focus.topic: 1.0}, method=method)
