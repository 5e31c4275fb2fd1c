"""A message that says more of a project → the profile as it then is."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.signals import Leaning, Need
from knowledge.store import Knowledge
from retrieval.extractive import split_sentences
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples, Quantity
from retrieval.recipe import load_recipe
from retrieval.scenario import read_scenario
from retrieval.stock import select_stock
from retrieval.withdrawal import drop_withdrawn, withdraw_facts


def refine_profile(profile: Profile, text: str, knowledge: Knowledge, also: Sequence[Finding] = ()) -> Profile:
    """Return the profile with what a message states and corrects, and with what we and others find in it."""
    stated = parse_quantities(text, profile.quantities)
    findings = drop_withdrawn([*read_scenario(text, knowledge), *also], text)
    return add_message(withdraw_facts(profile, text), text, findings, stated)


def add_message(profile: Profile, text: str, findings: Sequence[Finding], stated: Sequence[Quantity]) -> Profile:
    """Return the profile with what was read in a message; where a number is corrected, the number decides."""
    corrections = [
        (each, known) for each in stated if isinstance(each, Examples) and (known := _find_corrected(each, profile))
    ]
    settled = [finding for now, before in corrections for finding in _judge_data(now, before, profile, text)]
    # A corrected number says nothing else than what it corrects, whatever was read in it.
    read = [finding for finding in findings if not any(_holds(finding, now, text) for now, _ in corrections)]
    counting = [*(finding for finding in read if not (settled and finding.need is Need.DATA_REQUIREMENT)), *settled]
    needs = {finding.need for finding in counting}
    heeded = [each for each in select_stock(text, read, stated) if _counts(each, profile, needs)]
    return profile.add_findings(counting).add_quantities(heeded).add_text(text)


def _judge_data(now: Examples, before: Examples, profile: Profile, text: str) -> list[Finding]:
    """Return the findings on data after a correction, where what it corrects was examples to learn from.

    They turn only where it makes enough of too few, or too few of enough.
    """
    known = [finding for finding in profile.findings if finding.need is Need.DATA_REQUIREMENT]
    words = split_sentences(text)[len(split_sentences(text[: now.start + 1])) - 1]
    if (known or before.labelled) and _are_enough(now) != _are_enough(before):
        return [Finding(need=Need.DATA_REQUIREMENT, leaning=judge_stock(now), words=words)]
    return [known[0].model_copy(update={"words": words})] if len(known) == 1 else known


def _holds(finding: Finding, number: Examples, text: str) -> bool:
    """Tell whether a finding's words stand where a number does, with all of it."""
    size = len(finding.words)
    return text.find(finding.words, max(0, number.end - size), number.start + size) >= 0


def judge_stock(examples: Examples) -> Leaning:
    """Return which way a number of examples leans by itself."""
    usable = _are_enough(examples) and examples.labelled is not False
    return Leaning.FINE_TUNING if usable else Leaning.PROMPT_ENGINEERING


def _find_corrected(stated: Quantity, profile: Profile) -> Examples | None:
    known = (each for each in profile.quantities if isinstance(each, Examples) and each.words == stated.corrects)
    return next(known, None)


def _are_enough(examples: Examples) -> bool:
    return examples.count.high >= load_recipe().enough


def _counts(stated: Quantity, profile: Profile, needs: set[Need]) -> bool:
    """Tell whether a quantity is to take the place of an earlier one: of examples only where examples are spoken of."""
    if not isinstance(stated, Examples) or stated.corrects or Need.DATA_REQUIREMENT in needs:
        return True
    return not any(isinstance(each, Examples) for each in profile.quantities)
