"""Values → their shapes in a reply."""

from __future__ import annotations

from bot.reply import CitationShape, FeatureShape, FindingShape, PullShape, ReasonShape, SignalShape
from knowledge.comparison import Feature
from retrieval.answer import Citation
from retrieval.profile import Profile
from retrieval.recommendation import Flip, Reason, Recommendation


def shape_citation(citation: Citation) -> CitationShape:
    passage = citation.passage
    return CitationShape(
        passage=passage.id,
        topic=passage.topic,
        method=passage.method,
        heading=passage.heading,
        quote=citation.quote,
        source=passage.source,
    )


def shape_feature(row: Feature) -> FeatureShape:
    return FeatureShape(feature=row.feature, fine_tuning=row.fine_tuning, prompt_engineering=row.prompt_engineering)


def shape_reason(reason: Reason) -> ReasonShape:
    return ReasonShape(need=reason.finding.need, words=reason.finding.words, passage=reason.passage)


def shape_pulls(advice: Recommendation) -> tuple[PullShape, ...]:
    """Return what pulls which way, strongest first."""
    weighed = sorted((*advice.reasons, *advice.objections), key=lambda reason: -reason.weight)
    return tuple(
        PullShape(need=reason.finding.need, leaning=reason.finding.leaning, weight=reason.weight) for reason in weighed
    )


def shape_flip(flip: Flip) -> SignalShape:
    """Return what a flip supposes that takes one change."""
    (change,) = flip.changes
    return SignalShape(need=change.need, leaning=change.leaning)


def shape_profile(profile: Profile) -> tuple[FindingShape, ...]:
    return tuple(FindingShape(**finding.model_dump()) for finding in profile.findings)
