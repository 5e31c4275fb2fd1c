"""An error of any provider's client is understood by its status, or by what kind of error it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from tenacity import Future, RetryCallState, Retrying

from bot.chat_model.failures import LONGEST_PAUSE, SHORTEST_PAUSE, is_passing, pause_as_told, translate_error
from retrieval.generation.chat_model import ChatModelError, Reason


@dataclass(eq=False)
class StatusError(Exception):
    """An error as clients raise it that speak HTTP."""

    status_code: int
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def response(self) -> SimpleNamespace:
        return SimpleNamespace(headers=self.headers)


class CodeError(Exception):
    """An error as Google's client raises it."""

    code = 503


class TransportError(Exception):
    """What httpx derives its errors of a connection from."""


class ReadError(TransportError):
    pass


class APIConnectionError(Exception):
    pass


class APITimeoutError(APIConnectionError):
    """OpenAI's client and Anthropic's hold that a timeout is an error of the connection."""


def limit(retry_after: str) -> StatusError:
    return StatusError(429, {"retry-after": retry_after})


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        *[(StatusError(status), "refused") for status in (401, 402, 403, 404)],
        *[(StatusError(status), "unavailable") for status in (429, 500, 502, 503, 529)],
        *[(StatusError(status), "slow") for status in (408, 504)],
        *[(StatusError(status), "unusable") for status in (400, 413, 422)],
        (CodeError(), "unavailable"),
        (ConnectionResetError(), "unavailable"),
        (APIConnectionError(), "unavailable"),
        (ReadError(), "unavailable"),
        (APITimeoutError(), "slow"),
        (TimeoutError(), "slow"),
        (ValueError("no JSON"), "unusable"),
        (RuntimeError("whatever"), "unusable"),
        (ChatModelError("spent", "of our own"), "spent"),
    ],
)
def test_an_error_has_a_reason(error: Exception, reason: Reason) -> None:
    assert translate_error(error).reason == reason


def test_what_an_error_says_is_not_repeated() -> None:
    """It may hold what people wrote."""
    assert "secret" not in str(translate_error(ValueError("my secret project")))
    assert "ValueError" in str(translate_error(ValueError("my secret project")))
    assert "status 503" in str(translate_error(StatusError(503)))


@pytest.mark.parametrize(
    "error",
    [
        StatusError(429),
        StatusError(500),
        StatusError(503),
        limit("0"),
        limit(f"{LONGEST_PAUSE}"),
        CodeError(),
        ConnectionResetError(),
        APIConnectionError(),
        ReadError(),
    ],
)
def test_what_may_pass_is_worth_another_attempt(error: Exception) -> None:
    assert is_passing(error)


@pytest.mark.parametrize(
    "error",
    [
        StatusError(400),
        StatusError(401),
        StatusError(404),
        limit(f"{LONGEST_PAUSE + 1}"),
        limit("Fri, 27 Nov 2026 09:00:00 GMT"),
        limit("nan"),
        APITimeoutError(),
        TimeoutError(),
        ValueError(),
        RuntimeError(),
    ],
)
def test_nothing_else_is(error: Exception) -> None:
    assert not is_passing(error)


@pytest.mark.parametrize(("error", "least"), [(limit("2.5"), 2.5), (limit("0.01"), SHORTEST_PAUSE), (OSError(), 0.3)])
def test_a_provider_is_given_the_time_that_it_asks_for(error: Exception, least: float) -> None:
    state = RetryCallState(Retrying(), None, (), {})
    state.outcome = Future(1)
    state.outcome.set_exception(error)

    assert least <= pause_as_told(state) <= least + SHORTEST_PAUSE


def test_without_an_error_the_pause_is_short() -> None:
    assert SHORTEST_PAUSE <= pause_as_told(RetryCallState(Retrying(), None, (), {})) <= 2 * SHORTEST_PAUSE
