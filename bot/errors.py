"""What can go wrong between the outside world and the assistant.

BotError
├── ConfigurationError   a setting is missing or breaks a rule
└── GapError             the file of gaps cannot be read or written
"""

from __future__ import annotations


class BotError(Exception):
    """The bot cannot do what it was started for."""


class ConfigurationError(BotError):
    """A setting is missing or breaks a rule; the message names it and the remedy."""


class GapError(BotError):
    """The file of gaps cannot be read or written; the message names it and the remedy, and no text that is in it."""
