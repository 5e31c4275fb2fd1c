"""The shapes of replies: every field always there, described by their JSON Schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
from pydantic import ValidationError

from bot.reply import Case, Failure, Replies, Reply
from bot.session import respond
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

FIELDS = [
    "kind", "text", "pages", "card", "citations", "opening", "features", "profile", "verdict", "confidence",
    "retrieval_advised", "reasons", "pulls", "flips", "what_ifs", "assumptions", "next_steps", "next_question",
    "asks", "choices", "written", "summary", "alone", "ms",
]  # fmt: skip
SAID = [
    "which of the two needs more data?",
    "show me the table",
    "We have 5000 labelled tickets, two ML engineers and a budget.",
    "Hello!",
    "What is the capital of France?",
    "",
]


def test_what_does_not_apply_is_null_or_empty_but_there() -> None:
    dumped = Reply(kind="smalltalk", text="Hello!").model_dump(mode="json")

    assert list(dumped) == FIELDS
    assert [name for name in FIELDS if dumped[name] is None] == [
        "opening", "verdict", "confidence", "retrieval_advised", "next_question", "asks", "written",
        "summary", "alone",
    ]  # fmt: skip
    assert [name for name in FIELDS if dumped[name] == []] == [
        "pages", "card", "citations", "features", "profile", "reasons", "pulls", "flips", "what_ifs", "assumptions",
        "next_steps", "choices",
    ]  # fmt: skip


def test_the_schema_requires_every_field_of_what_is_written() -> None:
    schema = Replies.model_json_schema(mode="serialization")

    assert schema["$defs"]["Reply"]["required"] == FIELDS
    for name, shape in schema["$defs"].items():
        assert shape.get("required", []) == list(shape.get("properties", {})), name


@pytest.mark.parametrize("text", SAID)
def test_the_schema_describes_actual_replies(text: str, assistant: Assistant) -> None:
    replies = Replies(id="a", replies=(respond(assistant, Conversation(), text).reply,))
    schema = Replies.model_json_schema(mode="serialization")

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(replies.model_dump_json()), schema)


def test_replies_and_failures_are_read_back_as_they_were_written() -> None:
    replies = Replies(id=7, replies=(Reply(kind="rejected", text="?", ms=1.5),))
    failure = Failure(id=None, error="no")

    assert Replies.model_validate_json(replies.model_dump_json()) == replies
    assert Failure.model_validate_json(failure.model_dump_json()) == failure


def test_a_reply_does_not_change() -> None:
    reply = Reply(kind="answer", text="a")

    with pytest.raises(ValidationError, match="frozen"):
        reply.text = "b"  # type: ignore[misc]  # which is what it refuses


@pytest.mark.parametrize("identity", ["a", "", 0, -7, 10**30, None])
def test_the_id_of_a_case_is_kept_as_it_is(identity: str | int | None) -> None:
    case = Case.model_validate({"id": identity, "turns": []})

    assert case.id == identity
    assert type(case.id) is type(identity)


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"id": 1},
        {"id": 1, "turns": "hello"},
        {"id": 1, "turns": None},
        {"id": 1, "turns": ["hello", 2]},
        {"id": 1, "turns": [["hello"]]},
        {"id": 1, "turns": {"0": "hello"}},
        {"id": 1, "turns": [], "command": "compare"},
        {"id": 1, "turns": [], "command": 1},
        {"id": True, "turns": []},
        {"id": 1.0, "turns": []},
        {"id": [1], "turns": []},
    ],
)
def test_what_is_not_a_case_is_refused(case: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate_json(json.dumps(case))


def test_a_case_may_say_more_than_we_read() -> None:
    case = Case.model_validate({"turns": ["hello"], "expected": "smalltalk"})

    assert case == Case(turns=("hello",))
