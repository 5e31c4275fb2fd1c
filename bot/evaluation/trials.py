"""Trials: cases, each with what the assistant said to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.evaluation.cases import Case, DialogueCase, OutsideCase, ProjectCase, QuestionCase
from bot.evaluation.ranking import rank_distinct
from bot.reply import Reply
from bot.talk import Talk
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.generation.draft import split_draft
from retrieval.generation.grounding import find_faults
from retrieval.routing import Command


@dataclass(frozen=True)
class QuestionTrial:
    """A question, the reply to it, and the topics of the evidence, most relevant first."""

    case: QuestionCase
    reply: Reply
    ranked: tuple[str, ...] = ()
    supported: float | None = None
    """Share of what a chat model wrote that is supported; None where it wrote nothing."""


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
    recognized: bool
    """Whether it is taken for a project where no command says that it is one."""


Trial: TypeAlias = QuestionTrial | OutsideTrial | DialogueTrial | ProjectTrial


def try_case(talk: Talk, case: Case) -> Trial:
    """Hold the conversation of a case, which shares no memory with any other."""
    match case:
        case QuestionCase():
            ranked = rank_distinct(passage.topic for passage in talk.assistant.rank_passages(case.text))
            reply = _say(talk, case.text)
            return QuestionTrial(case, reply, ranked, measure_grounding(reply, talk.assistant))
        case OutsideCase():
            return OutsideTrial(case, _say(talk, case.text))
        case DialogueCase():
            return DialogueTrial(case, _converse(talk, case.turns))
        case ProjectCase():
            recognized = talk.assistant.reply(Conversation(), case.text).described
            return ProjectTrial(case, _say(talk, case.text, "advise"), recognized)
        case _:
            assert_never(case)


def measure_grounding(reply: Reply, assistant: Assistant) -> float | None:
    """Return the share of a chat model's statements that what they cite supports; None where it made none."""
    statements = split_draft(reply.written or "")
    library = assistant.open_library()
    cited = [library.find_citation(citation.passage) for citation in reply.citations]
    passages = [citation.passage for citation in cited if citation]
    faults = find_faults(statements, passages, assistant.embedder)
    return 1 - len(faults) / len(statements) if statements else None


def _say(talk: Talk, text: str, command: Command | None = None) -> Reply:
    return talk.respond(Conversation(), text, command).reply


def _converse(talk: Talk, turns: tuple[str, ...]) -> tuple[Reply, ...]:
    conversation = Conversation()
    replies = []
    for turn in turns:
        reply, conversation, _ = talk.respond(conversation, turn)
        replies.append(reply)
    return tuple(replies)
