"""The one door: a conversation and a message in, an outcome and the conversation as it then stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, TypeAlias

from langchain_core.runnables import Runnable, RunnableLambda

from knowledge.comparison import Feature, Method
from knowledge.errors import StoreError
from knowledge.lesson import Passage
from knowledge.reader import ADVISED, Context, describe_context
from knowledge.signals import Need, Signal
from knowledge.store import Knowledge, Store
from knowledge.topics import load_topics
from retrieval.advisor import advise, recommend, settle_choice
from retrieval.answer import Answer, Citation, ComparisonShown, OutOfScope, Smalltalk
from retrieval.cases import search_cases
from retrieval.conversation import Conversation
from retrieval.evidence import Evidence, gather_evidence, is_covered
from retrieval.extractive import cite_opening, compose_answer
from retrieval.grouping import Group, group_texts
from retrieval.hypothesis import Hypothesis, NoProject, WhatIf, try_hypothesis
from retrieval.library import Library
from retrieval.message import Message, Rejected, detect_language, read_message
from retrieval.precedents import find_precedents
from retrieval.profile import Finding, Profile
from retrieval.question import Focus, Question, complete_question, pose_question
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.refinement import refine_profile
from retrieval.routing import Command, Kind, begins_anew, route_message, sort_smalltalk
from retrieval.supposition import find_supposed

Outcome: TypeAlias = (
    Answer
    | ComparisonShown
    | Recommendation
    | ClarifyingQuestion
    | WhatIf
    | NoProject
    | Smalltalk
    | OutOfScope
    | Rejected
)

SKIP = "skip"
CHOICE = "when-to-choose"
"""The topic that "why?" is about after a recommendation."""
NEAR_PASSAGES = 3


class Turn(NamedTuple):
    """What a message led to."""

    outcome: Outcome
    conversation: Conversation


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


class Assistant:
    """Answers questions about the lesson and applies it to projects; safe to call from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._knowledge = store.open()
        self._previous: Knowledge | None = None
        self.question_chain: Runnable[Asked, tuple[Evidence, Answer]] = (
            RunnableLambda(_complete) | RunnableLambda(_gather) | RunnableLambda(_compose)
        )
        self.advice_chain: Runnable[Described, Recommendation | ClarifyingQuestion] = RunnableLambda(
            _read
        ) | RunnableLambda(_decide)

    def reply(self, conversation: Conversation, text: str, command: Command | None = None) -> Turn:
        """Return what a message leads to; a command says whether its text is a question or a project."""
        message = read_message(text)
        if isinstance(message, Rejected):
            return Turn(message, conversation)
        knowledge = self._refresh()
        try:
            return self._reply(conversation, message, command, knowledge)
        except StoreError:
            # The store broke under us: it is checked and, where needed, built again by opening it.
            return self._reply(conversation, message, command, self._reopen(knowledge))

    def suppose(self, conversation: Conversation, supposed: Signal) -> Hypothesis:
        """Return what would be recommended for the project of a conversation, which itself stays as it is."""
        return try_hypothesis(conversation, supposed, self._refresh().lesson)

    def compare(self, words: str | None = None) -> ComparisonShown | None:
        """Return the table, or the row that is meant; None where no row is meant."""
        comparison = self._refresh().lesson.comparison
        if words is None:
            return ComparisonShown(features=comparison.features)
        found = comparison.find_feature(words)
        return ComparisonShown(features=(found,)) if found else None

    def suggest_features(self, words: str) -> list[Feature]:
        """Return the rows, those whose label is nearest to `words` first."""
        comparison = self._refresh().lesson.comparison
        return comparison.suggest_features(words) if words.strip() else list(comparison.features)

    def cite_features(self, features: tuple[Feature, ...]) -> list[Citation]:
        """Return where the lesson says what rows of the table say."""
        lesson = self._refresh().lesson
        passages = (lesson.find_passage(row.topic, Method.BOTH) for row in features)
        return [cite_opening(passage) for passage in passages if passage]

    def open_library(self) -> Library:
        """Return the lesson in use to browse."""
        return Library(self._refresh().lesson)

    def search_cases(self, words: str) -> list[Passage]:
        """Return the published cases near to words, the nearest first; few or none."""
        knowledge = self._refresh()
        try:
            return search_cases(words, knowledge)
        except StoreError:
            return search_cases(words, self._reopen(knowledge))

    def find_citation(self, passage_id: str) -> Citation | None:
        """Return a passage by its id, quoted by the sentence that answers; None where the lesson holds none of it."""
        passages = self._refresh().lesson.passages
        found = next((passage for passage in passages if passage.id == passage_id), None)
        return cite_opening(found) if found else None

    def group_texts(self, texts: Sequence[str]) -> list[Group]:
        """Return the texts grouped by meaning, the largest group first."""
        return group_texts(texts, self._refresh().embedder)

    def rank_passages(self, question: str) -> tuple[Passage, ...]:
        """Return what bears on a question that stands alone, most relevant first, be it one to answer or not.

        StoreError where the store broke since it was opened; a reply mends it.
        """
        message = read_message(question)
        return () if isinstance(message, Rejected) else _rank_passages(message.text, self._refresh())

    def _reply(
        self, conversation: Conversation, message: Message, command: Command | None, knowledge: Knowledge
    ) -> Turn:
        if conversation.asked and (settled := _settle_question(message.text, conversation.asked)) is not None:
            return self._advise(Described(message.text, conversation, knowledge, settled))
        if language := detect_language(message.text):
            return Turn(OutOfScope(reason="language", language=language), conversation)
        kind = route_message(message.text, conversation, knowledge, command)
        if kind in ("near", "unrelated", "smalltalk") and is_covered(message.text, knowledge):
            kind = "question"
        return self._follow(kind, conversation, message.text, knowledge)

    def _follow(self, kind: Kind, conversation: Conversation, text: str, knowledge: Knowledge) -> Turn:
        match kind:
            case "question" | "follow_up":
                focus = conversation.focus if kind == "follow_up" else None
                turn = self._ask(Asked(text, focus, conversation.context, knowledge), conversation)
            case "project":
                anew = begins_anew(text, conversation, knowledge)
                turn = self._advise(Described(text, Conversation() if anew else conversation, knowledge))
            case "reasons":
                advice = recommend(conversation.profile, knowledge.lesson)
                turn = Turn(_add_precedents(advice, knowledge), conversation)
            case "supposition":
                turn = self._suppose(conversation, text, knowledge)
            case "comparison":
                turn = _show_table(conversation, knowledge)
            case "smalltalk":
                turn = Turn(Smalltalk(sort=sort_smalltalk(text)), conversation)
            case "attack" | "near" | "unrelated":
                near = () if kind == "attack" else _rank_passages(text, knowledge)[:NEAR_PASSAGES]
                turn = Turn(OutOfScope(reason=kind, near=near), conversation)
        return turn

    def _suppose(self, conversation: Conversation, text: str, knowledge: Knowledge) -> Turn:
        """Try what a message supposes; where nothing known is supposed, take it as a question."""
        supposed = find_supposed(text, knowledge)
        if supposed is None:
            return self._ask(Asked(text, None, conversation.context, knowledge), conversation)
        return Turn(try_hypothesis(conversation, supposed, knowledge.lesson), conversation)

    def _ask(self, asked: Asked, conversation: Conversation) -> Turn:
        evidence, answer = self.question_chain.invoke(asked)
        shown = evidence.question.shown.union(citation.passage.id for citation in answer.citations)
        first, question = answer.citations[0].passage, evidence.question
        # What was asked about tells more than what was found, but for topics of somebody's own lesson.
        topic = question.topic if first.topic in load_topics() else first.topic
        focus = Focus(topic=topic, method=question.method, shown=shown)
        context = describe_context(focus.topic, focus.method)
        return Turn(answer, conversation.model_copy(update={"focus": focus, "context": context}))

    def _advise(self, described: Described) -> Turn:
        advice = self.advice_chain.invoke(described)
        if isinstance(advice, ClarifyingQuestion):
            update = {"profile": advice.profile, "asked": advice.need, "may_ask": False, "context": ADVISED}
        else:
            focus = Focus(topic=CHOICE, method=Method(advice.verdict))
            update = {
                "asked": None,
                "may_ask": False,
                "context": ADVISED,
                "verdict": advice.verdict,
                "focus": focus,
                "profile": advice.profile,
            }
        return Turn(advice, described.conversation.model_copy(update=update))

    def _refresh(self) -> Knowledge:
        """Return what we know, opened anew where another lesson has been put to use since."""
        knowledge = self._knowledge
        return knowledge if self._store.name_generation() == knowledge.generation else self._reopen(knowledge)

    def _reopen(self, stale: Knowledge) -> Knowledge:
        """Open the lesson in use in the place of what is stale, once, however many callers found it so."""
        with self._lock:
            if self._knowledge is not stale:
                return self._knowledge
            if self._previous is not None:
                self._previous.index.close()
            # Others may still be searching the present index; it is closed at the next change.
            self._previous, self._knowledge = self._knowledge, self._store.open()
            return self._knowledge


def _settle_question(text: str, need: Need) -> tuple[Finding, ...] | None:
    """Return what an answer to the clarifying question settles, which for Skip is nothing; None for free text."""
    if text.strip().lower() == SKIP:
        return ()
    settled = settle_choice(need, text)
    return (settled,) if settled else None


def _show_table(conversation: Conversation, knowledge: Knowledge) -> Turn:
    """Return the table, after which "the first one" is its first row."""
    features = knowledge.lesson.comparison.features
    if not features:
        return Turn(ComparisonShown(features=()), conversation)
    focus = Focus(topic=features[0].topic, method=Method.BOTH)
    update = {"focus": focus, "context": describe_context(focus.topic, focus.method)}
    return Turn(ComparisonShown(features=features), conversation.model_copy(update=update))


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
    profile = described.conversation.profile
    if described.settled is not None:
        return profile.add_findings(described.settled), described
    return refine_profile(profile, described.text, described.knowledge), described


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


def _rank_passages(text: str, knowledge: Knowledge) -> tuple[Passage, ...]:
    return tuple(entry.passage for entry in gather_evidence(pose_question(text, knowledge), knowledge).found)
