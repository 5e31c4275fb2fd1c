"""What can go wrong between the outside world and the assistant.

BotError
├── ConfigurationError   a setting is missing or breaks a rule
├── CaseError            a line of a file of evaluation cases breaks a rule
├── GapError             the file of gaps cannot be read or written
├── RecordError          what the Discord bot keeps cannot be read or written
└── CostError            a price or volume is missing or breaks a rule
"""

from __future__ import annotations

from pathlib import Path


class BotError(Exception):
    """The bot cannot do what it was started for."""


class ConfigurationError(BotError):
    """A setting is missing or breaks a rule; the message names it and the remedy."""


class GapError(BotError):
    """The file of gaps cannot be read or written; the message names it and the remedy, and no text that is in it."""


class RecordError(BotError):
    """What the Discord bot keeps cannot be read or written.

    The message names the database, without its password, the rule it breaks and the remedy, and nothing that is kept.
    """

    def __init__(self, value: str, rule: str, remedy: str) -> None:
        super().__init__(f"{value} {rule}; {remedy}")
        self.value = value
        self.rule = rule
        self.remedy = remedy


class CaseError(BotError):
    """A line of a file of cases breaks a rule.

    The message names the file, the line (from 1) and the rule.
    """

    def __init__(self, path: Path, line: int, rule: str) -> None:
        super().__init__(f"{path}, line {line}: {rule}")
        self.path = path
        self.line = line
        self.rule = rule


class CostError(BotError):
    """A price or volume is missing or breaks a rule; the message names it, the rule and the remedy."""
