"""Replies made by hand, whose scores are known."""

from __future__ import annotations

from bot.reply import CitationShape, FindingShape, Reply
from knowledge.comparison import Method
from knowledge.signals import Leaning, Need
from retrieval.recommendation import Confidence, Verdict

OUT_OF_SCOPE = Reply(kind="out_of_scope", text="That is outside what I cover.")
ASKING = Reply(kind="clarifying_question", text="How many examples do you have?", asks=Need.DATA_REQUIREMENT)


def make_answer(text: str, *cited: tuple[str, Method]) -> Reply:
    """Return an answer that cites passages of these topics and methods."""
    citations = tuple(
        CitationShape(passage=f"{topic}/{method}", topic=topic, method=method, heading=topic, quote="", source="")
        for topic, method in cited
    )
    return Reply(kind="answer", text=text, citations=citations)


def make_advice(verdict: Verdict, confidence: Confidence, *found: tuple[Need, Leaning]) -> Reply:
    """Return a recommendation on a project in which this was found."""
    profile = tuple(FindingShape(need=need, leaning=leaning, words="words") for need, leaning in found)
    return Reply(kind="recommendation", text=f"{verdict}.", verdict=verdict, confidence=confidence, profile=profile)
