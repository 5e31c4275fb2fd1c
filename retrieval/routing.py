"""What kind of message it is: a question, a project, small talk, or something we do not cover."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.listing import order_items
from knowledge.reader import ADVISED, Likelihoods
from knowledge.store import Knowledge
from retrieval.answer import SmalltalkSort
from retrieval.conversation import Conversation

Kind = Literal[
    "question",
    "follow_up",
    "project",
    "reasons",
    "supposition",
    "comparison",
    "smalltalk",
    "near",
    "unrelated",
    "attack",
]
Command = Literal["ask", "advise"]
Decided = Literal["manipulation", "comparison", "anew", "reasons", "supposition", "privacy"]
"""What patterns decide before anything learnt is asked."""

PATH = Path(__file__).with_name("routing.yaml")
SUSPECTED, CONVICTED = 0.3, 0.7
"""Likelihoods from which a message counts as manipulation, and from which it does even where it asks for the table."""
ALIKE = 0.5
"""Of the likelihood of an update, that of another project from which a description counts as one."""
MEANT: dict[Command, tuple[Kind, ...]] = {
    "ask": ("question", "follow_up", "project"),
    "advise": ("question", "follow_up", "project", "smalltalk"),
}
"""What may be what a command says it is: "help me with my project" is small talk only where nobody asks for advice."""


class Patterns(BaseModel):
    """What `routing.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manipulation: tuple[str, ...]
    comparison: tuple[str, ...]
    anew: tuple[str, ...]
    reasons: tuple[str, ...]
    supposition: tuple[str, ...]
    privacy: tuple[str, ...]
    smalltalk: dict[SmalltalkSort, str]


def route_message(text: str, conversation: Conversation, knowledge: Knowledge, command: Command | None) -> Kind:
    """Return the kind of a message; a command settles which of question and project it is, but opens no door."""
    plain = unicodedata.normalize("NFKC", text)
    if decided := _decide_kind(plain, conversation):
        return decided
    likelihoods = _judge_kind(plain, conversation, knowledge)
    if command is None and likelihoods["attack"] < CONVICTED and _matches("comparison", plain):
        return "comparison"
    if likelihoods["attack"] >= SUSPECTED:
        return "attack"
    best = max(likelihoods, key=likelihoods.__getitem__)
    if command is not None and sum(likelihoods[kind] for kind in MEANT[command]) >= likelihoods[best]:
        return "question" if command == "ask" else "project"
    return cast("Kind", best)


def begins_anew(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Tell whether a message describes another project than the one that something was recommended for."""
    if conversation.verdict is None:
        return False
    if _matches("anew", text):
        return True
    judged = knowledge.reader.judge_message(knowledge.speller.mend_text(text), ADVISED).kind
    return judged["project"] > judged["update"] * ALIKE


def sort_smalltalk(text: str) -> SmalltalkSort:
    """Return which kind of small talk a message is."""
    if _matches("privacy", text):
        return "privacy"
    sorts = _compile_smalltalk()
    return next((sort for sort, pattern in sorts.items() if pattern.search(text)), "other")


def _decide_kind(text: str, conversation: Conversation) -> Kind | None:
    """Return the kind that its words alone decide, before anything learnt is asked; None where they decide none."""
    advised = conversation.verdict is not None
    decided: dict[Kind, bool] = {
        "attack": _matches("manipulation", text),
        "smalltalk": not any(map(str.isalpha, text)) or _matches("privacy", text),
        "project": advised and _matches("anew", text),
        "supposition": advised and _matches("supposition", text),
        "reasons": advised and conversation.context == ADVISED and _matches("reasons", text),
    }
    return next((kind for kind, holds in decided.items() if holds), None)


def _judge_kind(text: str, conversation: Conversation, knowledge: Knowledge) -> Likelihoods:
    """Return how likely each kind is after what was said before; without an answer, nothing can follow it up."""
    mended = order_items(knowledge.speller.mend_text(text))
    judged = knowledge.reader.judge_message(mended, conversation.context).kind
    if conversation.verdict is not None and conversation.context != ADVISED:
        # A question was asked in between; what is said about the project still goes on from the recommendation.
        advised = knowledge.reader.judge_message(mended, ADVISED).kind
        judged = advised if advised["update"] > max(judged.values()) / 2 else judged
    likelihoods = dict(judged)
    if conversation.focus is None:
        likelihoods["question"] += likelihoods["follow_up"]
        likelihoods["follow_up"] = 0.0
    likelihoods["question"] += likelihoods.pop("term")
    likelihoods["project"] += likelihoods.pop("update")
    return likelihoods


@cache
def _load_patterns() -> Patterns:
    return Patterns.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


@cache
def _compile(which: Decided) -> re.Pattern[str]:
    sources: tuple[str, ...] = getattr(_load_patterns(), which)
    return re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE | re.MULTILINE)


@cache
def _compile_smalltalk() -> dict[SmalltalkSort, re.Pattern[str]]:
    return {sort: re.compile(source, re.IGNORECASE) for sort, source in _load_patterns().smalltalk.items()}


def _matches(which: Decided, text: str) -> bool:
    return bool(_compile(which).search(text))
