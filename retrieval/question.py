"""A question, standing alone: what a follow-up leaves out is taken from the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Method, find_methods
from knowledge.heads import describe_texts
from knowledge.store import Knowledge
from knowledge.topics import find_topics, load_topics

SURE_TOPIC = 0.8
"""Likelihood from which a follow-up counts as being about a topic it does not name."""
FEWEST_WORDS = 4
"""Words below which only a name counts."""

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


def complete_question(text: str, focus: Focus, knowledge: Knowledge) -> Question:
    """Return a follow-up as a question that stands alone: what it leaves out is what the last answer was about."""
    topic = _find_topic(text, knowledge) or focus.topic
    method = _find_meant(text, focus.method)
    named = load_topics()[topic].title if topic in load_topics() else topic
    return Question(f"{named}: {text}", topic=topic, method=method, shown=focus.shown)


def _find_topic(text: str, knowledge: Knowledge) -> str | None:
    """Return the topic a follow-up names, or is surely about; None where it goes on with the one before."""
    named = find_topics(text)
    if len(named) == 1:
        return next(iter(named))
    if len(text.split()) < FEWEST_WORDS:
        return None
    topics = knowledge.heads.topic.judge(describe_texts([text], knowledge.embedder))[0]
    likeliest = max(topics, key=topics.__getitem__)
    return likeliest if topics[likeliest] >= SURE_TOPIC else None


def _find_meant(text: str, before: Method) -> Method:
    named = find_methods(text)
    if EACH.search(text) or len(named) > 1:
        return Method.BOTH
    if named:
        return next(iter(named))
    return OPPOSITE[before] if OTHER.search(text) else before
