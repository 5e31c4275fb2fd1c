"""What providers' clients raise → what that means, by the status that all of them carry."""

from __future__ import annotations

import random
from http import HTTPStatus

from tenacity import RetryCallState

from retrieval.generation.chat_model import ChatModelError, Reason

LONGEST_PAUSE = 4.0
"""Seconds that are waited before another attempt; a provider that wants more is not asked again."""
SHORTEST_PAUSE = 0.3
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
LATE = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT)
UNREACHED = ("Connection", "Transport")
"""What is in the names of clients' errors, or of what these are derived from, where a connection fails."""


def translate_error(error: Exception) -> ChatModelError:
    """Return what an error of a provider's client means, without what it says: that may hold what people wrote."""
    if isinstance(error, ChatModelError):
        return error
    status = read_status(error)
    told = f"status {status}" if status else type(error).__name__
    return ChatModelError(_find_reason(error, status), f"the chat model's provider must answer, and failed with {told}")


def is_passing(error: BaseException) -> bool:
    """Tell whether another attempt may go better, and soon enough."""
    status = read_status(error)
    if status is None:
        return _is_unreached(error) and not _is_late(error)
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return passing and read_retry_after(error) <= LONGEST_PAUSE


def pause_as_told(state: RetryCallState) -> float:
    """Return the seconds to wait: what the provider asks for, or a moment."""
    error = state.outcome.exception() if state.outcome else None
    return max(read_retry_after(error) if error else 0.0, SHORTEST_PAUSE) + random.uniform(0, SHORTEST_PAUSE)  # noqa: S311 - nothing secret


def read_status(error: BaseException) -> int | None:
    """Return the HTTP status that an error is about."""
    for name in ("status_code", "code", "http_status"):
        status = getattr(error, name, None)
        if isinstance(status, int):
            return status
    return None


def read_retry_after(error: BaseException) -> float:
    """Return the seconds after which a provider wants to be asked again; 0 where it does not say so."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return float(headers.get("retry-after", 0))
    except ValueError:
        return LONGEST_PAUSE + 1


def _find_reason(error: Exception, status: int | None) -> Reason:
    if status in REFUSED:
        return "refused"
    if status in LATE or (status is None and _is_late(error)):
        return "slow"
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status or 0) >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "unavailable"
    return "unavailable" if status is None and _is_unreached(error) else "unusable"


def _is_late(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or "Timeout" in type(error).__name__


def _is_unreached(error: BaseException) -> bool:
    return any(word in kind.__name__ for kind in type(error).__mro__ for word in UNREACHED)
