"""What was weighed for a verdict: how it adds up, what it rests on, and all of it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Any

from bot.needs import name_need
from bot.pictures.picture import shorten_alt
from bot.reply import PullShape, Reply
from bot.words import load_words
from knowledge.signals import Leaning, Signal
from retrieval.recommendation import Verdict
from retrieval.rules import DIGITS, find_gate


@dataclass(frozen=True)
class Weighing:
    """A verdict, and at least one pull, strongest first."""

    verdict: Verdict
    pulls: tuple[PullShape, ...]

    @cached_property
    def grounds(self) -> tuple[Signal, ...]:
        """What the rule rests on that settles the verdict; nothing where the weights decide."""
        signals = frozenset(Signal(pull.need, pull.leaning) for pull in self.pulls)
        gate = find_gate(signals)
        return gate.name_grounds(signals) if gate else ()

    @cached_property
    def weights(self) -> Mapping[Leaning, float]:
        """How much all that leans one way counts together."""
        return {leaning: fsum(self._weigh(leaning)) for leaning in Leaning}

    def _weigh(self, leaning: Leaning) -> list[float]:
        return [pull.weight for pull in self.pulls if pull.leaning is leaning]

    @property
    def tuned(self) -> float:
        """What counts on the side of fine-tuning."""
        return round(self.weights[Leaning.FINE_TUNING], DIGITS)

    @property
    def prompted(self) -> float:
        """What counts on the side of prompt engineering, retrieval included."""
        return round(self.weights[Leaning.PROMPT_ENGINEERING] + self.weights[Leaning.RETRIEVAL], DIGITS)


def read_weighing(reply: Reply) -> Weighing | None:
    """Return what was weighed; None where nothing was."""
    return Weighing(verdict=reply.verdict, pulls=reply.pulls) if reply.verdict and reply.pulls else None


def phrase_verdict(weighing: Weighing, language: str) -> str:
    words = load_words(language)
    name = words["methods"][weighing.verdict]
    return str(words["pictures"]["balance"]["title"].format(verdict=name))


def name_pull(pull: PullShape, language: str) -> str:
    """Return the short name of a need, and whether it is for retrieval."""
    name = name_need(pull.need, language)
    words = load_words(language)["pictures"]["balance"]
    return str(words["retrieval"].format(name=name)) if pull.leaning is Leaning.RETRIEVAL else name


def describe_weighing(weighing: Weighing, language: str) -> str:
    """Return in words what the picture of it shows, as many as Discord takes."""
    words = load_words(language)["pictures"]
    said = words["balance"]
    grounds = ", ".join(name_need(signal.need, language) for signal in weighing.grounds)
    parts = [
        said["alt"].format(verdict=phrase_verdict(weighing, language)),
        said["rests"].format(needs=grounds) if grounds else "",
        _phrase_tip(weighing, said),
        *(said["pulls"][side].format(needs=needs) for side, needs in _list_sides(weighing, language).items() if needs),
    ]
    return shorten_alt(" ".join(filter(None, parts)), words["rest"])


def _phrase_tip(weighing: Weighing, said: dict[str, Any]) -> str:
    """Return which way it tips, and by how much."""
    tuned, prompted = weighing.tuned, weighing.prompted
    way = "level" if tuned == prompted else "fine_tuning" if tuned > prompted else "prompt_engineering"
    return str(said["tips"][way].format(fine_tuning=f"{tuned:.1f}", prompt_engineering=f"{prompted:.1f}"))


def _list_sides(weighing: Weighing, language: str) -> dict[str, str]:
    """Return what pulls to each side, with its weight."""
    need = load_words(language)["pictures"]["balance"]["need"]
    sides: dict[str, list[str]] = {"fine_tuning": [], "prompt_engineering": []}
    for pull in weighing.pulls:
        side = "fine_tuning" if pull.leaning is Leaning.FINE_TUNING else "prompt_engineering"
        sides[side].append(need.format(name=name_pull(pull, language), weight=f"{pull.weight:.1f}"))
    return {side: ", ".join(needs) for side, needs in sides.items()}
