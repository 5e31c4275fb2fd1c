"""Evidence → Answer, made of the passages as they stand."""

from __future__ import annotations

import re
from itertools import islice

from knowledge.comparison import Method, find_methods
from knowledge.lesson import Passage
from knowledge.store import Knowledge
from retrieval.answer import Answer, Citation, Opening
from retrieval.claims import confirm_claim
from retrieval.evidence import Evidence
from retrieval.question import SURE

LONGEST_ANSWER = 3
"""Passages of one answer."""
RELATED = 0.35
"""Relevance to the best passage's, less this much, from which another passage is worth showing."""
DECISIONS: tuple[Opening, ...] = ("yes", "no", "depends")
READ: tuple[Opening, ...] = ("fine_tuning", "prompt_engineering", "false", *DECISIONS)
"""What the reader may say by itself, where it is sure."""
TWISTED = re.compile(
    r"\b(?:never|nothing|neither|wrong|pointless|useless|myth|mistaken?|fallacy|waste|overkill|unfair|untrue|false)\b",
    re.IGNORECASE,
)
"""Words on which a yes or no turns, and which the reader takes too lightly."""
DECIDED = re.compile(r"(?:yes|no|not|it depends|neither|both|often|rarely|usually|sometimes)\b", re.IGNORECASE)
"""How a text begins that says so itself."""
OUTCOME = re.compile(r"(?:result|lesson)\b[^.:]*:", re.IGNORECASE)
"""How a sentence begins that says what came out of a case."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])|\n+")


def compose_answer(evidence: Evidence, knowledge: Knowledge) -> Answer:
    """Return the best passage, what the lesson itself says where that was not it, and one thing to add."""
    best = evidence.found[0].passage
    passages = [best, *_find_lesson(best, evidence, knowledge), *_find_addition(evidence, best)]
    if len(passages) == 1 and best.id in evidence.question.shown:
        passages += _find_news(best, evidence, knowledge)
    sentences = [_quote_sentence(passage, evidence, knowledge) for passage in passages[:LONGEST_ANSWER]]
    return Answer(opening=_choose_opening(evidence, best), citations=tuple(sentences))


def cite_opening(passage: Passage) -> Citation:
    """Return a passage quoted by the sentence that answers: the first one that does more than announce a list.

    Of a case it is the one on what came out.
    """
    sentences = split_sentences(passage.text)
    told = [sentence for sentence in sentences if passage.kind == "case" and OUTCOME.match(sentence)]
    answering = [sentence for sentence in sentences if not sentence.endswith(":")]
    return Citation(passage=passage, quote=(told or answering or sentences)[0])


def _choose_opening(evidence: Evidence, best: Passage) -> Opening:
    """Return how an honest answer begins; plainly where that is not sure, or where the passage says it itself."""
    question = evidence.question
    if best.kind == "term" or DECIDED.match(best.text):
        return "plain"
    claimed = confirm_claim(question.text, question.method)
    openings = question.judgement.opening
    likeliest = max(READ, key=openings.__getitem__)
    doubtful = likeliest in DECISIONS and TWISTED.search(question.text)
    if claimed == "plain" and openings[likeliest] >= SURE and not doubtful:
        return likeliest
    return claimed


def _find_lesson(best: Passage, evidence: Evidence, knowledge: Knowledge) -> list[Passage]:
    """Return what the lesson itself says of the topic, beside the best passage.

    That is the other method, where both are asked for and the lesson speaks of them one by one; and where the best
    passage goes beyond the lesson, what the lesson says. A term is explained by itself.
    """
    lesson = knowledge.lesson
    if best.kind == "term" and not find_methods(best.heading):
        return []
    if best.addition:
        said = lesson.find_passage(best.topic, best.method)
        return [said] if said else []
    if evidence.question.method is not Method.BOTH or lesson.find_passage(best.topic, Method.BOTH):
        return []
    sides = (lesson.find_passage(best.topic, method) for method in (Method.FINE_TUNING, Method.PROMPT_ENGINEERING))
    return [side for side in sides if side and side.id != best.id]


def _find_addition(evidence: Evidence, best: Passage) -> list[Passage]:
    """Return the most relevant addition on the same topic that was not shown yet."""
    floor = evidence.found[0].relevance - RELATED
    fitting = (
        found.passage
        for found in evidence.found[1:]
        if found.relevance >= floor
        and found.passage.addition
        and found.passage.topic == best.topic
        and found.passage.method in (best.method, Method.BOTH)
        and found.passage.id not in evidence.question.shown
    )
    return [] if best.addition else list(islice(fitting, 1))


def _find_news(best: Passage, evidence: Evidence, knowledge: Knowledge) -> list[Passage]:
    """Return what of the same topic was not shown yet: what the lesson says of both methods, or else an addition."""
    shown = {*evidence.question.shown, best.id}
    lesson = (knowledge.lesson.find_passage(best.topic, method) for method in (Method.BOTH, *Method))
    additions = (found.passage for found in evidence.found if found.passage.addition)
    related = (passage for passage in (*lesson, *additions) if passage and passage.topic == best.topic)
    return list(islice((passage for passage in related if passage.id not in shown), 1))


def _quote_sentence(passage: Passage, evidence: Evidence, knowledge: Knowledge) -> Citation:
    sentences = split_sentences(passage.text)
    vectors = knowledge.embedder.embed([evidence.question.text, *sentences])
    nearest = int((vectors[1:] @ vectors[0]).argmax())
    return Citation(passage=passage, quote=sentences[nearest])


def split_sentences(text: str) -> list[str]:
    """Return the sentences and list items of a text, word for word, without the items' dashes."""
    return [part.removeprefix("- ").strip() for part in SENTENCE.split(text) if part.strip()]
