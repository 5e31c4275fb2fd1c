"""How Discord says no."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from .protocol import Json


class Code(IntEnum):
    """Discord's error codes, each with the HTTP status it comes with and the words it has."""

    status: int
    words: str

    def __new__(cls, code: int, status: int, words: str) -> Self:
        """Keep status and words beside the code."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.status, member.words = status, words
        return member

    UNKNOWN_CHANNEL = 10003, 404, "Unknown Channel"
    UNKNOWN_MESSAGE = 10008, 404, "Unknown Message"
    UNKNOWN_USER = 10013, 404, "Unknown User"
    UNKNOWN_WEBHOOK = 10015, 404, "Unknown Webhook"
    UNKNOWN_INTERACTION = 10062, 404, "Unknown interaction"
    ALREADY_ACKNOWLEDGED = 40060, 400, "Interaction has already been acknowledged."
    TOO_MANY_FOLLOW_UPS = 40094, 400, "This interaction has hit the maximum number of follow up messages"
    MISSING_ACCESS = 50001, 403, "Missing Access"
    NOT_IN_DIRECT_MESSAGES = 50003, 403, "Cannot execute action on a DM channel"
    NOT_THE_AUTHOR = 50005, 403, "Cannot edit a message authored by another user"
    CLOSED_TO_MESSAGES = 50007, 403, "Cannot send messages to this user"
    MISSING_PERMISSIONS = 50013, 403, "Missing Permissions"
    WRONG_CHANNEL_TYPE = 50024, 400, "Cannot execute action on this channel type"
    INVALID_TOKEN = 50027, 401, "Invalid Webhook Token"
    INVALID_BODY = 50035, 400, "Invalid Form Body"
    THREAD_EXISTS = 160004, 400, "A thread has already been created for this message"


class ApiError(Exception):
    """An answer other than success, as Discord words it."""

    def __init__(self, status: int, code: int, message: str, **details: object) -> None:
        """Keep the HTTP status beside the JSON body to answer with."""
        super().__init__(message)
        self.status = status
        self.body: Json = {"code": code, "message": message, **details}


class RefusedError(ApiError):
    """An error that Discord has a code for."""

    def __init__(self, code: Code, detail: str = "", **details: object) -> None:
        """Answer as Discord does for this code; what is wrong in particular comes after its words."""
        super().__init__(code.status, code, f"{code.words}: {detail}" if detail else code.words, **details)
