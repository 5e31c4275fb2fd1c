"""A question, standing alone: what a follow-up leaves out is taken from the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import OPPOSITE, Method, find_methods
from knowledge.reader import NEW, Context, Judgement, describe_context
from knowledge.store import Knowledge
from knowledge.topics import find_topics, load_topics, match_titles

COMPARED = re.compile(
    r"\b(?:both|either|neither|each|which|compare[ds]?|versus|vs|than|or|differences?|them|two|without|w/o|not?)\b",
    re.IGNORECASE,
)
"""Words beside which a method that is named need not be the one asked about."""


OTHER = re.compile(
    r"\b(?:the|that) other(?: (?:one|method|side|way|approach|option))?\b(?!\s+\w)"
    r"|\bother (?:one|method|side|way|approach|option)\b|\bvice versa\b|\bthe (?:latter|reverse)\b",
    re.IGNORECASE,
)
BARE = re.compile(
    r"\b(?:fine?[\s_-]*tun\w*|re-?train\w*|tuned?|tuning|ft|prompt\w*|(?:prompt )?engineering|pe"
    r"|and|or|what|how|about|for|with|the|is|it|then|so|ok|okay|same|also|in|case|of|to|on|that|this|when|if)\b",
    re.IGNORECASE,
)
"""Names of the methods and small words, which ask for no other topic than the one before."""
WORD = re.compile(r"\w")
SURE = 0.6
"""Likelihood below which a method that is not named is the one before."""


class Focus(BaseModel):
    """What the last answer was about."""

    model_config = ConfigDict(frozen=True)

    topic: str
    method: Method
    said: str = ""
    """What it answered."""
    shown: frozenset[str] = frozenset()
    """Ids of the passages shown so far."""

    @property
    def context(self) -> Context:
        """What the reader is told of it."""
        return describe_context(self.topic, self.method, self.said)


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


def pose_question(text: str, knowledge: Knowledge, context: Context = NEW) -> Question:
    """Return a question that stands alone, read in the light of what came before all the same."""
    mended = knowledge.speller.mend_text(text)
    return Question(mended, knowledge.reader.judge_message(mended, context))


def complete_question(text: str, focus: Focus, knowledge: Knowledge) -> Question:
    """Return a follow-up as a question that stands alone: what it leaves out is what the last answer was about."""
    question = replace(pose_question(text, knowledge, focus.context), shown=focus.shown, follows=True)
    if settled := _settle_method(question, focus.method):
        method = {str(other): float(other is settled) for other in Method}
        question = replace(question, judgement=replace(question.judgement, method=method))
    titled = match_titles(question.text)
    if find_methods(question.text) and not WORD.search(BARE.sub(" ", question.text)):
        question = replace(question, judgement=replace(question.judgement, topic={focus.topic: 1.0}))
    elif len(titled) == 1:
        question = replace(question, judgement=replace(question.judgement, topic={next(iter(titled)): 1.0}))
    elif focus.topic not in load_topics() and not find_topics(text):
        # The reader knows our topics only; a lesson of somebody's own has others.
        question = replace(question, judgement=replace(question.judgement, topic={focus.topic: 1.0}))
    title = load_topics()[question.topic].title if question.topic in load_topics() else question.topic
    return replace(question, text=f"{title}: {question.text}")


def _settle_method(question: Question, before: Method) -> Method | None:
    """Return the method a follow-up surely means: the one it names, the other one, or where nothing tells the same."""
    named = find_methods(question.text)
    if COMPARED.search(question.text):
        return None
    if len(named) == 1:
        return next(iter(named))
    if not named and OTHER.search(question.text):
        return OPPOSITE[before]
    return before if not named and max(question.judgement.method.values()) < SURE else None
