"""What PRIVACY.md and TERMS.md promise is what the code does unless it is set otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.memory import KEPT_FOR
from bot.settings import Settings
from bot.words import load_words

ROOT = Path(__file__).parents[1]
PRIVACY = (ROOT / "PRIVACY.md").read_text("utf-8")
TERMS = (ROOT / "TERMS.md").read_text("utf-8")


def find_default(setting: str) -> object:
    return Settings.model_fields[setting].default


@pytest.mark.parametrize(
    ("row", "setting"),
    [
        ("Conversations", "keep_days"),
        ("Replies", "keep_days"),
        ("Feedback", "keep_days"),
        ("Questions that found nothing", "gap_days"),
    ],
)
def test_the_days_in_the_table_are_the_defaults(row: str, setting: str) -> None:
    days = re.findall(rf"^\| {row}.*\| (\d+) days[^|]*\|$", PRIVACY, re.MULTILINE)

    assert days == [str(find_default(setting))]


def test_no_days_are_named_but_these() -> None:
    named = {int(number) for number in re.findall(r"(\d+) days", PRIVACY)}

    assert named == {find_default("keep_days"), find_default("gap_days")}


def test_the_hours_in_memory_are_those_of_the_memory() -> None:
    assert re.findall(r"(\d+) hours", PRIVACY) == [str(KEPT_FOR // 3_600)]


def test_the_rate_is_the_default() -> None:
    (times,) = re.findall(r"more than (\d+) times a minute", TERMS)

    assert find_default("rate_limit") == f"{times}/minute"


def test_the_settings_it_names_are_there() -> None:
    named = {name.lower() for name in re.findall(r"`([A-Z]+_[A-Z]+)", PRIVACY)}

    assert named <= Settings.model_fields.keys()


def test_the_buttons_and_commands_it_names_are_there() -> None:
    words = load_words()
    for label in (words["privacy"]["export"], words["privacy"]["delete"], words["discord"]["gap"]["send"]):
        assert f"*{label}*" in PRIVACY

    assert set(re.findall(r"`/(\w+)`", PRIVACY + TERMS)) <= words["discord"]["commands"].keys()


@pytest.mark.parametrize("text", [PRIVACY, TERMS])
def test_a_line_is_left_for_whoever_runs_the_bot(text: str) -> None:
    """Nobody is named in their place."""
    assert re.search(r"^\*\*Who runs this bot, and how to reach them:\*\* _to be filled in", text, re.MULTILINE)
    assert "@" not in text
