"""A question, standing alone: what a follow-up leaves out is taken from the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Method, find_methods
from knowledge.heads import describe_texts
from knowledge.store import Knowledge

SURE_TOPIC = 0.5
"""Likelihood from which a follow-up names a topic of its own."""
LONGEST_FOLLOW_UP = 9
"""Words beyond which a message stands alone unless it points back."""

OPENING = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|then|also|same|why|how come|what about|how about|what if|really|is (?:it|that|this)|"
    r"does (?:it|that)|are they|more|which one|cheaper|for (?:the|both)|the other|tell me more|go on|example|"
    r"in what way|how so|because)\b",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"\b(?:that|it|this|those|they|them|the (?:other|former|latter|second|first)(?: one)?|either|neither)\b",
    re.IGNORECASE,
)
OTHER = re.compile(r"\b(?:other|latter|instead|opposite)\b", re.IGNORECASE)
EACH = re.compile(r"\b(?:both|either|neither|each|which one|compare|versus|vs)\b", re.IGNORECASE)

OPPOSITE = {
    Method.FINE_TUNING: Method.PROMPT_ENGINEERING,
    Method.PROMPT_ENGINEERING: Method.FINE_TUNING,
    Method.BOTH: Method.BOTH,
}


class Focus(BaseModel):
    """What the last answer was about."""

    model_config = ConfigDict(frozen=True)

    topic: str
    method: Method
    shown: frozenset[str] = frozenset()
    """Ids of the passages shown so far."""


@dataclass(frozen=True)
class Question:
    """What is asked; a topic or method that is set is certain, one that is not is read from the text."""

    text: str
    topic: str | None = None
    method: Method | None = None
    shown: frozenset[str] = frozenset()


def complete_question(text: str, focus: Focus | None, knowledge: Knowledge) -> Question:
    """Return the question as it stands alone, given what the conversation was about."""
    if focus is None:
        return Question(text)
    if not is_follow_up(text):
        return Question(text, shown=focus.shown)
    topics = knowledge.heads.topic.judge(describe_texts([text], knowledge.embedder))[0]
    likeliest = max(topics, key=topics.__getitem__)
    names_topic = topics[likeliest] >= SURE_TOPIC and not _is_bare(text)
    topic = likeliest if names_topic else focus.topic
    return Question(text, topic=topic, method=_find_meant(text, focus.method), shown=focus.shown)


def is_follow_up(text: str) -> bool:
    """Tell whether a message leaves something out that was said before."""
    short = len(text.split()) <= LONGEST_FOLLOW_UP
    return short and bool(
        OPENING.search(text) or (POINTING.search(text) and len(find_methods(text)) < len(OPPOSITE) - 1)
    )


def _is_bare(text: str) -> bool:
    """Tell whether nothing but pointing words and method names is left, so that no topic can be named."""
    return len(re.findall(r"\w+", POINTING.sub("", OPENING.sub("", text)))) <= 1


def _find_meant(text: str, before: Method) -> Method:
    named = find_methods(text)
    if EACH.search(text) or len(named) > 1:
        return Method.BOTH
    if named:
        return next(iter(named))
    return OPPOSITE[before] if OTHER.search(text) else before
