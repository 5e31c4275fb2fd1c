"""The one caution that fits a recommendation best, by the conditions of `cautions.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from knowledge.signals import Signal, parse_signal
from retrieval.pilot import Pilot
from retrieval.profile import Profile
from retrieval.recommendation import Verdict

PATH = Path(__file__).with_name("cautions.yaml")


class CautionRule(BaseModel):
    """When a caution applies: all of its conditions hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    caution: str
    verdicts: tuple[Verdict, ...] = tuple(Verdict)
    any: tuple[Annotated[Signal, BeforeValidator(parse_signal)], ...] = ()
    words: tuple[str, ...] = ()
    fewer_than: int | None = None

    def applies(self, verdict: Verdict, profile: Profile, pilot: Pilot) -> bool:
        few = self.fewer_than is None or (pilot.stock is not None and pilot.stock < self.fewer_than)
        chosen = not self.any or not profile.signals.isdisjoint(self.any)
        said = all(re.search(words, profile.description, re.IGNORECASE) for words in self.words)
        return verdict in self.verdicts and few and chosen and said


@cache
def load_caution_rules() -> tuple[CautionRule, ...]:
    return TypeAdapter(tuple[CautionRule, ...]).validate_python(yaml.safe_load(PATH.read_text("utf-8")))


def choose_caution(verdict: Verdict, profile: Profile, pilot: Pilot) -> str:
    """Return the name of the first caution that applies; that of the verdict where none does."""
    rules = load_caution_rules()
    return next((rule.caution for rule in rules if rule.applies(verdict, profile, pilot)), str(verdict))
