"""A gap says what was missing, and nothing of whoever asked."""

from __future__ import annotations

import pytest

from bot.gaps.gap import Gap, clean_text, find_gap
from knowledge.lesson import Lesson
from retrieval.answer import OutOfScope, Outside, Smalltalk
from retrieval.message import LONGEST


@pytest.mark.parametrize("reason", ["near", "unrelated"])
def test_a_gap_tells_what_was_offered_instead_and_its_topic(reason: Outside, lesson: Lesson) -> None:
    near = lesson.passages[:3]
    gap = find_gap(OutOfScope(reason=reason, near=near))

    assert gap is not None
    assert (gap.reason, gap.topic) == (reason, near[0].topic)
    assert gap.passages == tuple(passage.id for passage in near)
    assert gap.text is None


def test_a_gap_may_be_near_nothing() -> None:
    gap = find_gap(OutOfScope(reason="unrelated"))

    assert gap is not None
    assert (gap.topic, gap.passages) == (None, ())


@pytest.mark.parametrize("reason", ["attack", "language"])
def test_attacks_and_other_languages_are_no_gaps(reason: Outside) -> None:
    assert find_gap(OutOfScope(reason=reason)) is None


def test_small_talk_is_no_gap() -> None:
    assert find_gap(Smalltalk(sort="greeting")) is None


def test_no_two_gaps_have_the_same_key() -> None:
    assert Gap(reason="near").key != Gap(reason="near").key


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  why?  ", "why?"),
        ("why\x1b?\ud800", "why\N{REPLACEMENT CHARACTER}?\N{REPLACEMENT CHARACTER}"),
        ("", None),
        (" \u200b", None),
        ("x" * (LONGEST + 1), None),
    ],
)
def test_a_text_is_kept_as_it_may_be_shown_anywhere(text: str, kept: str | None) -> None:
    assert clean_text(text) == kept
