"""Discord's numbers, and the few words that every part of the fake shares."""

import itertools
import time
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]

DISCORD_EPOCH_MS = 1_420_070_400_000

_sequence = itertools.count(1)


def snowflake() -> str:
    """Return a new id, later than every id before it."""
    milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MS
    return str((milliseconds << 22) + next(_sequence))


class ApiError(Exception):
    """An answer other than success, as Discord words it."""

    def __init__(self, status: int, code: int, message: str, **details: object) -> None:
        """Keep the HTTP status beside the JSON body to answer with."""
        super().__init__(message)
        self.status = status
        self.body: Json = {"code": code, "message": message, **details}


class Opcode(IntEnum):
    """What a gateway frame is about."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Intent(IntFlag):
    """The events a bot asks for that change what the fake delivers."""

    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


class InteractionType(IntEnum):
    """What a user did to cause an interaction."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How a bot answers an interaction first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class ComponentType(IntEnum):
    """The components that limits or users treat in their own way."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    LABEL = 18


class MessageFlag(IntFlag):
    """The message flags a bot sets or a user notices."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15
