"""Gaps as whoever writes the lesson wants to see them: what is missing most, first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.gaps.gap import Gap
from retrieval.assistant import Assistant

MOST_OTHERS = 5


class GapGroup(BaseModel):
    """Questions that ask for the same thing."""

    model_config = ConfigDict(frozen=True)

    count: int
    typical: str
    """The question nearest to the middle of all."""
    others: tuple[str, ...]
    """Some that put it otherwise, nearest to the middle first."""
    topic: str | None
    """What most of them are nearest to; null where that is nothing."""


class TopicCount(BaseModel):
    """How many questions are nearest to a topic; null stands for none."""

    model_config = ConfigDict(frozen=True)

    topic: str | None
    count: int


class GapReport(BaseModel):
    """All gaps that are kept."""

    model_config = ConfigDict(frozen=True)

    groups: tuple[GapGroup, ...] = ()
    """Of the questions whose text is kept, the largest first."""
    without_text: tuple[TopicCount, ...] = ()
    """Of those whose text is not, the most frequent topic first."""


def report_gaps(gaps: Sequence[Gap], assistant: Assistant) -> GapReport:
    """Group the questions whose text is kept by meaning, and count the others by topic."""
    texts = {gap.key: gap.text for gap in gaps if gap.text is not None}
    kept = [gap for gap in gaps if gap.key in texts]
    groups = assistant.group_texts([texts[gap.key] for gap in kept])
    return GapReport(
        groups=tuple(_describe_group([kept[place] for place in group], texts) for group in groups),
        without_text=_count_topics([gap for gap in gaps if gap.text is None]),
    )


def _describe_group(gaps: list[Gap], texts: dict[str, str]) -> GapGroup:
    """Describe gaps of one meaning, the typical one first."""
    typical, *others = dict.fromkeys(texts[gap.key] for gap in gaps)
    return GapGroup(
        count=len(gaps), typical=typical, others=tuple(others[:MOST_OTHERS]), topic=_count_topics(gaps)[0].topic
    )


def _count_topics(gaps: Sequence[Gap]) -> tuple[TopicCount, ...]:
    counts = Counter(gap.topic for gap in gaps)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0] or ""))
    return tuple(TopicCount(topic=topic, count=count) for topic, count in ranked)
