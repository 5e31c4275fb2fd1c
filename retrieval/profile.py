"""What is known about a project: findings, each in the words that show it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from knowledge.signals import Leaning, Need, Signal


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


class Profile(BaseModel):
    """Every finding of a conversation so far; both leanings of a need may stand side by side."""

    model_config = ConfigDict(frozen=True)

    findings: tuple[Finding, ...] = ()

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
        return Profile(findings=kept + later)
