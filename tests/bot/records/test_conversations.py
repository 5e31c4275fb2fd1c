"""A conversation is kept for its place and for nobody else, over a restart and beside others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.records.conversations import Place
from bot.records.records import Records
from knowledge.signals import Need
from retrieval.conversation import Conversation
from tests.bot.records.conftest import ChangeFile, OpenRecords
from tests.bot.records.samples import ANN, BOB, CHANNEL, make_conversation

HERE = Place(CHANNEL, ANN)
KEPT = make_conversation("two hundred letters")


def test_nothing_is_recalled_before_anything_is_kept(records: Records) -> None:
    assert records.conversations.recall(HERE) is None


def test_a_conversation_is_the_same_after_a_restart(records: Records, open_records: OpenRecords) -> None:
    records.conversations.remember(HERE, KEPT)

    assert open_records().conversations.recall(HERE) == KEPT


def test_every_field_of_the_kept_conversation_differs_from_its_default() -> None:
    """Else the test before would not notice a field that gets lost."""
    new = Conversation()

    assert [name for name in Conversation.model_fields if getattr(KEPT, name) == getattr(new, name)] == []


def test_a_later_turn_takes_the_place_of_the_earlier(records: Records) -> None:
    records.conversations.remember(HERE, KEPT)
    records.conversations.remember(HERE, Conversation(asked=Need.PRIVACY))

    assert records.conversations.recall(HERE) == Conversation(asked=Need.PRIVACY)


@pytest.mark.parametrize("other", [Place(CHANNEL, BOB), Place(CHANNEL + 1, ANN)])
def test_what_is_said_elsewhere_or_by_others_neither_shows_nor_is_changed(other: Place, records: Records) -> None:
    records.conversations.remember(HERE, KEPT)

    assert records.conversations.recall(other) is None
    records.conversations.remember(other, Conversation())
    assert records.conversations.recall(HERE) == KEPT
    assert records.conversations.recall(other) == Conversation()


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"verdict": "magic"}', '{"profile": {"findings": [{}]}}'])
def test_a_conversation_that_no_longer_fits_counts_as_none_until_the_next_turn(
    content: str, records: Records, change_file: ChangeFile
) -> None:
    records.conversations.remember(HERE, KEPT)
    change_file(f"UPDATE conversations SET content = '{content}'")

    assert records.conversations.recall(HERE) is None
    records.conversations.remember(HERE, KEPT)
    assert records.conversations.recall(HERE) == KEPT


def test_threads_that_keep_and_recall_at_the_same_time_do_not_disturb_each_other(records: Records) -> None:
    """All begin on a file that is not there yet, and each writes to a place of its own and to one that all share."""
    conversations = records.conversations

    def talk(thread: int) -> list[Conversation | None]:
        recalled = []
        for turn in range(5):
            conversations.remember(Place(thread, ANN), make_conversation(f"turn {turn} of {thread}"))
            conversations.remember(HERE, KEPT)
            recalled += [conversations.recall(Place(thread, ANN)), conversations.recall(HERE)]
        return recalled

    with ThreadPoolExecutor(max_workers=8) as threads:
        talks = list(threads.map(talk, range(8)))

    for thread, recalled in enumerate(talks):
        assert recalled[::2] == [make_conversation(f"turn {turn} of {thread}") for turn in range(5)]
        assert recalled[1::2] == [KEPT] * 5


def test_two_processes_may_begin_at_the_same_time(open_records: OpenRecords) -> None:
    """Instances of their own stand for processes; neither finds half of the tables."""
    both = (open_records(), open_records())

    with ThreadPoolExecutor(max_workers=2) as threads:
        list(threads.map(lambda records, user: records.conversations.remember(Place(1, user), KEPT), both, (ANN, BOB)))

    assert [both[0].conversations.recall(Place(1, user)) for user in (ANN, BOB)] == [KEPT, KEPT]
