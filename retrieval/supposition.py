"""A few everyday words → what is supposed: which need, and which way it leans then."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from knowledge.comparison import ALIKE
from knowledge.signals import Leaning, Need, Signal
from knowledge.store import Knowledge
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples
from retrieval.questions import load_questions
from retrieval.refinement import judge_stock
from retrieval.scenario import read_scenario
from retrieval.withdrawal import drop_withdrawn

LONGEST_NAME = 6
"""Words of a need's name."""
FILLERS = re.compile(r"\b(?:if|it|is|are|was|were|there|the)\b|[\W_]+")
CONDITION = re.compile(r".*?\b(?:if|suppose|supposing|imagine|say)\b", re.IGNORECASE)
"""What comes before that which is supposed."""
PRESENT = {
    "were": "are",
    "was": "is",
    "had": "have",
    "changed": "change",
    "kept": "keep",
    "needed": "need",
    "wanted": "want",
    "stayed": "stay",
    "moved": "move",
    "came": "come",
    "did": "do",
    "could": "can",
    "would": "will",
}
"""Verbs in which people suppose, and as they describe; the reader knows descriptions."""
PAST = re.compile(rf"\b({'|'.join(PRESENT)})(?=n't\b|\b)", re.IGNORECASE)
DENIAL = re.compile(
    r"\b(?:no|not|none|nobody|never|nothing|without|cannot|\w+n t"
    r"|(?:ai|are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)nt)\b"
)
OPPOSITE = re.compile(r"\b(?:un|in|im|non ?)(?=\w)")
"""What makes the opposite of the word it begins."""


def read_supposition(text: str) -> Signal | Need | None:
    """Return what is supposed by the name of a need and an answer after it, also misspelt.

    The need alone where the answer is none of its answers, or missing; None where no need is named.
    """
    words = _simplify(text).split()
    if whole := _list_names().get(" ".join(words)):
        return whole
    splits = [(" ".join(words[:count]), " ".join(words[count:])) for count in range(LONGEST_NAME, 0, -1)]
    named = [(*found, rest) for name, rest in splits if (found := _match_need(name))]
    named.sort(key=lambda entry: -entry[1])
    for need, _, rest in named:
        if leaning := find_answer(need, rest):
            return Signal(need, leaning)
    return named[0][0] if named else None


def find_supposed(text: str, knowledge: Knowledge) -> Signal | None:
    """Return what a sentence supposes about a project, the first thing where it is several; None for nothing known."""
    supposed = CONDITION.sub("", text)
    if isinstance(read := read_supposition(supposed), Signal):
        return read
    for stated in parse_quantities(text, ()):
        if isinstance(stated, Examples):
            return Signal(Need.DATA_REQUIREMENT, judge_stock(stated))
    described = (text, _describe(supposed))
    readings = (drop_withdrawn(read_scenario(said, knowledge), said) for said in described)
    return next((findings[0].signal for findings in readings if findings), None)


def _describe(supposed: str) -> str:
    """Return what is supposed as a description would say it."""
    present = PAST.sub(lambda found: PRESENT[found[0].lower()], supposed.strip(" \t\n,?!."))
    return f"{present[:1].upper()}{present[1:]}."


def find_answer(need: Need, text: str) -> Leaning | None:
    """Return which way an answer to the question about a need leans, also misspelt; None where it is none of them.

    What denies something is never taken for what does not, however alike the two are written.
    """
    said = _simplify(text)
    answers = {
        answer: leaning
        for answer, leaning in _list_answers(need).items()
        if bool(DENIAL.search(answer)) == bool(DENIAL.search(said)) and not _are_opposite(answer, said)
    }
    found = process.extractOne(said, list(answers), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return answers[found[0]] if found else None


def _are_opposite(one: str, other: str) -> bool:
    """Tell whether two texts are more alike once a word of one of them is turned into its opposite."""
    turned = (fuzz.ratio(OPPOSITE.sub("", one), other), fuzz.ratio(one, OPPOSITE.sub("", other)))
    return max(turned) > fuzz.ratio(one, other)


def _match_need(name: str) -> tuple[Need, float] | None:
    """Return the need that is called this or much the same, and how much so, from 0 to 100; a denial names none."""
    if DENIAL.search(name):
        return None
    found = process.extractOne(name, list(_list_names()), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return (_list_names()[found[0]], found[1]) if found else None


@cache
def _list_names() -> dict[str, Need]:
    return {_simplify(name): need for need, asked in load_questions().items() for name in (asked.name, *asked.also)}


@cache
def _list_answers(need: Need) -> dict[str, Leaning]:
    asked = load_questions()[need]
    short = {word: leaning for leaning, words in asked.short.items() for word in words}
    return {_simplify(answer): leaning for answer, leaning in (asked.choices | short).items()}


def _simplify(text: str) -> str:
    return " ".join(FILLERS.sub(" ", text.casefold()).split())
