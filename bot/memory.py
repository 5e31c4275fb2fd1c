"""What the Discord bot remembers while it runs: conversations, questions on hold, and which events it has seen."""

from __future__ import annotations

from typing import NamedTuple

from cachetools import TTLCache

from retrieval.conversation import Conversation

MOST_CONVERSATIONS = 10_000
KEPT_FOR = 6 * 60 * 60
"""Seconds after its last turn for which a conversation is remembered."""
MOST_EVENTS = 10_000
MOST_QUESTIONS = 1_000


class Place(NamedTuple):
    """Where a conversation is held, and by whom: nobody else's words get into it."""

    channel: int
    user: int


class Memory:
    """Forgets by itself what is old, and the oldest where there is too much."""

    def __init__(self) -> None:
        self._conversations: TTLCache[Place, Conversation] = TTLCache(MOST_CONVERSATIONS, KEPT_FOR)
        self._events: TTLCache[int, bool] = TTLCache(MOST_EVENTS, KEPT_FOR)
        self._questions: TTLCache[str, str] = TTLCache(MOST_QUESTIONS, KEPT_FOR)

    def recall(self, place: Place) -> Conversation:
        """Return the conversation held in a place; a new one where there is none."""
        return self._conversations.get(place, Conversation())

    def remember(self, place: Place, conversation: Conversation) -> None:
        self._conversations[place] = conversation

    def hold_question(self, gap: str, text: str) -> None:
        """Remember a question that found nothing, by the key of its gap, for as long as its author may consent."""
        self._questions[gap] = text

    def find_question(self, gap: str) -> str | None:
        return self._questions.get(gap)

    def is_new(self, event: int) -> bool:
        """Tell whether an event comes for the first time; Discord may repeat one."""
        new = event not in self._events
        self._events[event] = True
        return new
