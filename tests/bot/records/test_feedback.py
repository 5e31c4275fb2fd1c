"""Each user has one opinion of a reply: the last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from bot.records.feedback import LONGEST_COMMENT, Feedback
from bot.records.records import Records
from tests.bot.records.samples import ANN, BOB, make_feedback

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_feedback_is_kept_with_what_it_is_about(records: Records) -> None:
    records.feedback.keep_feedback(make_feedback(ANN, "a", "too long").model_copy(update={"written_at": DAY}))

    assert records.export_user(ANN)["feedback"] == [
        {
            "reply": "a",
            "user": ANN,
            "thumb": "down",
            "comment": "too long",
            "kind": "recommendation",
            "verdict": "both",
            "written_at": "2026-03-01T12:00:00+00:00",
        }
    ]


def test_a_second_opinion_of_the_same_reply_replaces_the_first(records: Records) -> None:
    records.feedback.keep_feedback(make_feedback(ANN, "a", "too long"))
    records.feedback.keep_feedback(Feedback(reply="a", user=ANN, thumb="up", kind="answer"))

    (kept,) = records.export_user(ANN)["feedback"]
    assert (kept["thumb"], kept["comment"], kept["kind"], kept["verdict"]) == ("up", None, "answer", None)


def test_others_and_other_replies_keep_theirs(records: Records) -> None:
    for user, reply in ((ANN, "a"), (ANN, "b"), (BOB, "a")):
        records.feedback.keep_feedback(make_feedback(user, reply, "too long"))

    assert len(records.export_user(ANN)["feedback"]) == 2
    assert len(records.export_user(BOB)["feedback"]) == 1


def test_a_comment_is_as_long_as_it_may_be_and_no_longer(records: Records) -> None:
    records.feedback.keep_feedback(make_feedback(ANN, "a", "é" * LONGEST_COMMENT))

    assert records.export_user(ANN)["feedback"][0]["comment"] == "é" * LONGEST_COMMENT
    with pytest.raises(ValidationError, match="at most 1000 characters"):
        make_feedback(ANN, "a", "é" * (LONGEST_COMMENT + 1))
