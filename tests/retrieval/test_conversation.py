"""What carries over from turn to turn."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from knowledge.comparison import Method
from knowledge.signals import Leaning, Need
from retrieval.conversation import Conversation
from retrieval.profile import Finding, Profile
from retrieval.question import Focus
from retrieval.recommendation import Verdict


def test_a_new_conversation_knows_nothing_and_may_ask() -> None:
    new = Conversation()

    assert (new.focus, new.profile.findings, new.verdict, new.asked, new.may_ask) == (None, (), None, None, True)


def test_a_conversation_can_be_kept_as_json_and_read_back() -> None:
    finding = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words="never leaves Zürich 🏔️")
    kept = Conversation(
        focus=Focus(topic="examples", method=Method.BOTH, shown=frozenset({"examples/both"})),
        profile=Profile(findings=(finding,)),
        verdict=Verdict.BOTH,
        asked=Need.FLEXIBILITY,
        may_ask=False,
    )

    assert Conversation.model_validate_json(kept.model_dump_json()) == kept


def test_a_conversation_is_a_value_that_nobody_can_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Conversation().may_ask = False  # type: ignore[misc]
