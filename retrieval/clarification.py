"""A question of ours that waits for its answer: settled, or asked once more."""

from __future__ import annotations

import re

from knowledge.signals import Need
from retrieval.advisor import settle_choice
from retrieval.patterns import wishes
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion
from retrieval.refinement import judge_stock
from retrieval.supposition import find_answer

BARE_NUMBER = re.compile(
    r"(?:(?:about|around|roughly|maybe|some|circa|ca\.?|over|only|like|more than)\s+)?[~>]?\d[\d.,\s]*k?\W*",
    re.IGNORECASE,
)
COUNTED = "{number} examples"
"""What a bare number says in answer to how many examples there are."""


def settle_question(text: str, need: Need) -> tuple[Finding, ...] | None:
    """Return what an answer settles, which is nothing for Skip or "I do not know"; None for what is to be read."""
    if settled := settle_choice(need, text):
        return (settled,)
    if wishes("unanswered", text):
        return ()
    leaning = find_answer(need, text)
    return (Finding(need=need, leaning=leaning, words=text),) if leaning else None


def settle_number(text: str, need: Need) -> Finding | None:
    """Return what a number settles in answer to how many examples there are; None for another question or answer."""
    if need is not Need.DATA_REQUIREMENT:
        return None
    said = COUNTED.format(number=text) if is_number(text) else text
    stated = next((each for each in parse_quantities(said, ()) if isinstance(each, Examples)), None)
    return Finding(need=need, leaning=judge_stock(stated), words=text) if stated else None


def is_number(text: str) -> bool:
    """Tell whether a message is a number and nothing else."""
    return bool(BARE_NUMBER.fullmatch(text))


def asks_why(text: str) -> bool:
    """Tell whether a message asks why the question is asked, which its opening says."""
    return wishes("asked_why", text)


def repeat_question(need: Need, profile: Profile) -> ClarifyingQuestion:
    """Return the question about a need as it was asked."""
    asked = load_questions()[need]
    return ClarifyingQuestion(need=need, question=asked.question, choices=tuple(asked.choices), profile=profile)
