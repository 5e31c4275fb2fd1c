"""The one door: a conversation and a message in, an outcome and the conversation as it then stands out."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from knowledge.comparison import Method
from knowledge.embedder import Embedder
from knowledge.errors import StoreError
from knowledge.lesson import Passage
from knowledge.reader import Reader
from knowledge.signals import Signal
from knowledge.store import Knowledge, Store
from knowledge.topics import CHOICE, load_topics
from retrieval.advisor import ask_about
from retrieval.answer import Answer, ComparisonShown, OutOfScope, Smalltalk
from retrieval.cases import search_cases
from retrieval.chains import Asked, Described, chain_advice, chain_question, rank_passages, recommend_again
from retrieval.clarification import asks_why, settle_question
from retrieval.conversation import Conversation
from retrieval.evidence import is_covered
from retrieval.grouping import Group, group_texts
from retrieval.hypothesis import Hypothesis, try_hypothesis
from retrieval.library import Library
from retrieval.message import Rejected, detect_language, read_message
from retrieval.patterns import sort_smalltalk
from retrieval.profile import Finding
from retrieval.question import Focus
from retrieval.recommendation import ClarifyingQuestion, Recommendation
from retrieval.routing import Command, Kind, asks_on, begins_anew, route_message
from retrieval.sources import cite_sources
from retrieval.supposition import find_supposed
from retrieval.turn import Outcome, Received, Turn

NEAR_PASSAGES = 3


class Assistant:
    """Answers questions about the lesson and applies it to projects; safe to call from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._knowledge = store.open()
        self._previous: Knowledge | None = None
        self.question_chain = chain_question()
        self.advice_chain = chain_advice()

    @property
    def reader(self) -> Reader:
        """What reads messages and descriptions."""
        return self._refresh().reader

    @property
    def embedder(self) -> Embedder:
        """What texts are compared by."""
        return self._refresh().embedder

    def reply(
        self, conversation: Conversation, text: str, command: Command | None = None, also: Sequence[Finding] = ()
    ) -> Turn:
        """Return what a message leads to.

        Args:
            conversation: What was said before.
            text: The message.
            command: Whether the text is a question or a project, where that is not to be found out.
            also: What somebody else has found in the text, should it describe a project.
        """
        message = read_message(text)
        if isinstance(message, Rejected):
            return Turn(message, conversation)
        received = Received(message.text, conversation, command, tuple(also))
        knowledge = self._refresh()
        try:
            return self._reply(received, knowledge)
        except StoreError:
            # The store broke under us: it is checked and, where needed, built again by opening it.
            return self._reply(received, self._reopen(knowledge))

    def suppose(self, conversation: Conversation, supposed: Signal) -> Hypothesis:
        """Return what would be recommended for the project of a conversation, which itself stays as it is."""
        return try_hypothesis(conversation, supposed, self._refresh().lesson)

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

    def group_texts(self, texts: Sequence[str]) -> list[Group]:
        """Return the texts grouped by meaning, the largest group first."""
        return group_texts(texts, self._refresh().embedder)

    def rank_passages(self, question: str) -> tuple[Passage, ...]:
        """Return what bears on a question that stands alone, most relevant first, be it one to answer or not.

        StoreError where the store broke since it was opened; a reply mends it.
        """
        message = read_message(question)
        return () if isinstance(message, Rejected) else rank_passages(message.text, self._refresh())

    def _reply(self, received: Received, knowledge: Knowledge) -> Turn:
        text, conversation = received.text, received.before
        if conversation.asked and (settled := settle_question(text, conversation.asked)) is not None:
            return self._advise(Described(text, conversation, knowledge, settled))
        if conversation.asked and conversation.was_advised and asks_why(text):
            return Turn(ask_about(conversation.asked, conversation.profile), conversation)
        if language := detect_language(text, knowledge.reader.words):
            return Turn(OutOfScope(reason="language", language=language), conversation)
        kind = route_message(text, conversation, knowledge, received.command)
        if kind in ("near", "unrelated", "smalltalk") and is_covered(text, knowledge):
            kind = "question"
        return self._follow(kind, received, knowledge)

    def _follow(self, kind: Kind, received: Received, knowledge: Knowledge) -> Turn:
        text, conversation = received.text, received.before
        match kind:
            case "question" | "follow_up":
                focus = conversation.focus if kind == "follow_up" else None
                turn = self._ask(Asked(text, focus, conversation.context, knowledge), conversation)
            case "project":
                anew = begins_anew(text, conversation, knowledge)
                # There is one round of questions, whatever is described meanwhile.
                before = Conversation(may_ask=not conversation.asked) if anew else conversation
                turn = self._advise(Described(text, before, knowledge, also=received.also))
                if not received.command and _tells_nothing(turn.outcome) and asks_on(text, conversation, knowledge):
                    turn = self._ask(Asked(text, conversation.focus, conversation.context, knowledge), conversation)
            case "reasons":
                turn = Turn(recommend_again(conversation, knowledge), conversation)
            case "sources":
                turn = _show_sources(conversation, knowledge)
            case "supposition":
                turn = self._suppose(conversation, text, knowledge)
            case "comparison":
                turn = _show_table(conversation, knowledge)
            case "smalltalk":
                sort = sort_smalltalk(text)
                turn = Turn(Smalltalk(sort=sort), Conversation() if sort == "forgotten" else conversation)
            case "attack" | "near" | "unrelated":
                near = () if kind == "attack" else rank_passages(text, knowledge)[:NEAR_PASSAGES]
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
        cited = tuple(citation.passage.id for citation in answer.citations)
        first, question = answer.citations[0].passage, evidence.question
        # What was asked about tells more than what was found, but for topics of somebody's own lesson.
        topic = question.topic if first.topic in load_topics() else first.topic
        focus = Focus(
            topic=topic,
            method=question.method,
            said=asked.text,
            opening=question.opening,
            earlier=conversation.subjects,
            project=conversation.has_project,
            shown=question.shown.union(cited),
            cited=cited,
        )
        return Turn(answer, conversation.model_copy(update={"focus": focus}), evidence)

    def _advise(self, described: Described) -> Turn:
        advice = self.advice_chain.invoke(described)
        if isinstance(advice, ClarifyingQuestion):
            method, result = Method.BOTH, dict[str, object](asked=advice.need)
        else:
            method = Method(advice.verdict)
            result = dict[str, object](asked=None, verdict=advice.verdict, raised=advice.next_need)
        told, earlier = advice.profile.told, described.conversation.subjects
        said = told[-1] if told else described.text
        focus = Focus(topic=CHOICE, method=method, said=said, earlier=earlier, project=True, advice=True)
        known = {"profile": advice.profile, "may_ask": False, "focus": focus}
        conversation = described.conversation.model_copy(update=known | result)
        return Turn(advice, conversation, described=described.settled is None)

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


def _tells_nothing(outcome: Outcome) -> bool:
    """Tell whether a message added nothing to what a recommendation was made of."""
    if not isinstance(outcome, Recommendation) or outcome.verdict is not outcome.earlier:
        return False
    return not outcome.news and not outcome.refitted


def _show_sources(conversation: Conversation, knowledge: Knowledge) -> Turn:
    """Show the lesson's words behind what was said last; that itself where the lesson is silent."""
    focus, cited = conversation.focus, cite_sources(conversation, knowledge.lesson)
    if focus and cited:
        names = tuple(citation.passage.id for citation in cited)
        update = {"focus": focus.model_copy(update={"shown": focus.shown.union(names), "cited": names})}
        return Turn(Answer(citations=cited), conversation.model_copy(update=update))
    if conversation.asked:
        return Turn(ask_about(conversation.asked, conversation.profile), conversation)
    return Turn(recommend_again(conversation, knowledge), conversation)


def _show_table(conversation: Conversation, knowledge: Knowledge) -> Turn:
    """Return the table, after which "the first one" is its first row."""
    features = knowledge.lesson.comparison.features
    if not features:
        return Turn(ComparisonShown(features=()), conversation)
    topic, project = features[0].topic, conversation.has_project
    focus = Focus(topic=topic, method=Method.BOTH, earlier=conversation.subjects, project=project)
    return Turn(ComparisonShown(features=features), conversation.model_copy(update={"focus": focus}))
