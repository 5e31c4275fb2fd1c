"""How an honest answer begins: what the lesson says to a claim that is put up for confirmation, or to a choice."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.comparison import NAMED_BY, Method
from retrieval.answer import Opening

PATH = Path(__file__).with_name("claims.yaml")

ASKS_YES_OR_NO = re.compile(
    r"^\W*(?:(?:so|and|but|ok|hey|hi|um|hm|quick question|honest question|dumb question)\W+)*"
    r"(?:is|are|isn'?t|aren'?t|does|do|doesn'?t|don'?t|can|can'?t|could|will|won'?t|would)\b"
    r"|\b(?:right|correct|true|no|yes|or not|y/n|yes or no|isn'?t it|doesn'?t it|don'?t they|aren'?t they)\s*\?+\s*$"
    r"|\btrue or false\b|\bt or f\b|\bt/f\b",
    re.IGNORECASE,
)
ASKS_WHICH = re.compile(r"\b(?:which|whose|who wins|what's)\b|\bor\b.*\?", re.IGNORECASE)
THAN = re.compile(r"\bthan\b|\bcompared (?:to|with)\b", re.IGNORECASE)
DENIES = re.compile(
    r"\b(?:not|never|no|without|nothing|neither|less|least|fewer|fewest|hardly|cannot|lack(?:s|ing)?|weak\w*|limit\w*|poor\w*"
    r"|worse|worst|badly|falls? short|against|leaves?|avoids?|saves?|dont|doesnt|isnt|arent|wont|cant|\w+n['’]t)\b",
    re.IGNORECASE,
)
"""What turns a claim round; two of them turn it back."""
ASKING = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:is|are|does|do|wo|ca)n['’]?t\b|\b(?:right|correct|true|no|not)\s*\?+\s*$", re.IGNORECASE
)
"""Denials that only ask: "isn't it …?", "… or not?"."""
ASKS_MORE = re.compile(
    r"\b(?:why|how|what|whats|what['’]s|difference|link|explain|details|always|ever|too|enough|worth|both|each|row"
    r"|same thing|would|could|whose|trick|problem|fuss|statements?|against|i|my|we|our"
    r"|fail\w*|overfit\w*|struggl\w*|suffer\w*(?! from)|hallucinat\w*|breaks?|broken|chokes?|collapses?|hurts?|harm\w*"
    r"|risk\w*|danger\w*|bad|terrible|awful|useless|pointless|hopeless|waste\w*|overkill|wrong|unsuit\w*|unfit)\b",
    re.IGNORECASE,
)
"""What makes more of a question than whether a claim holds, or of which method."""
LONGEST = 15
"""Words of a question from which more is said than the claim alone."""


class Claim(BaseModel):
    """What words say, and of which methods it holds by the lesson."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    fine_tuning: bool
    prompt_engineering: bool

    def holds(self, method: Method) -> bool:
        return self.fine_tuning if method is Method.FINE_TUNING else self.prompt_engineering


def confirm_claim(text: str, method: Method) -> Opening:
    """Return how an answer to this question about a method begins; plainly where the lesson's claims do not tell."""
    claims = [claim for claim, pattern in _compile_claims() if pattern.search(text)]
    if len(claims) != 1 or len(text.split()) > LONGEST or ASKS_MORE.search(text):
        return "plain"
    (claim,) = claims
    denied = len(DENIES.findall(_strip(ASKING.sub(" ", text), claim))) % 2 == 1
    if ASKS_YES_OR_NO.search(text):
        subject = _find_subject(text, method)
        return "plain" if subject is None else "yes" if claim.holds(subject) is not denied else "no"
    if ASKS_WHICH.search(text) and method is Method.BOTH:
        return "fine_tuning" if claim.holds(Method.FINE_TUNING) is not denied else "prompt_engineering"
    return "plain"


def _find_subject(text: str, method: Method) -> Method | None:
    """Return the method of which something is claimed; of two that are compared it is the first."""
    if method is not Method.BOTH:
        return method
    named = {about: found.start() for about, name in NAMED_BY.items() if (found := name.search(text))}
    return min(named, key=named.__getitem__) if len(named) > 1 and THAN.search(text) else None


def _strip(text: str, claim: Claim) -> str:
    """Return what is left without the claim's own words, which may hold a denial themselves."""
    return _compile(claim.words).sub(" ", text)


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@cache
def _compile_claims() -> tuple[tuple[Claim, re.Pattern[str]], ...]:
    claims = TypeAdapter(tuple[Claim, ...]).validate_python(yaml.safe_load(PATH.read_text("utf-8")))
    return tuple((claim, _compile(claim.words)) for claim in claims)
