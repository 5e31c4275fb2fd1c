"""What goes wrong in the fake goes wrong in langchain-openai as it would with OpenAI."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import openai
import pytest
from langchain_core.language_models import BaseChatModel

from . import Cut, FakeChatModel, Flood, Hang, InvalidJson, Obey, Status, Text, Trickle
from .conftest import connect

ERRORS = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    403: openai.PermissionDeniedError,
    404: openai.NotFoundError,
    429: openai.RateLimitError,
    500: openai.InternalServerError,
    503: openai.InternalServerError,
}


def stream_text(client: BaseChatModel, seen: list[str]) -> None:
    for chunk in client.stream("Well?"):
        seen.append(chunk.text)  # noqa: PERF401 - what comes before an error is to be seen


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_raised_as_its_status_demands(model: FakeChatModel, client: BaseChatModel, code: int) -> None:
    model.say(Status(code, times=2))

    with pytest.raises(ERRORS[code]) as invoked:
        client.invoke("Well?")
    with pytest.raises(ERRORS[code]) as streamed:
        stream_text(client, [])
    assert invoked.value.status_code == streamed.value.status_code == code


def test_a_rate_limit_says_how_long_to_wait(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Status(429, retry_after=1.5, message="Slow down."))

    with pytest.raises(openai.RateLimitError, match=r"Slow down\.") as limited:
        client.invoke("Well?")
    assert limited.value.response.headers["Retry-After"] == "1.5"
    assert limited.value.code == "rate_limit_exceeded"


def test_an_error_passes_as_often_as_told(model: FakeChatModel) -> None:
    model.say(Status(503, retry_after=0.001, times=2), Text("at last"))

    assert connect(model, max_retries=2).invoke("Well?").text == "at last"
    assert len(model.requests) == 3


def test_what_is_not_json_cannot_be_read(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(InvalidJson(), InvalidJson())

    with pytest.raises(json.JSONDecodeError):
        client.invoke("Well?")
    with pytest.raises(json.JSONDecodeError):
        stream_text(client, [])


def test_a_hang_is_seen_to_be_given_up(model: FakeChatModel) -> None:
    model.say(Hang(), Hang())
    hasty = connect(model, timeout=0.5)

    with pytest.raises(openai.APITimeoutError):
        hasty.invoke("Well?")
    with pytest.raises(openai.APITimeoutError):
        stream_text(hasty, [])
    model.until(lambda: model.abandoned == 2)


def test_a_hang_holds_up_nobody_else_and_ends_with_the_fake() -> None:
    with ThreadPoolExecutor() as pool:
        with FakeChatModel(Hang(), Text("Here.")) as model:
            client = connect(model)
            hanging = pool.submit(client.invoke, "Are you there?")
            model.until(lambda: model.requests)
            assert client.invoke("And you?").text == "Here."
        error = hanging.exception(timeout=10)

    assert isinstance(error, openai.APIConnectionError)
    assert not isinstance(error, openai.APITimeoutError)
    assert model.abandoned == 0
    with pytest.raises(openai.APIConnectionError):
        client.invoke("Still there?")


def test_waiting_in_vain_ends(model: FakeChatModel) -> None:
    with pytest.raises(TimeoutError, match="0 requests, 0 abandoned"):
        model.until(lambda: model.requests, within=0.01)


def test_a_stream_can_stall_after_its_first_letter(model: FakeChatModel) -> None:
    model.say(Trickle("stalled", pause=3600))
    seen: list[str] = []

    with pytest.raises(openai.APITimeoutError):
        stream_text(connect(model, timeout=0.5), seen)
    assert "".join(seen) == "s"
    model.until(lambda: model.abandoned == 1)


def test_a_cut_breaks_the_connection_half_way(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(*[Cut("half of this")] * 2)
    seen: list[str] = []

    with pytest.raises(openai.APIConnectionError):
        stream_text(client, seen)
    assert "".join(seen) == "half o"
    with pytest.raises(openai.APIConnectionError):
        client.invoke("Well?")
    assert model.abandoned == 0


def test_a_quiet_cut_shows_only_in_what_is_missing(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(*[Cut("half of this", quiet=True)] * 2)
    chunks = list(client.stream("Well?"))

    assert "".join(chunk.text for chunk in chunks) == "half o"
    assert not any("finish_reason" in chunk.response_metadata for chunk in chunks)
    with pytest.raises(json.JSONDecodeError):
        client.invoke("Well?")


def test_a_flood_is_as_long_as_told(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Flood())

    assert len(client.invoke("Well?").text) == 1024**2


def test_a_flood_is_seen_to_be_broken_off(model: FakeChatModel, client: BaseChatModel) -> None:
    model.say(Flood(megabytes=64))

    assert next(chunk.text for chunk in client.stream("Well?") if chunk.text).startswith("far too much")
    model.until(lambda: model.abandoned == 1)


def test_an_error_of_the_test_s_own_function_is_an_error_of_the_server(
    model: FakeChatModel, client: BaseChatModel
) -> None:
    model.say(Obey(lambda asked: Text(asked.messages[9][1])))

    with pytest.raises(openai.InternalServerError):
        client.invoke("Well?")


def test_another_api_than_that_of_chats_is_missed(model: FakeChatModel) -> None:
    with pytest.raises(openai.NotFoundError, match="no route POST /v1/responses"):
        connect(model, use_responses_api=True).invoke("Well?")
    assert model.requests == []
