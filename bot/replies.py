"""Values → words. What the bot says is in `words.yaml`; here it is put together."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import yaml

from bot.reply import CitationShape, FeatureShape, FindingShape, ReasonShape, Reply, SignalShape
from knowledge.comparison import Feature
from retrieval.answer import Answer, Citation, ComparisonShown, OutOfScope, Smalltalk
from retrieval.assistant import Assistant, Turn
from retrieval.message import LONGEST, Message, Rejected, read_message
from retrieval.profile import Profile
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion, Flip, Reason, Recommendation

PATH = Path(__file__).with_name("words.yaml")
WHOLE_REASONS = 4
"""Reasons that are given with the lesson's words."""
LONGEST_QUOTE = 160
"""Characters of the user's own words in one line."""


@cache
def load_words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return words


def phrase_turn(turn: Turn, assistant: Assistant) -> Reply:
    """Put the outcome of a turn into words."""
    match turn.outcome:
        case Answer() as answer:
            reply = _phrase_answer(answer)
        case ComparisonShown() as comparison:
            reply = _phrase_comparison(comparison, assistant)
        case Recommendation() as recommendation:
            reply = _phrase_recommendation(recommendation, assistant)
        case ClarifyingQuestion() as question:
            reply = _phrase_question(question)
        case Smalltalk() as smalltalk:
            reply = Reply(kind="smalltalk", text=load_words()["smalltalk"][smalltalk.sort])
        case OutOfScope() as outside:
            reply = _phrase_outside(outside)
        case Rejected() as rejected:
            reply = Reply(kind="rejected", text=load_words()["rejected"][rejected.reason])
        case _:
            assert_never(turn.outcome)
    return reply.model_copy(update={"profile": shape_profile(turn.conversation.profile)})


def _phrase_comparison(comparison: ComparisonShown, assistant: Assistant) -> Reply:
    """Put rows of the table into words."""
    words = load_words()["comparison"]
    rows = [words["row"].format(**_shape_feature(row).model_dump()) for row in comparison.features]
    return Reply(
        kind="comparison",
        text="\n\n".join([words["title"], *rows]) if rows else words["none"],
        citations=tuple(map(_shape_citation, assistant.cite_features(comparison.features))),
        features=tuple(map(_shape_feature, comparison.features)),
    )


def compare_features(assistant: Assistant, words: str | None) -> Reply:
    """Return the table, one row of it, or what there is instead."""
    found = assistant.compare(words)
    return _phrase_comparison(found, assistant) if found else _phrase_unknown_feature(words or "", assistant)


def _phrase_unknown_feature(named: str, assistant: Assistant) -> Reply:
    """Say that the table has no such row, and which it has."""
    features = ", ".join(row.feature for row in assistant.suggest_features(""))
    message = read_message(named[:LONGEST])
    shown = textwrap.shorten(message.text, LONGEST_QUOTE, placeholder=" …") if isinstance(message, Message) else ""
    text = load_words()["comparison"]["unknown"].format(words=shown, features=features)
    return Reply(kind="out_of_scope", text=text)


def _phrase_answer(answer: Answer) -> Reply:
    words = load_words()["answer"]
    parts: list[str] = []
    for place, citation in enumerate(answer.citations):
        passage = citation.passage
        title = [words["addition"] if passage.addition else words["lesson"]] if place else []
        parts.append("\n".join([*title, f"{passage.text}", words["source"].format(source=passage.source)]))
    opening = str(words["openings"].get(answer.opening, ""))
    return Reply(
        kind="answer",
        text=opening + "\n\n".join(parts),
        opening=answer.opening,
        citations=tuple(map(_shape_citation, answer.citations)),
    )


def _phrase_question(question: ClarifyingQuestion) -> Reply:
    words = load_words()["clarifying_question"]
    choices = "\n".join(f"- {choice}" for choice in question.choices)
    return Reply(
        kind="clarifying_question",
        text=f"{words['opening']}\n\n{question.question}\n\n{words['choices']}\n{choices}",
        asks=question.need,
        choices=question.choices,
    )


def _phrase_outside(outside: OutOfScope) -> Reply:
    words = load_words()["out_of_scope"]
    if outside.reason == "language":
        line = words["language"].get(outside.language, words["language"]["other"])
        return Reply(kind="out_of_scope", text=f"{line}\n\n{words['language_offer']}")
    near = "\n".join(f"- {passage.heading}" for passage in outside.near)
    offer = [f"{words['near_title']}\n{near}"] if near else []
    return Reply(kind="out_of_scope", text="\n\n".join([words[outside.reason], *offer]))


def _phrase_recommendation(advice: Recommendation, assistant: Assistant) -> Reply:
    words = load_words()["recommendation"]
    cited = {
        reason.passage: assistant.find_citation(reason.passage)
        for reason in (*advice.reasons, *advice.objections)
        if reason.passage
    }
    reply = Reply(
        kind="recommendation",
        text="",
        citations=tuple(_shape_citation(citation) for citation in cited.values() if citation),
        verdict=advice.verdict,
        confidence=advice.confidence,
        retrieval_advised=advice.retrieval_advised,
        reasons=tuple(_shape_reason(reason) for reason in advice.reasons),
        flips=tuple(phrase_flip(flip) for flip in advice.flips),
        what_ifs=tuple(SignalShape(**flip.changes[0]._asdict()) for flip in advice.flips if len(flip.changes) == 1),
        assumptions=tuple(load_words()["needs"][need]["assumed"] for need in advice.assumptions),
        next_steps=_list_steps(advice),
        next_question=load_questions()[advice.next_need].question if advice.next_need else None,
    )
    caution = words["caution"].format(caution=load_words()["cautions"][advice.verdict])
    parts = [
        _phrase_verdict(advice),
        title_list(words["reasons"], [_phrase_reason(reason, cited) for reason in advice.reasons[:WHOLE_REASONS]]),
        title_list(words["objections"], [_phrase_reason(reason, {}) for reason in advice.objections]),
        title_list(words["flips"], [f"- {flip}" for flip in reply.flips]),
        title_list(words["assumptions"], [f"- {assumed}" for assumed in reply.assumptions]),
        title_list(words["steps"], [f"{number}. {step}" for number, step in enumerate(reply.next_steps, 1)]),
        caution,
        words["question"].format(question=reply.next_question) if reply.next_question else "",
    ]
    return reply.model_copy(update={"text": "\n\n".join(filter(None, parts))})


def _phrase_verdict(advice: Recommendation) -> str:
    words = load_words()["recommendation"]
    names = words["verdict_names"]
    change = ""
    if advice.earlier is advice.verdict:
        change = words["same"]
    elif advice.earlier is not None:
        change = words["changed"].format(before=names[advice.earlier], after=names[advice.verdict])
    lines = [
        change,
        words["verdict"][advice.verdict],
        words["retrieval"] if advice.retrieval_advised else "",
        "" if advice.profile.findings else words["unknown"],
        words["confidence"].format(confidence=advice.confidence),
    ]
    return " ".join(filter(None, lines))


def _phrase_reason(reason: Reason, cited: dict[str, Citation | None]) -> str:
    words = load_words()["recommendation"]
    finding = reason.finding
    shown = textwrap.shorten(finding.words, LONGEST_QUOTE, placeholder=" …")
    because = load_words()["needs"][finding.need]["because"][finding.leaning]
    citation = cited.get(reason.passage) if reason.passage else None
    if citation:
        return str(words["reason"].format(words=shown, because=because, quote=citation.quote))
    if reason.passage:
        return str(words["reason_short"].format(words=shown, because=because))
    return str(words["reason_beyond"].format(words=shown, because=because))


def phrase_flip(flip: Flip) -> str:
    words = load_words()["recommendation"]
    conditions = [load_words()["needs"][signal.need]["if"][signal.leaning] for signal in flip.changes]
    later = [condition[0].lower() + condition[1:] for condition in conditions[1:]]
    joined = words["and"].join([conditions[0], *later])
    return str(words["flip"].format(conditions=joined, verdict=words["verdict_names"][flip.verdict]))


def _list_steps(advice: Recommendation) -> tuple[str, ...]:
    words = load_words()["steps"]
    steps = list(words[advice.verdict])
    if advice.retrieval_advised:
        steps.insert(1, words["retrieval"])
    return tuple(steps)


def title_list(title: str, lines: list[str]) -> str:
    return "\n".join([title, *lines]) if lines else ""


def _shape_citation(citation: Citation) -> CitationShape:
    passage = citation.passage
    return CitationShape(
        passage=passage.id,
        topic=passage.topic,
        method=passage.method,
        heading=passage.heading,
        quote=citation.quote,
        source=passage.source,
    )


def _shape_feature(row: Feature) -> FeatureShape:
    return FeatureShape(feature=row.feature, fine_tuning=row.fine_tuning, prompt_engineering=row.prompt_engineering)


def _shape_reason(reason: Reason) -> ReasonShape:
    return ReasonShape(need=reason.finding.need, words=reason.finding.words, passage=reason.passage)


def shape_profile(profile: Profile) -> tuple[FindingShape, ...]:
    return tuple(FindingShape(**finding.model_dump()) for finding in profile.findings)
