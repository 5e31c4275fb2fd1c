"""What a message takes back: that facts keep changing, where it says that they stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from knowledge.signals import Leaning, Need, Signal
from retrieval.extractive import split_sentences
from retrieval.profile import Finding, Profile

PATH = Path(__file__).with_name("withdrawal.yaml")
FACTS = Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)
NAMING = re.compile(r"\w{4,}")
"""Words long enough to tell what somebody speaks of."""
ALWAYS = frozenset({"fact", "facts", "they", "those", "these", "that", "nothing", "everything"})
"""Words that mean whatever was spoken of before."""


def drop_withdrawn(findings: Sequence[Finding], text: str) -> list[Finding]:
    """Return the findings of a text without facts that the same sentence says to stay as they are."""
    stable = [sentence for sentence in split_sentences(text) if _says_stable(sentence)]
    return [
        finding
        for finding in findings
        if finding.signal != FACTS or not any(finding.words in sentence for sentence in stable)
    ]


def withdraw_facts(profile: Profile, text: str) -> Profile:
    """Return the profile without changing facts, where a later message says that just these stay as they are."""
    said = {word.lower() for word in NAMING.findall(text)}
    kept = tuple(
        finding
        for finding in profile.findings
        if finding.signal != FACTS
        or not _says_stable(text)
        or not said & (ALWAYS | {word.lower() for word in NAMING.findall(finding.words)})
    )
    return profile.model_copy(update={"findings": kept})


def _says_stable(text: str) -> bool:
    return bool(_compile().search(text))


@cache
def _compile() -> re.Pattern[str]:
    sources = yaml.safe_load(PATH.read_text("utf-8"))["stable"]
    return re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)
