"""Trials: cases, each with what the assistant said to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.evaluation.cases import Case, DialogueCase, OutsideCase, ProjectCase, QuestionCase
from bot.evaluation.ranking import rank_distinct
from bot.reply import Reply
from bot.session import respond
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.routing import Command


@dataclass(frozen=True)
class QuestionTrial:
    """A question, the reply to it, and the topics of the evidence, most relevant first."""

    case: QuestionCase
    reply: Reply
    ranked: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutsideTrial:
    """A message from outside, and the reply to it."""

    case: OutsideCase
    reply: Reply


@dataclass(frozen=True)
class DialogueTrial:
    """A dialogue, and a reply for each of its turns."""

    case: DialogueCase
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class ProjectTrial:
    """A project, and the advice on it."""

    case: ProjectCase
    reply: Reply


Trial: TypeAlias = QuestionTrial | OutsideTrial | DialogueTrial | ProjectTrial


def try_case(assistant: Assistant, case: Case) -> Trial:
    """Hold the conversation of a case, which shares no memory with any other."""
    match case:
        case QuestionCase():
            ranked = rank_distinct(passage.topic for passage in assistant.rank_passages(case.text))
            return QuestionTrial(case, _say(assistant, case.text), ranked)
        case OutsideCase():
            return OutsideTrial(case, _say(assistant, case.text))
        case DialogueCase():
            return DialogueTrial(case, _converse(assistant, case.turns))
        case ProjectCase():
            return ProjectTrial(case, _say(assistant, case.text, "advise"))
        case _:
            assert_never(case)


def _say(assistant: Assistant, text: str, command: Command | None = None) -> Reply:
    return respond(assistant, Conversation(), text, command).reply


def _converse(assistant: Assistant, turns: tuple[str, ...]) -> tuple[Reply, ...]:
    conversation = Conversation()
    replies = []
    for turn in turns:
        reply, conversation, _ = respond(assistant, conversation, turn)
        replies.append(reply)
    return tuple(replies)
