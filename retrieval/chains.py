"""The two ways a message is worked on, each a chain of steps: a question to its answer, a description to its advice."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.runnables import Runnable, RunnableLambda

from knowledge.context import Context
from knowledge.lesson import Passage
from knowledge.signals import Need
from knowledge.store import Knowledge
from retrieval.advisor import advise, recommend
from retrieval.answer import Answer
from retrieval.clarification import count_examples, is_number
from retrieval.conversation import Conversation
from retrieval.evidence import Evidence, gather_evidence
from retrieval.extractive import compose_answer
from retrieval.precedents import find_precedents
from retrieval.profile import Finding, Profile
from retrieval.quantity import Examples
from retrieval.question import Focus, Question, complete_question, pose_question
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.refinement import judge_stock, refine_profile


@dataclass(frozen=True)
class Asked:
    """A question, and what it follows up where it does."""

    text: str
    focus: Focus | None
    context: Context
    knowledge: Knowledge


@dataclass(frozen=True)
class Described:
    """A project, as far as it is described, in its conversation."""

    text: str
    conversation: Conversation
    knowledge: Knowledge
    settled: tuple[Finding, ...] | None = None
    """What is known without reading the text, because an answer was tapped; None where the text is to be read."""
    also: tuple[Finding, ...] = ()
    """What somebody else has found in the text."""


def chain_question() -> Runnable[Asked, tuple[Evidence, Answer]]:
    """Return what makes an answer of a question, with the evidence it is made from."""
    return RunnableLambda(_complete) | RunnableLambda(_gather) | RunnableLambda(_compose)


def chain_advice() -> Runnable[Described, Recommendation | ClarifyingQuestion]:
    """Return what makes a recommendation of a description, or the question to ask first."""
    return RunnableLambda(_read) | RunnableLambda(_decide)


def recommend_again(conversation: Conversation, knowledge: Knowledge) -> Recommendation:
    """Return what is recommended for what is known of a project by now."""
    return _add_precedents(recommend(conversation.profile, knowledge.lesson), knowledge)


def rank_passages(text: str, knowledge: Knowledge) -> tuple[Passage, ...]:
    """Return what bears on a text taken as a question, most relevant first."""
    return tuple(entry.passage for entry in gather_evidence(pose_question(text, knowledge), knowledge).found)


def _complete(asked: Asked) -> tuple[Question, Knowledge]:
    if asked.focus is None:
        return pose_question(asked.text, asked.knowledge, asked.context), asked.knowledge
    return complete_question(asked.text, asked.focus, asked.knowledge), asked.knowledge


def _gather(completed: tuple[Question, Knowledge]) -> tuple[Evidence, Knowledge]:
    question, knowledge = completed
    return gather_evidence(question, knowledge), knowledge


def _compose(gathered: tuple[Evidence, Knowledge]) -> tuple[Evidence, Answer]:
    evidence, knowledge = gathered
    return evidence, compose_answer(evidence, knowledge)


def _read(described: Described) -> tuple[Profile, Described]:
    profile, asked = described.conversation.profile, described.conversation.asked
    if described.settled is not None:
        return profile.add_findings(described.settled), described
    if numbered := _read_number(described):
        return numbered, described
    refined = refine_profile(profile, described.text, described.knowledge, described.also)
    if asked and asked not in refined.needs and (counted := count_examples(described.text, asked)):
        refined = refined.add_findings([_judge_examples(counted, described.text)])
    return refined, described


def _read_number(described: Described) -> Profile | None:
    """Return the profile after a bare number of examples, which says nothing else; None for any other message."""
    conversation, text = described.conversation, described.text
    counted = count_examples(text, conversation.open_need) if is_number(text) else None
    if counted is None:
        return None
    return conversation.profile.add_text(text).add_findings([_judge_examples(counted, text)]).add_quantities([counted])


def _judge_examples(counted: Examples, text: str) -> Finding:
    return Finding(need=Need.DATA_REQUIREMENT, leaning=judge_stock(counted), words=text)


def _decide(profiled: tuple[Profile, Described]) -> Recommendation | ClarifyingQuestion:
    profile, described = profiled
    before, knowledge = described.conversation, described.knowledge
    earlier = before.profile if before.verdict else None
    advice = advise(profile, knowledge.lesson, ask=before.may_ask, earlier=earlier)
    return advice if isinstance(advice, ClarifyingQuestion) else _add_precedents(advice, knowledge)


def _add_precedents(advice: Recommendation, knowledge: Knowledge) -> Recommendation:
    fullest = max(advice.profile.told, key=len, default="")
    precedents = find_precedents(fullest, advice.verdict, knowledge)
    return advice.model_copy(update={"precedents": precedents})
