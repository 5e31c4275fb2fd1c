"""A reply that was shown is found by its key, also after a restart."""

from __future__ import annotations

import pytest

from bot.records.conversations import Place
from bot.records.records import Records
from bot.records.shown import ShownReply
from bot.reply import Reply
from tests.bot.records.conftest import ChangeFile, OpenRecords
from tests.bot.records.samples import ANN, BOB, CHANNEL, make_shown


def test_a_reply_is_found_after_a_restart_with_who_asked_where_and_when(
    records: Records, open_records: OpenRecords
) -> None:
    first, second = make_shown(ANN, "letters"), make_shown(BOB, "tickets")
    records.replies.keep_reply(first)
    records.replies.keep_reply(second)

    replies = open_records().replies
    assert replies.find_reply(first.key) == first
    assert replies.find_reply(second.key) == second


def test_a_reply_in_a_direct_message_has_no_server(records: Records) -> None:
    shown = ShownReply(user=ANN, channel=CHANNEL, reply=Reply(kind="smalltalk", text="Hello!"))
    records.replies.keep_reply(shown)

    found = records.replies.find_reply(shown.key)
    assert found is not None
    assert found.guild == 0


def test_how_a_reply_was_shown_is_found_with_it(records: Records, open_records: OpenRecords) -> None:
    shown = make_shown(ANN, "letters").model_copy(update={"messages": (ANN, BOB), "shared": True})
    records.replies.keep_reply(shown)

    assert open_records().replies.find_reply(shown.key) == shown


def test_a_reply_that_was_kept_before_it_mattered_how_it_was_shown_is_found(
    records: Records, change_file: ChangeFile
) -> None:
    shown = make_shown(ANN, "letters")
    records.replies.keep_reply(shown)
    change_file("UPDATE shown_replies SET content = json_remove(content, '$.messages', '$.shared')")

    assert records.replies.find_reply(shown.key) == shown


def test_a_reply_that_is_forgotten_is_kept_no_more_and_others_are(records: Records) -> None:
    first, second = make_shown(ANN, "letters"), make_shown(ANN, "tickets")
    records.replies.keep_reply(first)
    records.replies.keep_reply(second)

    records.replies.forget_reply(first.key)

    assert records.replies.find_reply(first.key) is None
    assert records.replies.find_reply(second.key) == second


def test_what_is_done_with_a_reply_goes_on_in_its_conversation() -> None:
    assert make_shown(ANN, "letters").place == Place(CHANNEL, ANN)


def test_a_key_that_was_never_given_finds_nothing(records: Records) -> None:
    records.replies.keep_reply(make_shown(ANN, "letters"))

    assert records.replies.find_reply(make_shown(ANN, "letters").key) is None


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"kind": "magic", "text": ""}'])
def test_a_reply_that_no_longer_fits_counts_as_none(content: str, records: Records, change_file: ChangeFile) -> None:
    shown = make_shown(ANN, "letters")
    records.replies.keep_reply(shown)
    change_file(f"UPDATE shown_replies SET content = '{content}'")

    assert records.replies.find_reply(shown.key) is None
