"""What can be found in projects, and what is recommended for it."""

from __future__ import annotations

from bot.pictures.balance import lay_balance
from bot.pictures.sheet import Sheet
from bot.pictures.weighing import read_weighing
from bot.reply import PullShape, Reply
from bot.words import ENGLISH
from knowledge.signals import Leaning, Need, Signal
from retrieval.rules import decide, load_rules

TUNED, PROMPTED, RETRIEVED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING, Leaning.RETRIEVAL
EVERY = [Signal(need, leaning) for need, rule in load_rules().needs.items() for leaning in rule.weights]
TUNE = (
    Signal(Need.SPECIALIZATION, TUNED),
    Signal(Need.OUTPUT_CONSISTENCY, TUNED),
    Signal(Need.TIME_AND_COST, PROMPTED),
)
"""The weights decide: 2.1 to 1.0."""
GATED = (
    Signal(Need.DATA_REQUIREMENT, PROMPTED),
    *(Signal(need, TUNED) for need in (Need.FLEXIBILITY, Need.OUTPUT_CONSISTENCY, Need.SPECIALIZATION)),
)
"""A rule decides, against the weights: 3.1 to 2.0."""


def recommend(*signals: Signal) -> Reply:
    """Return what is recommended for what was found."""
    weights = {signal: load_rules().weigh_signal(signal) for signal in signals}
    pulls = [
        PullShape(need=signal.need, leaning=signal.leaning, weight=weights[signal])
        for signal in sorted(signals, key=weights.__getitem__, reverse=True)
    ]
    return Reply(kind="recommendation", text="", verdict=decide(frozenset(signals)), pulls=tuple(pulls))


def lay(*signals: Signal) -> Sheet:
    """Return the sheet of the balance of what was found."""
    weighing = read_weighing(recommend(*signals))
    assert weighing is not None
    return lay_balance(weighing, ENGLISH)
