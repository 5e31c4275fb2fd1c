"""What the lesson says behind what was said last."""

from __future__ import annotations

from knowledge.lesson import Lesson
from retrieval.advisor import recommend
from retrieval.answer import Citation
from retrieval.conversation import Conversation
from retrieval.extractive import cite_opening

MOST = 4


def cite_sources(conversation: Conversation, lesson: Lesson) -> tuple[Citation, ...]:
    """Return the passages that the last answer shows, or those that give the reasons of the last recommendation.

    What counts most comes first; none where the lesson is silent.
    """
    cited = conversation.focus.cited if conversation.focus else ()
    named = [*dict.fromkeys(cited)] or _name_reasons(conversation, lesson)
    passages = {passage.id: passage for passage in lesson.passages}
    return tuple(cite_opening(passages[name]) for name in named[:MOST] if name in passages)


def _name_reasons(conversation: Conversation, lesson: Lesson) -> list[str]:
    advice = recommend(conversation.profile, lesson)
    return [*dict.fromkeys(reason.passage for reason in (*advice.reasons, *advice.objections) if reason.passage)]
