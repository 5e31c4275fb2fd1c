"""Values → words. What the bot says is in `words/`; here it is put together."""

from __future__ import annotations

from typing import assert_never

from bot.advice import phrase_recommendation
from bot.reply import Reply
from bot.shapes import shape_citation, shape_feature, shape_profile
from bot.what_if import phrase_hypothesis
from bot.words import load_words, shorten_quote
from knowledge.comparison import Method
from retrieval.answer import Answer, ComparisonShown, OutOfScope, Smalltalk
from retrieval.assistant import Assistant
from retrieval.generation.chat_model import Reason
from retrieval.hypothesis import NoProject, WhatIf
from retrieval.message import LONGEST, Message, Rejected, read_message
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.turn import Turn


def phrase_turn(turn: Turn, assistant: Assistant) -> Reply:
    """Put the outcome of a turn into words."""
    match turn.outcome:
        case Answer() as answer:
            reply = _phrase_answer(answer)
        case ComparisonShown() as comparison:
            reply = _phrase_comparison(comparison, assistant)
        case Recommendation() as recommendation:
            reply = phrase_recommendation(recommendation, assistant)
        case WhatIf() | NoProject() as hypothesis:
            reply = phrase_hypothesis(hypothesis)
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


def _phrase_comparison(comparison: ComparisonShown, assistant: Assistant, only: Method = Method.BOTH) -> Reply:
    """Put rows of the table into words, or what they say of one method."""
    words = load_words()["comparison"]
    rows = [words["rows"][only].format(**shape_feature(row).model_dump()) for row in comparison.features]
    return Reply(
        kind="comparison",
        text="\n\n".join([words["titles"][only], *rows]) if rows else words["none"],
        citations=tuple(map(shape_citation, assistant.open_library().cite_features(comparison.features))),
        features=tuple(map(shape_feature, comparison.features)),
    )


def compare_features(assistant: Assistant, words: str | None, only: Method = Method.BOTH) -> Reply:
    """Return the table or one row of it, whole or for one method, or what there is instead."""
    found = assistant.open_library().compare(words)
    return _phrase_comparison(found, assistant, only) if found else _phrase_unknown_feature(words or "", assistant)


def _phrase_unknown_feature(named: str, assistant: Assistant) -> Reply:
    """Say that the table has no such row, and which it has."""
    features = ", ".join(row.feature for row in assistant.open_library().suggest_features(""))
    message = read_message(named[:LONGEST])
    shown = shorten_quote(message.text) if isinstance(message, Message) else ""
    text = load_words()["comparison"]["unknown"].format(words=shown, features=features)
    return Reply(kind="out_of_scope", text=text)


def phrase_draft(answer: Answer) -> Reply:
    """Put as much of an answer into words as a chat model has written of it."""
    return Reply(kind="answer", text=_open_answer(answer, f"{answer.written} {load_words()['chat_model']['writing']}"))


def add_notice(reply: Reply, alone: Reason) -> Reply:
    """Return a reply that says why a chat model, although there is one, has no part in it."""
    notice = load_words()["chat_model"]["alone"][alone]
    card = (*reply.card, notice) if reply.card else ()
    return reply.model_copy(update={"text": f"{reply.text}\n\n{notice}", "card": card, "alone": alone})


def _phrase_answer(answer: Answer) -> Reply:
    body = _cite_sources(answer, answer.written) if answer.written else _join_passages(answer)
    return Reply(
        kind="answer",
        text=_open_answer(answer, body),
        opening=answer.opening,
        citations=tuple(map(shape_citation, answer.citations)),
        written=answer.written,
    )


def _cite_sources(answer: Answer, written: str) -> str:
    """Return what a chat model wrote, with the source of each number below."""
    line = load_words()["chat_model"]["cited"]
    sources = (each.passage.source for each in answer.citations)
    return "\n".join([written, "", *(line.format(number=at, source=source) for at, source in enumerate(sources, 1))])


def _join_passages(answer: Answer) -> str:
    """Return the passages of an answer as they stand, each with its source."""
    words = load_words()["answer"]
    parts: list[str] = []
    for place, citation in enumerate(answer.citations):
        passage = citation.passage
        title = [words["addition"] if passage.addition else words["lesson"]] if place else []
        parts.append("\n".join([*title, f"{passage.text}", words["source"].format(source=passage.source)]))
    return "\n\n".join(parts)


def _open_answer(answer: Answer, text: str) -> str:
    """Return an answer that begins as the question asks for, unless it does so already."""
    opening = load_words()["answer"]["openings"].get(answer.opening, "")
    return text if text.startswith(opening) else f"{opening}. {text}"


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
