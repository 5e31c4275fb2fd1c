"""Question → Evidence: the passages that bear on it, most relevant first."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.lesson import Passage
from knowledge.store import Knowledge
from knowledge.topics import load_topics
from retrieval.question import Question
from retrieval.terms import find_term

NEIGHBOURS = 48
"""Texts of the index that are looked at for one question."""
LEXICAL_WEIGHT = 0.4
TOPIC_WEIGHT = 0.5
METHOD_WEIGHT = 0.5
TERM_WEIGHT = 1.5
"""How much shared words, and a likely topic, method or term add to a passage's similarity."""
FOLLOWING = 6.0
"""How many times more topic and method count in a question that follows an answer."""
COVERED = 0.5
"""Similarity from which a passage on a topic that is none of ours is what was asked for."""


@dataclass(frozen=True)
class Found:
    """A passage and how much it bears on the question; comparable within one question only."""

    passage: Passage
    relevance: float


@dataclass(frozen=True)
class Evidence:
    """What bears on a question."""

    question: Question
    found: tuple[Found, ...]
    """Most relevant first."""


def gather_evidence(question: Question, knowledge: Knowledge) -> Evidence:
    """Rank passages by how near they are in meaning and in words, and how likely what they are about is meant.

    A term that is asked for by name is first.
    """
    near = search_passages(question.text, knowledge)
    shared = knowledge.lexicon.search(question.text)
    cell = question.topic, question.method
    candidates = [
        passage
        for passage in knowledge.lesson.passages
        if passage.id in near or passage.id in shared or (passage.topic, passage.method) == cell
    ]
    found = [
        Found(
            passage,
            near.get(passage.id, 0.0)
            + LEXICAL_WEIGHT * shared.get(passage.id, 0.0)
            + _judge_passage(passage, near.get(passage.id, 0.0), question),
        )
        for passage in candidates
    ]
    ranked = sorted(found, key=lambda entry: -entry.relevance)
    term = find_term(question.text, knowledge.lesson)
    return Evidence(question, (Found(term, ranked[0].relevance), *ranked) if term else tuple(ranked))


def search_passages(text: str, knowledge: Knowledge) -> dict[str, float]:
    """Return the passages nearest in meaning to a text, with their cosine similarity."""
    vector = knowledge.embedder.embed([text])[0]
    return {hit.passage: hit.similarity for hit in knowledge.index.search(vector, NEIGHBOURS)}


def is_covered(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a term is asked for, or the user's own lesson speaks of this under a topic that is none of ours."""
    if find_term(text, knowledge.lesson):
        return True
    topics = {passage.id: passage.topic for passage in knowledge.lesson.passages}
    near = search_passages(text, knowledge)
    nearest = max(near, key=near.__getitem__, default=None)
    return nearest is not None and near[nearest] >= COVERED and topics[nearest] not in load_topics()


def _judge_passage(passage: Passage, similarity: float, question: Question) -> float:
    """Return how likely a passage's subject is meant; what is none of our topics is known by similarity alone."""
    judgement = question.judgement
    topic = judgement.topic.get(passage.topic, 0.0)
    if passage.topic not in load_topics():
        topic = float(topic or similarity >= COVERED)
    elif passage.kind == "term":
        return TERM_WEIGHT * judgement.kind["term"]
    known = (1 - judgement.kind["term"]) * (FOLLOWING if question.follows else 1.0)
    return known * (TOPIC_WEIGHT * topic + METHOD_WEIGHT * judgement.method[passage.method])
