"""What the bot remembers: each conversation for whoever holds it, and each event once; with records, over a restart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.errors import RecordError
from bot.memory import MOST_CONVERSATIONS, MOST_EVENTS, MOST_QUESTIONS, UNREADABLE, Memory, Place
from bot.records.conversations import Conversations
from bot.records.records import Records
from bot.records.servers import ServerSettings
from knowledge.signals import Need
from retrieval.conversation import Conversation
from tests.bot.records.samples import make_conversation, make_shown

HERE = Place(channel=1, user=1)
ASKED = Conversation(asked=Need.PRIVACY)
SECRET = "Anns-own-words"
OpenRecords = Callable[[], Records]


class LastingConversations(Conversations):
    """Conversations that outlive a memory without a file, and count how often they are recalled."""

    def __init__(self) -> None:
        self.kept: dict[Place, Conversation] = {}
        self.recalls = 0

    def recall(self, place: Place) -> Conversation | None:
        self.recalls += 1
        return self.kept.get(place)

    def remember(self, place: Place, conversation: Conversation) -> None:
        self.kept[place] = conversation


class LastingRecords(Records):
    """Records of nothing but such conversations."""

    def __init__(self) -> None:
        self.conversations: LastingConversations = LastingConversations()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def open_records(file: Path) -> OpenRecords:
    """Return a function that opens the same file with a further instance, as after a restart."""
    return lambda: Records(sa.URL.create("sqlite", database=str(file)), 30)


@pytest.fixture
def memory() -> Memory:
    return Memory()


def test_a_conversation_is_new_where_none_was_held(memory: Memory) -> None:
    assert memory.recall(HERE) == Conversation()


def test_a_conversation_goes_on_where_it_stopped(memory: Memory) -> None:
    memory.remember(HERE, ASKED)

    assert memory.recall(HERE) == ASKED


@pytest.mark.parametrize("other", [Place(channel=1, user=2), Place(channel=2, user=1), Place(channel=2, user=2)])
def test_nobody_else_and_no_other_channel_sees_a_conversation(memory: Memory, other: Place) -> None:
    memory.remember(HERE, ASKED)

    assert memory.recall(other) == Conversation()


def test_an_event_is_new_once(memory: Memory) -> None:
    assert memory.is_new(7)
    assert not memory.is_new(7)
    assert memory.is_new(8)


def test_a_question_on_hold_is_found_by_its_key(memory: Memory) -> None:
    memory.hold_question("a", 7, "why?")

    assert memory.find_question("a") == "why?"
    assert memory.find_question("b") is None


def test_where_there_is_too_much_the_oldest_is_forgotten(memory: Memory) -> None:
    for number in range(MOST_CONVERSATIONS + 1):
        memory.remember(Place(channel=number, user=1), ASKED)
    for number in range(MOST_EVENTS + 1):
        memory.is_new(number)
    for number in range(MOST_QUESTIONS + 1):
        memory.hold_question(str(number), 7, "why?")

    assert memory.find_question("0") is None
    assert memory.find_question("1")
    assert memory.recall(Place(channel=0, user=1)) == Conversation()
    assert memory.recall(Place(channel=1, user=1)) == ASKED
    assert memory.is_new(0)
    assert not memory.is_new(MOST_EVENTS)


def test_with_records_a_conversation_goes_on_after_a_restart(open_records: OpenRecords) -> None:
    kept = make_conversation(SECRET)
    Memory(open_records()).remember(HERE, kept)

    assert Memory(open_records()).recall(HERE) == kept


def test_records_are_asked_once_after_a_restart_and_not_while_a_conversation_goes_on() -> None:
    records = LastingRecords()
    records.conversations.remember(HERE, ASKED)
    memory = Memory(records)

    assert [memory.recall(HERE) for _ in range(3)] == [ASKED] * 3
    assert records.conversations.recalls == 1
    memory.remember(HERE, Conversation())
    assert memory.recall(HERE) == Conversation()
    assert records.conversations.recalls == 1


def test_records_give_back_what_memory_had_no_room_for() -> None:
    memory = Memory(LastingRecords())
    memory.remember(HERE, ASKED)
    for number in range(MOST_CONVERSATIONS):
        memory.remember(Place(channel=number, user=2), Conversation())

    assert memory.recall(HERE) == ASKED


def test_a_turn_that_ends_while_records_are_asked_is_not_lost() -> None:
    """Recalling takes its time; what is remembered meanwhile is newer than what it finds."""
    records = LastingRecords()
    busy = Memory(records)

    class SlowConversations(LastingConversations):
        def recall(self, place: Place) -> Conversation | None:
            found = super().recall(place)
            busy.remember(place, ASKED)
            return found

    records.conversations = SlowConversations()

    assert busy.recall(HERE) == ASKED
    assert busy.recall(HERE) == ASKED


def test_a_user_who_is_erased_is_forgotten_for_good_and_nobody_else_is(open_records: OpenRecords) -> None:
    memory, shown = Memory(open_records()), make_shown(1, SECRET)
    others = Place(channel=1, user=2)
    for place in (HERE, Place(channel=2, user=1), others):
        memory.remember(place, ASKED)
    memory.keep_reply(shown)
    memory.keep_feedback(shown.key, 1, "up", None)

    assert memory.erase_user(1) == 4

    for later in (memory, Memory(open_records())):
        assert later.recall(HERE) == Conversation()
        assert later.recall(others) == ASKED
        assert later.find_reply(shown.key) is None


def test_without_records_a_user_can_be_erased_from_memory(memory: Memory) -> None:
    memory.remember(HERE, ASKED)

    assert memory.erase_user(1) == 0
    assert memory.recall(HERE) == Conversation()


def test_records_that_cannot_be_used_break_nothing_and_are_logged_without_contents(
    open_records: OpenRecords, file: Path
) -> None:
    file.write_bytes(b"not a database " * 100)
    memory, kept, shown = Memory(open_records()), make_conversation(SECRET), make_shown(1, SECRET)

    with capture_logs() as logs:
        assert memory.recall(HERE) == Conversation()
        memory.remember(HERE, kept)
        memory.keep_reply(shown)
        assert memory.recall(HERE) == kept
        assert memory.find_reply(shown.key) == shown
        assert memory.find_reply("another") is None
        assert not memory.keep_feedback(shown.key, 1, "down", SECRET)
        assert memory.recall_server(7) == UNREADABLE

    assert {entry["log_level"] for entry in logs} == {"warning"}
    assert len(logs) == 6
    assert all("bot.sqlite3 must be a database" in entry["reason"] for entry in logs)
    assert SECRET not in str(logs)


def test_records_are_used_again_as_soon_as_they_can_be(open_records: OpenRecords, file: Path) -> None:
    file.write_bytes(b"not a database " * 100)
    memory = Memory(open_records())
    with capture_logs():
        memory.remember(HERE, ASKED)
    file.unlink()

    memory.remember(HERE, ASKED)

    assert Memory(open_records()).recall(HERE) == ASKED


def test_what_could_not_be_looked_up_is_not_lost_by_what_is_said_without_it(
    open_records: OpenRecords, file: Path
) -> None:
    Memory(open_records()).remember(HERE, ASKED)
    memory, kept = Memory(open_records()), file.read_bytes()
    file.write_bytes(b"not a database " * 100)
    with capture_logs():
        assert memory.recall(HERE) == Conversation()
    file.write_bytes(kept)

    memory.remember(HERE, Conversation())

    assert Memory(open_records()).recall(HERE) == ASKED


@pytest.mark.parametrize("erased", [True, False])
def test_where_nothing_is_kept_a_failed_look_up_does_no_harm(
    open_records: OpenRecords, file: Path, *, erased: bool
) -> None:
    memory = Memory(open_records())
    if erased:
        memory.remember(HERE, Conversation())
        memory = Memory(open_records())
    kept = file.read_bytes() if erased else b""
    file.write_bytes(b"not a database " * 100)
    with capture_logs():
        memory.recall(HERE)
    file.write_bytes(kept)
    if erased:
        memory.erase_user(HERE.user)

    memory.remember(HERE, ASKED)

    assert Memory(open_records()).recall(HERE) == ASKED


def test_the_settings_of_a_server_are_known_at_once_when_they_have_been_looked_up(open_records: OpenRecords) -> None:
    memory = Memory(open_records())

    assert memory.find_server(7) is None
    assert memory.recall_server(7) == memory.find_server(7) == ServerSettings()
    assert memory.find_server(0) == Memory().find_server(7) == ServerSettings()


def test_whoever_wants_to_be_forgotten_learns_that_this_could_not_be_done(
    open_records: OpenRecords, file: Path
) -> None:
    memory = Memory(open_records())
    file.write_bytes(b"not a database " * 100)

    with pytest.raises(RecordError):
        memory.erase_user(1)


def test_replies_feedback_and_settings_of_servers_outlive_a_restart(open_records: OpenRecords) -> None:
    memory, shown = Memory(open_records()), make_shown(1, SECRET)
    memory.keep_reply(shown)
    memory.change_server(7, {"private": True})

    later = Memory(open_records())

    assert later.find_reply(shown.key) == shown
    assert later.keep_feedback(shown.key, 2, "down", "why?")
    assert [each["comment"] for each in later.export_user(2)["feedback"]] == ["why?"]
    assert later.recall_server(7).private
    later.forget_server(7)
    assert Memory(open_records()).recall_server(7) == ServerSettings()


def test_settings_that_cannot_be_read_are_not_changed(open_records: OpenRecords, file: Path) -> None:
    Memory(open_records()).change_server(7, {"language": "de"})
    memory, kept = Memory(open_records()), file.read_bytes()
    file.write_bytes(b"not a database " * 100)
    with pytest.raises(RecordError):
        memory.change_server(7, {"threads": False})
    file.write_bytes(kept)

    memory.change_server(7, {"threads": False})

    assert memory.recall_server(7) == ServerSettings(language="de", threads=False)


def test_a_reply_is_shared_once_also_after_a_restart(open_records: OpenRecords) -> None:
    memory, shown = Memory(open_records()), make_shown(1, SECRET)
    memory.keep_reply(shown)
    later = Memory(open_records())

    assert not later.claim_share("another")
    assert later.claim_share(shown.key)
    assert not later.claim_share(shown.key)
    assert not Memory(open_records()).claim_share(shown.key)


def test_a_reply_whose_sharing_failed_may_be_shared_again(memory: Memory) -> None:
    shown = make_shown(1, SECRET)
    memory.keep_reply(shown)
    memory.claim_share(shown.key)

    memory.release_share(shown.key)

    assert memory.claim_share(shown.key)


def test_of_many_who_share_a_reply_at_once_one_does(memory: Memory) -> None:
    shown = make_shown(1, SECRET)
    memory.keep_reply(shown)

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(memory.claim_share, [shown.key] * 100))

    assert claims.count(True) == 1


def test_the_messages_of_a_reply_are_kept_unless_it_was_taken_back(open_records: OpenRecords) -> None:
    memory, shown = Memory(open_records()), make_shown(1, SECRET)
    memory.keep_reply(shown)
    memory.keep_messages(shown.key, [3, 4])
    kept = Memory(open_records()).find_reply(shown.key)

    memory.forget_reply(shown.key)
    memory.keep_messages(shown.key, [5])

    assert kept == shown.model_copy(update={"messages": (3, 4)})
    assert memory.find_reply(shown.key) is Memory(open_records()).find_reply(shown.key) is None
