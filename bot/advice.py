"""A recommendation in words: the verdict, why, what speaks against it, what would flip it, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.reply import Reply
from bot.shapes import shape_citation, shape_flip, shape_pulls, shape_reason
from bot.steps import list_steps
from bot.verdicts import phrase_decision, phrase_verdict
from bot.words import load_words, shorten_quote, title_list
from retrieval.answer import Citation
from retrieval.assistant import Assistant
from retrieval.questions import load_questions
from retrieval.recommendation import Flip, Reason, Recommendation

WHOLE_REASONS = 4
"""Reasons that are given with the lesson's words."""
MOST_REASONS = 8
"""Reasons that are given at all; a program gets every one."""


def phrase_recommendation(advice: Recommendation, assistant: Assistant) -> Reply:
    """Put a recommendation into words."""
    cited = cite_passages(advice, assistant)
    reply = Reply(
        kind="recommendation",
        text="",
        citations=tuple(map(shape_citation, cited.values())),
        verdict=advice.verdict,
        confidence=advice.confidence,
        retrieval_advised=advice.retrieval_advised,
        reasons=tuple(map(shape_reason, advice.reasons)),
        pulls=shape_pulls(advice),
        flips=tuple(map(phrase_flip, advice.flips)),
        what_ifs=tuple(map(shape_flip, (flip for flip in advice.flips if len(flip.changes) == 1))),
        assumptions=tuple(load_words()["needs"][need]["assumed"] for need in advice.assumptions),
        next_steps=list_steps(advice),
        next_question=load_questions()[advice.next_need].question if advice.next_need else None,
        summary=advice.summary,
    )
    return reply.model_copy(update={"text": _put_together(advice, reply, cited), "card": _put_in_short(advice, reply)})


def cite_passages(advice: Recommendation, assistant: Assistant) -> dict[str, Citation]:
    """Return the passages that give the reasons, and those on similar cases, by their ids."""
    reasons = (*advice.reasons, *advice.objections)
    named = dict.fromkeys((*(reason.passage for reason in reasons if reason.passage), *advice.precedents))
    library = assistant.open_library()
    found = {passage: library.find_citation(passage) for passage in named}
    return {passage: citation for passage, citation in found.items() if citation}


def phrase_flip(flip: Flip) -> str:
    words = load_words()["recommendation"]
    conditions = [load_words()["needs"][signal.need]["if"][signal.leaning] for signal in flip.changes]
    later = [condition[0].lower() + condition[1:] for condition in conditions[1:]]
    joined = words["and"].join([conditions[0], *later])
    return str(words["flip"].format(conditions=joined, verdict=words["verdict_names"][flip.verdict]))


def _put_together(advice: Recommendation, reply: Reply, cited: Mapping[str, Citation]) -> str:
    words = load_words()["recommendation"]
    cases = [cited[passage] for passage in advice.precedents if passage in cited]
    parts = [
        phrase_verdict(advice),
        words["summary"].format(summary=advice.summary) if advice.summary else "",
        title_list(words["reasons"], _list_reasons(advice.reasons, cited)),
        title_list(words["objections"], [_phrase_reason(reason, {}) for reason in advice.objections]),
        title_list(words["flips"], [f"- {flip}" for flip in reply.flips]),
        title_list(words["assumptions"], [f"- {assumed}" for assumed in reply.assumptions]),
        title_list(words["steps"], [f"{number}. {step}" for number, step in enumerate(reply.next_steps, 1)]),
        title_list(words["precedents"], map(_phrase_precedent, cases)),
        words["caution"].format(caution=load_words()["cautions"][advice.caution]),
        words["question"].format(question=reply.next_question) if reply.next_question else "",
    ]
    return "\n\n".join(filter(None, parts))


def _put_in_short(advice: Recommendation, reply: Reply) -> tuple[str, ...]:
    """Return what has to be known to act on it, without the lesson's words; the verdict alone comes first."""
    words = load_words()["recommendation"]
    name = words["verdict_names"][advice.verdict]
    parts = [
        words["headline"].format(verdict=name[0].upper() + name[1:], confidence=advice.confidence),
        phrase_decision(advice),
        words["summary"].format(summary=advice.summary) if advice.summary else "",
        title_list(words["reasons"], [_phrase_reason(reason, {}) for reason in advice.reasons[:WHOLE_REASONS]]),
        title_list(words["flips"], [f"- {flip}" for flip in reply.flips]),
        title_list(words["steps"], [f"{number}. {step}" for number, step in enumerate(reply.next_steps, 1)]),
        words["caution"].format(caution=load_words()["cautions"][advice.caution]),
        words["question"].format(question=reply.next_question) if reply.next_question else "",
    ]
    return tuple(filter(None, parts))


def _list_reasons(reasons: Sequence[Reason], cited: Mapping[str, Citation]) -> list[str]:
    """Return the strongest reasons, a line each, the first of them with the lesson's words."""
    whole = [_phrase_reason(reason, cited) for reason in reasons[:WHOLE_REASONS]]
    return whole + [_phrase_reason(reason, {}) for reason in reasons[WHOLE_REASONS:MOST_REASONS]]


def _phrase_reason(reason: Reason, cited: Mapping[str, Citation]) -> str:
    words = load_words()["recommendation"]
    finding = reason.finding
    shown = shorten_quote(finding.words)
    because = load_words()["needs"][finding.need]["because"][finding.leaning]
    citation = cited.get(reason.passage) if reason.passage else None
    if citation:
        return str(words["reason"].format(words=shown, because=because, quote=citation.quote))
    if reason.passage:
        return str(words["reason_short"].format(words=shown, because=because))
    return str(words["reason_beyond"].format(words=shown, because=because))


def _phrase_precedent(case: Citation) -> str:
    heading, source = case.passage.heading, case.passage.source
    return str(load_words()["recommendation"]["precedent"].format(heading=heading, quote=case.quote, source=source))
