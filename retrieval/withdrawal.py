"""What a message takes back: that facts keep changing, where it says that they stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal
from retrieval.extractive import split_sentences
from retrieval.profile import Finding, Profile

PATH = Path(__file__).with_name("withdrawal.yaml")
FACTS = Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)
NAMING = re.compile(r"\w{4,}")
"""Words long enough to tell what somebody speaks of."""
ALWAYS = frozenset({"facts"})
"""What names any of them."""


class Wordings(BaseModel):
    """What `withdrawal.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stable: re.Pattern[str]
    between: re.Pattern[str]
    pronoun: re.Pattern[str]
    nameless: frozenset[str]


def drop_withdrawn(findings: Sequence[Finding], text: str) -> list[Finding]:
    """Return the findings of a text without facts that the same sentence says to stay as they are."""
    sentences = split_sentences(text)
    return [
        finding
        for finding in findings
        if finding.signal != FACTS
        or not any(finding.words in sentence and _is_stable(finding, sentence) for sentence in sentences)
    ]


def withdraw_facts(profile: Profile, text: str) -> Profile:
    """Return the profile without changing facts, where a later message says that just these stay as they are."""
    kept = tuple(
        finding
        for finding in profile.findings
        if finding.signal != FACTS or not _is_stable(finding, text, earlier=finding.words)
    )
    return profile.model_copy(update={"findings": kept})


def _is_stable(finding: Finding, text: str, earlier: str = "") -> bool:
    """Tell whether a text says that what a finding names stays as it is."""
    names = ALWAYS | _find_names(finding.words)
    return any(finding.words in said or names & _find_names(said) for said in _list_stable(text, earlier))


def _list_stable(text: str, earlier: str) -> Iterator[str]:
    """Yield each clause that says of something that it stays; with a pronoun in its place, all that was said before."""
    wordings = _load_wordings()
    for found in wordings.stable.finditer(text):
        before = text[: found.start()]
        subject = f"{earlier} {before}" if wordings.pronoun.search(before) else wordings.between.split(before)[-1]
        yield subject + found[0]


def _find_names(text: str) -> set[str]:
    """Return the words that tell what is spoken of."""
    wordings = _load_wordings()
    return set(NAMING.findall(wordings.stable.sub(r"\g<named>", text.lower()))) - wordings.nameless


@cache
def _load_wordings() -> Wordings:
    listed = yaml.safe_load(PATH.read_text("utf-8"))
    stable = "|".join(f"(?:{source})" for source in listed["stable"])
    return Wordings(
        stable=re.compile(stable, re.IGNORECASE),
        between=re.compile(f"(?:{listed['between']})", re.IGNORECASE),
        pronoun=re.compile(rf"(?:{listed['pronoun']})\Z", re.IGNORECASE),
        nameless=frozenset(listed["nameless"].split()),
    )
