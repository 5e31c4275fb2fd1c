"""What the Discord bot remembers: conversations, questions on hold, and which events it has seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, Literal

import structlog
from cachetools import LRUCache, TTLCache

from bot.errors import RecordError
from bot.records.conversations import Place
from bot.records.feedback import Feedback
from bot.records.records import Records
from bot.records.servers import ServerSettings
from bot.records.shown import ShownReply
from bot.records.tables import tell_now
from retrieval.conversation import Conversation

__all__ = ["Memory", "Place"]

log = structlog.get_logger(__name__)

MOST_CONVERSATIONS = 10_000
KEPT_FOR = 6 * 60 * 60
"""Seconds after its last turn for which a conversation is held in memory; records keep it longer."""
MOST_EVENTS = 10_000
MOST_QUESTIONS = 1_000
MOST_REPLIES = 1_000
MOST_SERVERS = 1_000

UNREADABLE = ServerSettings(private=True)
"""Settings of a server where they cannot be read: what nobody was to see cannot be taken back."""


class Memory:
    """Forgets by itself what is old, and the oldest where there is too much; safe from several threads.

    With records, conversations outlive that and a restart. Where these cannot be used, it goes on without them.
    """

    def __init__(self, records: Records | None = None) -> None:
        self._records = records
        self._lock = Lock()
        self._conversations: TTLCache[Place, Conversation] = TTLCache(MOST_CONVERSATIONS, KEPT_FOR)
        self._unread: LRUCache[Place, bool] = LRUCache(MOST_CONVERSATIONS)
        """Places of which records may keep more than could be looked up."""
        self._events: TTLCache[int, bool] = TTLCache(MOST_EVENTS, KEPT_FOR)
        self._questions: TTLCache[str, tuple[int, str]] = TTLCache(MOST_QUESTIONS, KEPT_FOR)
        self._shown: TTLCache[str, ShownReply] = TTLCache(MOST_REPLIES, KEPT_FOR)
        self._servers: TTLCache[int, ServerSettings] = TTLCache(MOST_SERVERS, KEPT_FOR)

    def recall(self, place: Place) -> Conversation:
        """Return the conversation held in a place; a new one where there is none."""
        with self._lock:
            held = self._conversations.get(place)
        return held or self._look_up(place)

    def remember(self, place: Place, conversation: Conversation) -> None:
        with self._lock:
            self._conversations[place] = conversation
        with _forgo("a conversation could not be kept"):
            if self._records and self._may_replace(place, self._records):
                self._records.conversations.remember(place, conversation)

    def erase_user(self, user: int) -> int:
        """Forget a user, and return how many records that were; RecordError where records still keep them."""
        self._drop_user(user)
        erased = self._records.erase_user(user) if self._records else 0
        # What was looked up meanwhile goes, too.
        self._drop_user(user)
        return erased

    def export_user(self, user: int) -> dict[str, list[dict[str, Any]]]:
        """Return all that is kept of a user, as JSON has it; RecordError where that cannot be read."""
        return self._records.export_user(user) if self._records else {}

    def expire(self) -> int:
        """Delete what has grown old; return how many records that were. RecordError where that cannot be done."""
        return self._records.expire(tell_now()) if self._records else 0

    def keep_reply(self, shown: ShownReply) -> None:
        """Keep a reply for what can be done with it later."""
        with self._lock:
            self._shown[shown.key] = shown
        with _forgo("a reply could not be kept"):
            if self._records:
                self._records.replies.keep_reply(shown)

    def find_reply(self, key: str) -> ShownReply | None:
        """Return a reply that was shown; None where it is no longer known."""
        with self._lock:
            held = self._shown.get(key)
        if held or not self._records:
            return held
        with _forgo("a reply could not be looked up"):
            return self._records.replies.find_reply(key)
        return None

    def keep_messages(self, key: str, messages: Sequence[int]) -> None:
        """Keep in which messages a reply was shown, unless it is gone already."""
        self._change_reply(key, lambda _: {"messages": tuple(messages)})

    def claim_share(self, key: str) -> bool:
        """Count a reply as shared; tell whether it was not so before."""
        return self._change_reply(key, lambda shown: {} if shown.shared else {"shared": True})

    def release_share(self, key: str) -> None:
        """Let a reply be shared after all, where that failed."""
        self._change_reply(key, lambda _: {"shared": False})

    def forget_reply(self, key: str) -> None:
        """Keep nothing of a reply that was taken back."""
        with self._lock:
            self._shown.pop(key, None)
        with _forgo("a reply could not be forgotten"):
            if self._records:
                self._records.replies.forget_reply(key)

    def keep_feedback(self, key: str, user: int, thumb: Literal["up", "down"], comment: str | None) -> bool:
        """Keep what a user thinks of a reply; tell whether that could be done."""
        shown = self.find_reply(key)
        if shown is None or not self._records:
            return False
        kind, verdict = shown.reply.kind, shown.reply.verdict
        feedback = Feedback(reply=key, user=user, thumb=thumb, comment=comment, kind=kind, verdict=verdict)
        with _forgo("feedback could not be kept"):
            self._records.feedback.keep_feedback(feedback)
            return True
        return False

    def recall_server(self, guild: int) -> ServerSettings:
        """Return the settings of a server; the defaults outside of servers, `UNREADABLE` where they cannot be read."""
        with _forgo("the settings of a server could not be read"):
            return self._load_server(guild)
        return UNREADABLE

    def find_server(self, guild: int) -> ServerSettings | None:
        """Return the settings of a server at once; None where records have to be asked for them."""
        with self._lock:
            held = self._servers.get(guild)
        return held or (None if self._records and guild else ServerSettings())

    def change_server(self, guild: int, changes: Mapping[str, Any]) -> None:
        """Settle some of the settings of a server anew; RecordError where that cannot be done."""
        changed = self._load_server(guild).model_copy(update=changes)
        if self._records:
            self._records.servers.save_server(guild, changed)
        with self._lock:
            self._servers[guild] = changed

    def forget_server(self, guild: int) -> None:
        """Go back to the defaults for a server; RecordError where that cannot be done."""
        if self._records:
            self._records.servers.forget_server(guild)
        with self._lock:
            self._servers.pop(guild, None)

    def hold_question(self, gap: str, user: int, text: str) -> None:
        """Remember a question that found nothing, by the key of its gap, for as long as its author may consent."""
        with self._lock:
            self._questions[gap] = user, text

    def find_question(self, gap: str) -> str | None:
        with self._lock:
            held = self._questions.get(gap)
        return held and held[1]

    def is_new(self, event: int) -> bool:
        """Tell whether an event comes for the first time; Discord may repeat one."""
        with self._lock:
            new = event not in self._events
            self._events[event] = True
        return new

    def _change_reply(self, key: str, change: Callable[[ShownReply], dict[str, object]]) -> bool:
        """Change what is kept of a reply, each change after the other; tell whether anything changed."""
        found = self.find_reply(key)
        with self._lock:
            shown = self._shown.get(key, found)
            changes = change(shown) if shown else {}
            if shown is None or not changes:
                return False
            self._shown[key] = changed = shown.model_copy(update=changes)
        with _forgo("a reply could not be changed"):
            if self._records:
                self._records.replies.keep_reply(changed)
        return True

    def _drop_user(self, user: int) -> None:
        with self._lock:
            for places in (self._conversations, self._unread):
                for place in [place for place in places if place.user == user]:
                    places.pop(place, None)
            for key in [key for key, shown in self._shown.items() if shown.user == user]:
                self._shown.pop(key, None)
            for gap in [gap for gap, (author, _) in self._questions.items() if author == user]:
                self._questions.pop(gap, None)

    def _load_server(self, guild: int) -> ServerSettings:
        """Return the settings of a server, looked up where they are not known; RecordError where they cannot be."""
        if held := self.find_server(guild):
            return held
        kept = self._records.servers.load_server(guild) if self._records else ServerSettings()
        with self._lock:
            return self._servers.setdefault(guild, kept)

    def _may_replace(self, place: Place, records: Records) -> bool:
        """Tell whether nothing is kept of a place but what was looked up; RecordError where that cannot be told.

        What is kept is worth more than what was said without it.
        """
        with self._lock:
            unread = place in self._unread
        if unread and records.conversations.recall(place):
            return False
        with self._lock:
            self._unread.pop(place, None)
        return True

    def _look_up(self, place: Place) -> Conversation:
        """Return what records keep of a place, and hold it from now on."""
        if self._records:
            with _forgo("a conversation could not be recalled"):
                kept = self._records.conversations.recall(place) or Conversation()
                with self._lock:
                    self._unread.pop(place, None)
                    # A turn may have ended meanwhile.
                    return self._conversations.setdefault(place, kept)
            with self._lock:
                self._unread[place] = True
        return Conversation()


@contextmanager
def _forgo(what: str) -> Iterator[None]:
    """Go on without the records where they cannot be used."""
    try:
        yield
    except RecordError as error:
        log.warning(what, reason=str(error))
