"""Question → Evidence: the passages that bear on it, most relevant first."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.comparison import Method
from knowledge.heads import Likelihoods, describe_texts
from knowledge.lesson import Passage
from knowledge.store import Knowledge
from knowledge.topics import load_topics
from retrieval.question import Question
from retrieval.terms import find_term

NEIGHBOURS = 48
"""Texts of the index that are looked at for one question."""
TOPIC_WEIGHT = 0.8
METHOD_WEIGHT = 0.2
"""How much a likely topic or method adds to a passage's similarity."""
COVERED = 0.5
"""Similarity from which a passage on a topic that is none of ours is what was asked for."""
SETTLED_WEIGHT = 1.0
"""How much a method adds that the conversation settled."""


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
    method: Method
    """The method most likely meant."""


def gather_evidence(question: Question, knowledge: Knowledge) -> Evidence:
    """Rank passages by how near they are and how likely their topic and method are meant; a term asked for is first."""
    vector = knowledge.embedder.embed([question.text])[0]
    hits = {hit.passage: hit.similarity for hit in knowledge.index.search(vector, NEIGHBOURS)}
    topics, methods = judge_question(question, knowledge)
    topic, method = max(topics, key=topics.__getitem__), Method(max(methods, key=methods.__getitem__))
    weight = SETTLED_WEIGHT if question.method else METHOD_WEIGHT
    candidates = [
        passage
        for passage in knowledge.lesson.passages
        if passage.id in hits or (passage.topic, passage.method) == (topic, method)
    ]
    ranked = sorted(
        (
            Found(
                passage,
                hits.get(passage.id, 0.0)
                + TOPIC_WEIGHT * _judge_topic(passage, hits.get(passage.id, 0.0), topics)
                + weight * methods.get(passage.method, 0.0),
            )
            for passage in candidates
        ),
        key=lambda found: -found.relevance,
    )
    term = find_term(question.text, knowledge.lesson)
    found = [Found(term, ranked[0].relevance), *ranked] if term else ranked
    return Evidence(question, tuple(found), method)


def is_covered(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a term is asked for, or the user's own lesson speaks of this under a topic that is none of ours."""
    if find_term(text, knowledge.lesson):
        return True
    hits = knowledge.index.search(knowledge.embedder.embed([text])[0], 1)
    topics = {passage.id: passage.topic for passage in knowledge.lesson.passages}
    return any(hit.similarity >= COVERED and topics[hit.passage] not in load_topics() for hit in hits)


def judge_question(question: Question, knowledge: Knowledge) -> tuple[Likelihoods, Likelihoods]:
    """Return how likely each topic and each method is meant; what the conversation settled is certain."""
    features = describe_texts([question.text], knowledge.embedder)
    topics = {question.topic: 1.0} if question.topic else knowledge.heads.topic.judge(features)[0]
    methods = {str(question.method): 1.0} if question.method else knowledge.heads.method.judge(features)[0]
    return topics, methods


def _judge_topic(passage: Passage, similarity: float, topics: Likelihoods) -> float:
    """Return how likely a passage's topic is meant; what is none of our topics is known by similarity alone."""
    if passage.topic in load_topics():
        return topics.get(passage.topic, 0.0)
    return float(similarity >= COVERED)
