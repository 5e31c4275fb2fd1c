"""The fake lets an unmodified langchain-openai work, in each way it asks for an answer."""

from __future__ import annotations

import asyncio
from functools import reduce
from operator import add

import openai
import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai.chat_models.base import OpenAIRefusalError
from pydantic import BaseModel

from . import Empty, FakeChatModel, Obey, Refusal, Structured, Text, Trickle
from .conftest import connect

METHODS = ("json_schema", "function_calling", "json_mode")


class Finding(BaseModel):
    """What a model is to find."""

    need: str
    strength: int


FOUND = Finding(need="data", strength=3)


def test_a_text_answers_at_once_and_counts_its_words(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Text("Prompt first, then tune."))
    message = client.invoke("Which of the two?")

    assert isinstance(message, AIMessage)
    assert message.text == "Prompt first, then tune."
    assert message.response_metadata["finish_reason"] == "stop"
    assert message.usage_metadata is not None
    assert (message.usage_metadata["input_tokens"], message.usage_metadata["output_tokens"]) == (4, 4)


def test_a_request_can_be_read(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Text("Yes."))
    client.invoke([SystemMessage("Be brief."), HumanMessage("Ready?"), AIMessage("No."), HumanMessage("And now?")])

    (asked,) = model.requests
    assert asked.messages == [
        ("system", "Be brief."),
        ("user", "Ready?"),
        ("assistant", "No."),
        ("user", "And now?"),
    ]
    assert (asked.stream, asked.tools, asked.response_format) == (False, [], None)
    assert asked.headers["authorization"] == "Bearer sk-test"
    assert asked.body["model"] == "test-model"


def test_a_stream_comes_in_pieces_and_ends_in_good_order(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Text("Prompt first.", pieces=3))
    chunks = list(client.stream("Which?"))
    whole = reduce(add, chunks)

    assert [chunk.text for chunk in chunks if chunk.text] == ["Prom", "pt f", "irst."]
    assert whole.response_metadata["finish_reason"] == "stop"
    assert whole.usage_metadata is None
    assert model.requests[0].stream


def test_a_stream_counts_its_words_where_asked_to(model: FakeChatModel) -> None:
    model.say(Text("Prompt first."))
    whole = reduce(add, connect(model, stream_usage=True).stream("Which of them?"))

    assert whole.text == "Prompt first."
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["total_tokens"] == 5


@pytest.mark.parametrize("method", METHODS)
def test_structured_output_comes_as_it_is_demanded(model: FakeChatModel, client: BaseChatModel, method: str) -> None:
    model.say(Structured(FOUND.model_dump()))
    reader = client.with_structured_output(Finding, method=method)

    assert reader.invoke("What is needed?") == FOUND


@pytest.mark.parametrize("method", METHODS[1:])
def test_structured_output_can_be_streamed(model: FakeChatModel, client: BaseChatModel, method: str) -> None:
    model.say(Structured(FOUND.model_dump()))
    reader = client.with_structured_output(Finding, method=method)

    assert list(reader.stream("What is needed?"))[-1] == FOUND
    assert model.requests[0].stream


def test_the_default_structured_output_warns_while_it_is_streamed(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Structured(FOUND.model_dump()))
    with pytest.warns(UserWarning, match="Pydantic serializer warnings"):
        found = list(client.with_structured_output(Finding).stream("What is needed?"))

    assert found == [FOUND]


def test_a_request_shows_the_schema_that_it_demands(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(*[Structured(FOUND.model_dump())] * 2)
    for method in METHODS[:2]:
        client.with_structured_output(Finding, method=method).invoke("What is needed?")

    by_schema, by_function = model.requests
    assert by_schema.response_format is not None
    assert by_schema.response_format["json_schema"]["name"] == "Finding"
    assert (by_function.response_format, by_function.function) == (None, "Finding")


def test_a_function_can_answer_from_the_request(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Obey(lambda asked: Text(asked.messages[-1][1].upper())))

    assert client.invoke("louder").text == "LOUDER"


def test_a_refusal_is_no_text(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(*[Refusal("I would rather not.")] * 3)
    message = client.invoke("Do it.")

    assert (message.text, message.additional_kwargs["refusal"]) == ("", "I would rather not.")
    assert "".join(chunk.text for chunk in client.stream("Do it.")) == ""
    with pytest.raises(OpenAIRefusalError, match="rather not"):
        client.with_structured_output(Finding).invoke("Do it.")


def test_an_empty_answer_ends_in_good_order(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Empty(), Empty())

    for message in (client.invoke("Well?"), reduce(add, client.stream("Well?"))):
        assert (message.text, message.response_metadata["finish_reason"]) == ("", "stop")


def test_a_trickle_comes_letter_by_letter(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(*[Trickle("slow", pause=0.001)] * 2)

    assert [chunk.text for chunk in client.stream("Well?") if chunk.text] == list("slow")
    assert client.invoke("Well?").text == "slow"


def test_the_script_comes_before_the_default() -> None:
    with FakeChatModel(Text("first"), default=Text("always")) as model:
        model.say(Text("second"))
        client = connect(model)

        assert [client.invoke("Next?").text for _ in range(4)] == ["first", "second", "always", "always"]


def test_whoever_has_nothing_to_say_says_so(client: BaseChatModel) -> None:
    with pytest.raises(openai.InternalServerError, match="nothing queued"):
        client.invoke("Well?")


def test_code_under_test_may_run_an_event_loop(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Text("from a loop"))

    assert asyncio.run(client.ainvoke("Well?")).text == "from a loop"


async def test_a_test_may_run_in_an_event_loop(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Text("into a loop", pieces=2))

    assert [chunk.text async for chunk in client.astream("Well?") if chunk.text] == ["into ", "a loop"]
