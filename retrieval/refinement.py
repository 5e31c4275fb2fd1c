"""A message that says more of a project → the profile as it then is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.signals import Leaning, Need
from knowledge.store import Knowledge
from retrieval.extractive import split_sentences
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples, Quantity
from retrieval.recipe import load_recipe
from retrieval.scenario import read_scenario
from retrieval.stock import select_stock


def refine_profile(profile: Profile, text: str, knowledge: Knowledge) -> Profile:
    """Return the profile with what a message finds, states and corrects."""
    stated = parse_quantities(text, profile.quantities)
    findings = read_scenario(text, knowledge)
    return add_message(profile, text, findings, stated)


def add_message(profile: Profile, text: str, findings: Sequence[Finding], stated: Sequence[Quantity]) -> Profile:
    """Return the profile with what was read in a message; where a number is corrected, the number decides."""
    turned = {each.words: finding for each in stated if (finding := _judge_correction(each, profile, text))}
    read = [finding for finding in findings if not _repeats(finding, turned)]
    counting = [*read, *turned.values()]
    needs = {finding.need for finding in counting}
    heeded = [each for each in select_stock(text, read, stated) if _counts(each, profile, needs)]
    return profile.add_findings(counting).add_quantities(heeded).add_text(text)


def _repeats(finding: Finding, turned: Mapping[str, Finding]) -> bool:
    """Tell whether a finding was read in a corrected number, which says nothing else than what it corrects."""
    return any(finding.need is each.need or number in finding.words for number, each in turned.items())


def _judge_correction(stated: Quantity, profile: Profile, text: str) -> Finding | None:
    """Return the finding on examples whose number is corrected; None where nothing can be told from that."""
    corrected = _find_corrected(stated, profile)
    leanings = {finding.leaning for finding in profile.findings if finding.need is Need.DATA_REQUIREMENT}
    if not isinstance(stated, Examples) or corrected is None or len(leanings) != 1:
        return None
    (leaning,) = leanings
    if _are_enough(stated) != _are_enough(corrected):
        usable = _are_enough(stated) and stated.labelled is not False
        leaning = Leaning.FINE_TUNING if usable else Leaning.PROMPT_ENGINEERING
    words = next((said for said in split_sentences(text) if stated.words in said), stated.words)
    return Finding(need=Need.DATA_REQUIREMENT, leaning=leaning, words=words)


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
