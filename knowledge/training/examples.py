"""What the reader learns from: our own authored sentences, labelled.

Besides the ways of asking in the lesson and the statements and messages of `signals/`, `inside/` and `outside/`, four
files here: `questions.jsonl`, `dialogues.jsonl`, `messages.jsonl`, and `scenarios.jsonl` with each finding's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Method
from knowledge.context import NEW, Context, describe_context
from knowledge.lesson import Lesson, Passage
from knowledge.reader import OTHER, SAME, Labels
from knowledge.signals import CHATTER, Leaning, Need, Signal, load_messages, load_statements
from knowledge.topics import load_topics

FOLDER = Path(__file__).parent

Kind = Literal["question", "term", "follow_up", "project", "update", "smalltalk", "near", "unrelated", "attack"]
Opening = Literal["plain", "yes", "no", "depends", "fine_tuning", "prompt_engineering", "false"]

BESIDE = 0.5
"""How much a question counts for the topic of a passage that is no topic page's."""

LABELS = Labels(
    signals=tuple(
        str(Signal(need, leaning))
        for need in Need
        for leaning in Leaning
        if (need is Need.CHANGING_FACTS) == (leaning is Leaning.RETRIEVAL)
    ),
    kinds=Kind.__args__,  # type: ignore[attr-defined]
    topics=(*load_topics(), SAME),
    methods=(*Method, SAME, OTHER),
    openings=Opening.__args__,  # type: ignore[attr-defined]
)


@dataclass(frozen=True)
class MessageExample:
    """A message in its context; what is None or empty is not known and not learnt from."""

    text: str
    kind: Kind
    context: Context = NEW
    topics: tuple[str, ...] = ()
    """Those an answer may come from, the best first."""
    method: Method | None = None
    relative: bool = False
    """Whether it means the method talked about before or the other one, and does not say itself which that is."""
    opening: Opening | None = None
    weight: float = 1.0

    @property
    def pair(self) -> tuple[str, str]:
        """What the encoder reads: its context and its text."""
        return self.context.words, self.text

    @property
    def topic_labels(self) -> tuple[str, ...]:
        """Those that are right, the best first: its topics, or the same as before."""
        goes_on = self.kind == "follow_up" and self.topics[:1] == (self.context.topic,)
        return (SAME, *self.topics[1:]) if goes_on else self.topics

    @property
    def method_labels(self) -> tuple[str, ...]:
        """The one that is right: its method, or how that relates to the one before; none where that is not known."""
        before = self.context.method
        if self.method is None:
            return ()
        if self.relative and before is not None:
            return (SAME,) if self.method is before else (OTHER,)
        return (str(self.method),)


class FindingMark(BaseModel):
    """A finding and the words that show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    need: Need
    leaning: Leaning
    words: str

    @property
    def signal(self) -> Signal:
        return Signal(self.need, self.leaning)


class ScenarioExample(BaseModel):
    """A described project, with all that it shows."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    findings: tuple[FindingMark, ...]


class QuestionExample(BaseModel):
    """A question that stands alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    topics: tuple[str, ...]
    method: Method
    opening: Opening


class TurnExample(BaseModel):
    """A message of a dialogue, with what it means in its context."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    kind: Kind
    topics: tuple[str, ...] = ()
    method: Method | None = None
    """Of a project and of what is added to it, what is recommended for it."""
    relative: bool = False
    """Whether its words tell the method only together with the turn before."""
    opening: Opening | None = None

    @property
    def describes(self) -> bool:
        """Whether it is answered with a recommendation."""
        return self.kind in ("project", "update")


class DialogueExample(BaseModel):
    """A conversation about the lesson."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[TurnExample, ...]


class KindExample(BaseModel):
    """A message of which only the kind is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    text: str


Shape = TypeVar("Shape", bound=BaseModel)


def read_lines(name: str, shape: type[Shape]) -> Iterator[Shape]:
    """Yield the examples of one file."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield shape.model_validate_json(line)


def list_messages(lesson: Lesson) -> Iterator[MessageExample]:
    """Yield every message that stands alone."""
    for passage in lesson.passages:
        yield from (_ask_for(passage, text) for text in passage.asked_as)
    for question in read_lines("questions", QuestionExample):
        yield MessageExample(
            question.text, "question", topics=question.topics, method=question.method, opening=question.opening
        )
    for message in read_lines("messages", KindExample):
        yield MessageExample(message.text, message.kind)
    for label, text in load_messages():
        yield MessageExample(text, label)  # type: ignore[arg-type] # the files are named after kinds
    for label, text in load_statements():
        if label != CHATTER:
            yield MessageExample(text, "update")


@cache
def list_turns() -> tuple[MessageExample, ...]:
    """Return every message of a dialogue in its context; there are many, and they are read once."""
    return tuple(turn for dialogue in read_lines("dialogues", DialogueExample) for turn in follow_turns(dialogue))


def follow_turns(dialogue: DialogueExample) -> Iterator[MessageExample]:
    """Yield the messages of a dialogue, each in the context of those before, all answered as their labels say."""
    context = NEW
    for turn in dialogue.turns:
        told = {"text", "kind"} if turn.describes else {"text", "kind", "topics", "method", "relative", "opening"}
        yield MessageExample(context=context, **turn.model_dump(include=told))
        context = lead_on(turn, context)


def lead_on(turn: TurnExample, context: Context) -> Context:
    """Return the context after a turn that is answered as its labels say; that before it, if it is not answered."""
    if not turn.topics or not turn.method:
        return context
    project, opening = context.project or turn.describes, turn.opening or "plain"
    # With another project everything begins anew.
    earlier = () if turn.kind == "project" and context.project else context.subjects
    return describe_context(turn.topics[0], turn.method, turn.text, opening, earlier, project=project)


def list_scenarios() -> list[ScenarioExample]:
    return list(read_lines("scenarios", ScenarioExample))


def _ask_for(passage: Passage, text: str) -> MessageExample:
    if passage.kind == "term":
        return MessageExample(text, "term")
    weight = 1.0 if passage.kind == "topic" else BESIDE
    return MessageExample(text, "question", topics=(passage.topic,), method=passage.method, weight=weight)
