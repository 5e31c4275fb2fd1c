"""What is known about a project: findings, each in the words that show it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal
from retrieval.quantity import Quantity

LONGEST_DESCRIPTION = 16_000
"""Characters of all messages together."""


class Finding(BaseModel):
    """One need, which way it leans, and the user's own words that show it."""

    model_config = ConfigDict(frozen=True)

    need: Need
    leaning: Leaning
    words: str
    supposed: bool = False
    """Whether nobody said so; the words are then those of an answer to the question about the need."""

    @property
    def signal(self) -> Signal:
        return Signal(self.need, self.leaning)

    def rivals(self, other: Finding, text: str) -> bool:
        """Tell whether another finding is of the same need, and the words of both stand in the same place of a text."""
        start, begin = text.find(self.words), text.find(other.words)
        return self.need is other.need and start < begin + len(other.words) and begin < start + len(self.words)


class Profile(BaseModel):
    """Every finding of a conversation so far; both leanings of a need may stand side by side."""

    model_config = ConfigDict(frozen=True)

    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    """What was stated in numbers and still counts."""
    told: tuple[str, ...] = ()
    """The messages that described the project, as many of the last ones as `LONGEST_DESCRIPTION` holds."""

    @property
    def description(self) -> str:
        """What was said of the project, message by message."""
        return "\n".join(self.told)

    @property
    def signals(self) -> frozenset[Signal]:
        return frozenset(finding.signal for finding in self.findings)

    @property
    def needs(self) -> frozenset[Need]:
        return frozenset(finding.need for finding in self.findings)

    def add_findings(self, findings: Iterable[Finding]) -> Profile:
        """Return the profile with later findings, which take the place of earlier ones of the same need."""
        later = tuple(findings)
        renewed = {finding.need for finding in later}
        kept = tuple(finding for finding in self.findings if finding.need not in renewed)
        return self.model_copy(update={"findings": kept + later})

    def add_quantities(self, quantities: Iterable[Quantity]) -> Profile:
        """Return the profile with later quantities.

        One that corrects an earlier one takes its place; any other takes that of all earlier ones of its kind.
        """
        later = tuple(quantities)
        stated = {each.words for each in self.quantities}
        corrected = {each.corrects for each in later}
        renewed = {each.kind for each in later if each.corrects not in stated}
        kept = tuple(each for each in self.quantities if each.kind not in renewed and each.words not in corrected)
        return self.model_copy(update={"quantities": kept + later})

    def add_text(self, text: str) -> Profile:
        """Return the profile with a further message that describes the project."""
        told = (*self.told, text[:LONGEST_DESCRIPTION])
        while sum(map(len, told)) > LONGEST_DESCRIPTION:
            told = told[1:]
        return self.model_copy(update={"told": told})
