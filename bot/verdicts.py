"""The first sentences of a recommendation: what changed and why, the verdict, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.words import load_words, shorten_quote
from knowledge.signals import Leaning
from retrieval.pilot import Pilot
from retrieval.profile import Finding
from retrieval.recommendation import Recommendation, Verdict

MOST_CAUSES = 2
"""Findings that are named for a change."""


def phrase_verdict(advice: Recommendation) -> str:
    """Return two or three sentences, and the confidence below them."""
    confidence = load_words()["recommendation"]["confidence"].format(confidence=advice.confidence)
    return "\n".join([phrase_decision(advice), confidence])


def phrase_decision(advice: Recommendation) -> str:
    """Return what changed, what is recommended, and what belongs in neither method."""
    words = load_words()["recommendation"]
    sentences = [
        _phrase_change(advice),
        _phrase_method(advice),
        words["retrieval"] if advice.retrieval_advised else "",
        "" if advice.profile.findings else words["unknown"],
    ]
    return " ".join(filter(None, sentences))


def phrase_gathering(pilot: Pilot) -> str:
    """Return what is to be gathered before anything is fine-tuned, and how much of it."""
    words = load_words()["gathering"]
    form = "more" if pilot.stock and pilot.exact else "new"
    if pilot.raw and pilot.raw >= pilot.gather:
        form = "raw" if pilot.exact else "raw_part"
    numbers = {"gather": pilot.gather, "least": pilot.size.least, "raw": pilot.raw or 0}
    return str(words[form].format(**{name: f"{number:,}" for name, number in numbers.items()}))


def _phrase_method(advice: Recommendation) -> str:
    words = load_words()["recommendation"]
    if advice.unready:
        return str(words["unready"][advice.verdict].format(gathering=phrase_gathering(advice.pilot)))
    return str(words["verdict"][advice.verdict])


def _phrase_change(advice: Recommendation) -> str:
    """Return what became of the verdict before, and why; nothing where there was none."""
    words = load_words()["recommendation"]
    if advice.earlier is None:
        return ""
    if advice.earlier is advice.verdict:
        fitted = words["refitted"] if advice.refitted else ""
        return " ".join(filter(None, [_phrase_standing(advice), fitted]))
    names, causes = words["verdict_names"], _name_causes(advice)
    because = words["because"].format(causes=_phrase_causes(causes)) if causes else ""
    return str(words["changed"].format(before=names[advice.earlier], after=names[advice.verdict], because=because))


def _phrase_standing(advice: Recommendation) -> str:
    """Return why the verdict stays as it was."""
    words = load_words()["recommendation"]["same"]
    news = [each.finding for each in advice.news]
    against = [finding for finding in news if not _supports(finding, advice.verdict)]
    if against and advice.reasons:
        strongest = shorten_quote(advice.reasons[0].finding.words)
        return str(words["against"].format(causes=_phrase_causes(against), words=strongest))
    if news and not against:
        return str(words["with"].format(causes=_phrase_causes(news)))
    return str(words["without"])


def _name_causes(advice: Recommendation) -> list[Finding]:
    """Return what changed the verdict: what it hangs on, else what is new and speaks for it."""
    decisive = [each.finding for each in advice.news if each.decisive]
    return decisive or [each.finding for each in advice.news if _supports(each.finding, advice.verdict)]


def _phrase_causes(findings: Sequence[Finding]) -> str:
    """Return what findings mean, each of the person's words once."""
    words = load_words()["recommendation"]
    said = {finding.words: finding for finding in reversed(findings)}
    causes = [
        words["cause"].format(
            words=shorten_quote(finding.words),
            because=load_words()["needs"][finding.need]["because"][finding.leaning].removesuffix("."),
        )
        for finding in [*reversed(said.values())][:MOST_CAUSES]
    ]
    return str(words["and"].join(causes))


def _supports(finding: Finding, verdict: Verdict) -> bool:
    tuned = finding.leaning is Leaning.FINE_TUNING
    return verdict is Verdict.BOTH or tuned == (verdict is Verdict.FINE_TUNING)
