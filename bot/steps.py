"""The next three steps, fitted to the numbers of a project."""

from __future__ import annotations

from bot.verdicts import phrase_gathering
from bot.words import load_words, shorten_quote
from retrieval.pilot import Pilot
from retrieval.recommendation import Recommendation


def list_steps(advice: Recommendation) -> tuple[str, ...]:
    """Return three steps, each of one sentence or more."""
    words = load_words()["steps"]
    values = _name_values(advice.pilot)
    chosen = _choose_sentences(advice)
    return tuple(
        " ".join(words["sentences"][name].format(**values) for part in step if (name := chosen.get(part, part)))
        for step in words["order"][advice.verdict]
    )


def _choose_sentences(advice: Recommendation) -> dict[str, str]:
    """Return the sentence for each part of a step that depends on the project; empty where it has none."""
    pilot, limits = advice.pilot, advice.pilot.limits
    return {
        "retrieval": "retrieval" if advice.retrieval_advised else "",
        "pilot": _choose_pilot(pilot),
        "compare": "compare" if pilot.unseen else "compare_open",
        "part": "part" if pilot.unseen else "part_open",
        "cases": _choose_cases(pilot),
        "keep": "keep_gathering" if advice.unready else "keep",
        "hardware": f"hardware_{limits.hardware}" if limits.hardware else "",
        "live": "live" if limits.deadline else "",
        "version": "version" if limits.deadline else "",
        "money": "money" if limits.money else "",
    }


def _choose_pilot(pilot: Pilot) -> str:
    if pilot.gather:
        return "pilot_gathering"
    if pilot.check is None:
        return "pilot_open"
    if not pilot.exact:
        return "pilot_part"
    return "pilot_all" if pilot.check == pilot.stock else "pilot"


def _choose_cases(pilot: Pilot) -> str:
    if pilot.tests is None or (pilot.more_tests and not pilot.exact):
        return "cases_open"
    if not pilot.exact:
        return "cases_part"
    if pilot.more_tests:
        return "cases_more"
    return "cases_all" if pilot.tests == max(pilot.stock or 0, pilot.raw or 0) else "cases"


def _name_values(pilot: Pilot) -> dict[str, str]:
    """Return what may stand in a sentence, numbers as people write them."""
    gathering = phrase_gathering(pilot)
    numbers = {
        "stock": pilot.stock,
        "at_hand": max(pilot.stock or 0, pilot.raw or 0),
        "check": pilot.check,
        "unseen": pilot.unseen,
        "least": pilot.size.least,
        "most": pilot.size.most,
        "fewest_cases": pilot.cases.least,
        "most_cases": pilot.cases.most,
        "tests": pilot.tests,
        "more_tests": pilot.more_tests,
        "fewest_epochs": pilot.epochs[0],
        "most_epochs": pilot.epochs[1],
    }
    limits = {name: shorten_quote(value) for name, value in pilot.limits.model_dump().items() if value}
    said = {name: f"{number:,}" for name, number in numbers.items() if number is not None}
    return {**limits, **said, "gathering": gathering, "Gathering": gathering[0].upper() + gathering[1:]}
