"""What can go wrong between the outside world and the assistant.

BotError
├── ConfigurationError   a setting is missing or breaks a rule
└── CostError            a price or volume is missing or breaks a rule
"""

from __future__ import annotations


class BotError(Exception):
    """The bot cannot do what it was started for."""


class ConfigurationError(BotError):
    """A setting is missing or breaks a rule; the message names it and the remedy."""


class CostError(BotError):
    """A price or volume is missing or breaks a rule; the message names it, the rule and the remedy."""
