"""Diagnoses are values in words: one line each, with the remedy that an error names itself."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.doctor.diagnosis import Check, diagnose, diagnose_error
from bot.errors import GapError
from bot.words import load_words


@pytest.mark.parametrize("check", get_args(Check))
def test_every_check_has_words_and_whatever_is_not_fine_has_a_remedy(check: Check) -> None:
    found = load_words()["doctor"][check]
    fine = {
        "with_file",
        "without_file",
        "writable",
        "enough",
        "whole",
        "answers",
        "none",
        "opens",
        "shaped",
        "let_in",
        "unused",
    }
    fine |= {"allowed", "registered", "enabled"}

    assert found
    assert {name for name, words in found.items() if "remedy" not in words} == found.keys() & fine


def test_a_diagnosis_is_one_line_whatever_its_values() -> None:
    found = diagnose("store", "fine", "answers", passages=3, question="a\n\x1b[31mquestion {x}")

    assert found.what == "The store opens (3 passages) and answers “a [31mquestion {x}”."
    assert found.remedy is None


def test_an_error_of_ours_brings_its_remedy() -> None:
    found = diagnose_error("gaps", "unopened", GapError("gaps.sqlite3 must open (a; b); move it away"))

    assert (found.status, found.what, found.remedy) == ("broken", "gaps.sqlite3 must open (a; b)", "move it away")


def test_an_error_without_a_remedy_gets_that_of_the_check() -> None:
    found = diagnose_error("store", "unopened", OSError("no such folder"), folder="/data/lessons")

    assert found.what == "no such folder"
    assert "/data/lessons" in (found.remedy or "")
