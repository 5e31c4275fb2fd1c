"""Lines fit their box, lose nothing, and break where readers expect it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.typeface import choose_font, measure_text, replace_missing
from bot.pictures.wrapping import wrap_text

FONT = choose_font(40)
ROUNDING = 0.005
"""Share by which the sum of parts may differ from the whole, where letters are moved together."""


def test_no_text_is_no_line() -> None:
    assert wrap_text("", 500, FONT) == []


def test_a_short_text_stays_in_one_line() -> None:
    assert wrap_text("Data requirement", 500, FONT) == ["Data requirement"]


def test_lines_are_about_equally_long() -> None:
    """A last line of one short word is hard to read."""
    lines = wrap_text("Quick: prompts can be optimized within a shorter time", 500, FONT)

    assert lines == ["Quick: prompts can", "be optimized within", "a shorter time"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("domain-specific data", ["domain-", "specific data"]),
        ("かなりの時間、計算資源", ["かなりの時", "間、計算資源"]),
        ("最適化できる（試行）", ["最適化でき", "る（試行）"]),
        ("데이터가 필요합니다", ["데이터가", "필요합니다"]),
        ("prompts “quoted” (so)", ["prompts", "“quoted” (so)"]),
    ],
)
def test_a_line_breaks_where_its_script_allows(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 270, FONT) == lines


def test_a_word_longer_than_a_line_is_broken_anywhere() -> None:
    lines = wrap_text("Donaudampfschifffahrtsgesellschaftskapitän", 300, FONT)

    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaftskapitän"
    assert len(lines) > 2


def test_marks_stay_with_their_letter() -> None:
    lines = wrap_text("x\u0302" * 60, 300, FONT)

    assert len(lines) > 1
    assert not [line for line in lines if line.startswith("\u0302")]


@given(st.text(max_size=300) | st.text("漢字かなカナ、。（）「」ー", max_size=200), st.integers(120, 1_100))
@settings(max_examples=150, deadline=None)
def test_no_line_is_wider_than_its_box_and_no_letter_is_lost(text: str, width: int) -> None:
    shown = replace_missing(text)

    lines = wrap_text(shown, width, FONT)

    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
    assert not [line for line in lines if measure_text(line, FONT) > width * (1 + ROUNDING)]
    assert not [line for line in lines if line != line.strip() or not line]
