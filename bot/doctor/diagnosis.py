"""What a check found, as a value: whether it is right, in words, and how to mend it where it is not."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from bot.words import load_words

Status: TypeAlias = Literal["fine", "warning", "broken"]
Check: TypeAlias = Literal[
    "settings",
    "data_folder",
    "space",
    "model",
    "store",
    "gaps",
    "records",
    "chat_model",
    "token",
    "discord",
    "intents",
    "servers",
    "commands",
    "user_install",
]


class Diagnosis(BaseModel):
    """What one check found; what is broken keeps the bot from working, a warning does not."""

    model_config = ConfigDict(frozen=True)

    check: Check
    status: Status
    what: str
    """One line."""
    remedy: str | None = None
    """What to do about it, in one line; None where it is fine."""


def diagnose(check: Check, status: Status, found: str, **values: object) -> Diagnosis:
    """Return what a check found, in its words."""
    return phrase_diagnosis(check, status, load_words()["doctor"][check][found], values)


def diagnose_error(check: Check, found: str, error: Exception, **values: object) -> Diagnosis:
    """Return an error of ours as something broken; its own remedy stands behind its last semicolon, if it has one."""
    rule, remedied, remedy = str(error).rpartition("; ")
    words = load_words()["doctor"][check][found]
    what, mend = (rule, remedy) if remedied else (remedy, words["remedy"].format(**values))
    return Diagnosis(check=check, status="broken", what=_flatten(what), remedy=_flatten(mend))


def phrase_diagnosis(check: Check, status: Status, words: dict[str, str], values: dict[str, object]) -> Diagnosis:
    """Return a diagnosis in words with places for values."""
    what, remedy = words["what"].format(**values), words.get("remedy")
    mend = _flatten(remedy.format(**values)) if remedy else None
    return Diagnosis(check=check, status=status, what=_flatten(what), remedy=mend)


def _flatten(text: str) -> str:
    """Return a text in one line, without what a terminal would obey: names and errors come from elsewhere."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
