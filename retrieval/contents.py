"""What a lesson holds on each topic: what it says itself, what goes beyond it, and what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from knowledge.comparison import Method
from knowledge.lesson import Lesson, Passage
from knowledge.topics import load_topics
from retrieval.sections import drop_repeats, join_parts

Whole = Literal["lesson", "addition"]
Further = Literal["practice", "myth", "question"]
WHOLE: tuple[Whole, ...] = get_args(Whole)
"""What the lesson itself says on a topic, and what goes beyond it."""
FURTHER: tuple[Further, ...] = get_args(Further)
"""What else there may be on a topic."""
ORDER = (Method.BOTH, Method.FINE_TUNING, Method.PROMPT_ENGINEERING)
"""What compares the methods comes before what is about one of them."""


class LessonSection(BaseModel):
    """Passages of one topic that belong together."""

    model_config = ConfigDict(frozen=True)

    part: Whole | Further
    passages: tuple[Passage, ...]


class LessonPage(BaseModel):
    """Everything the lesson holds on one topic, but for cases and terms, which have lists of their own."""

    model_config = ConfigDict(frozen=True)

    topic: str
    title: str
    sections: tuple[LessonSection, ...]
    """None of them empty; what the lesson itself says comes first."""


class TopicEntry(BaseModel):
    """A topic, and the passage that says most about it."""

    model_config = ConfigDict(frozen=True)

    title: str
    main: Passage


def list_contents(lesson: Lesson) -> dict[str, TopicEntry]:
    """Return the topics by their ids: ours in the lesson's order, then those of somebody's own."""
    found: dict[str, list[Passage]] = {}
    for passage in lesson.passages:
        if passage.kind == "topic":
            found.setdefault(passage.topic, []).append(passage)
    order = dict.fromkeys([*(topic for topic in load_topics() if topic in found), *found])
    return {topic: _enter_topic(topic, found[topic]) for topic in order}


def compose_page(topic: str, title: str, lesson: Lesson) -> LessonPage:
    """Return everything on a topic; what compares the methods comes first."""
    passages = [passage for passage in lesson.passages if passage.topic == topic]
    taught = sorted(_list_taught(passages, addition=False), key=lambda passage: ORDER.index(passage.method))
    parts: dict[Whole | Further, Sequence[Passage]] = {
        "lesson": drop_repeats(taught),
        "addition": drop_repeats(_list_taught(passages, addition=True)),
        **{part: join_parts(passage for passage in passages if passage.kind == part) for part in FURTHER},
    }
    sections = tuple(LessonSection(part=part, passages=tuple(found)) for part, found in parts.items() if found)
    return LessonPage(topic=topic, title=title, sections=sections)


def _enter_topic(topic: str, passages: Iterable[Passage]) -> TopicEntry:
    main = min(passages, key=lambda passage: (passage.addition, ORDER.index(passage.method)))
    known = load_topics().get(topic)
    return TopicEntry(title=known.title if known else main.heading, main=main)


def _list_taught(passages: Iterable[Passage], *, addition: bool) -> list[Passage]:
    return [passage for passage in passages if passage.kind == "topic" and passage.addition is addition]
