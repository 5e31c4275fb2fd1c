"""A question of ours that waits for its answer: what settles it, and what asks back."""

from __future__ import annotations

import re

from knowledge.signals import Need
from retrieval.advisor import settle_choice
from retrieval.patterns import wishes
from retrieval.profile import Finding
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples
from retrieval.supposition import find_answer

SKIP = "skip"
"""The answer to a question of ours that leaves it open."""
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
    if wishes("unanswered", text) or wishes("unknown", text):
        return ()
    leaning = find_answer(need, text)
    return (Finding(need=need, leaning=leaning, words=text),) if leaning else None


def count_examples(text: str, need: Need | None) -> Examples | None:
    """Return the number that answers how many examples there are; None for another answer, or where another is open."""
    if need is not Need.DATA_REQUIREMENT:
        return None
    bare = is_number(text)
    stated = parse_quantities(COUNTED.format(number=text) if bare else text, ())
    counted = next((each for each in stated if isinstance(each, Examples)), None)
    whole = {"words": text, "start": 0, "end": len(text)}
    return counted.model_copy(update=whole) if counted and bare else counted


def is_number(text: str) -> bool:
    """Tell whether a message is a number and nothing else."""
    return bool(BARE_NUMBER.fullmatch(text))


def asks_why(text: str) -> bool:
    """Tell whether a message asks why the question is asked, which its opening says."""
    return wishes("asked_why", text)
