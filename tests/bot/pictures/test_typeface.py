"""Every letter that is drawn is in a font; what is not is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.typeface import FOLDER, MISSING, choose_font, is_legible, measure_text, replace_missing

SCRIPTS = [
    "Großer Aufwand, ça coûte très cher; Đắt đỏ và chậm",
    "Нужно много размеченных данных",
    "Χρειάζονται πολλά δεδομένα",
    "데이터가 많이 필요합니다",
    "たくさんのデータが必要です、カタカナも。",
    "需要大量的數據，需要大量的数据。",
    "“quotes” – dashes … € £ ₹ ₩ ≥ → ✓ ✗ ◆ □",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_the_scripts_we_speak_are_drawn_as_they_are(text: str) -> None:
    assert replace_missing(text) == text
    assert is_legible(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("fine 👍🏽👍🏽 so far", "fine □ so far"),
        ("👩‍🔬", "□"),
        ("✅ or ❌", "✓ or ✗"),
        ("𝐁𝐨𝐥𝐝 ①", "Bold ①"),
        ("e\u0301tude", "étude"),
        ("two\n\tlines\u2028and\u00a0spaces ", "two lines and spaces"),
        ("\u202eright to left\u202c", "right to left"),
        ("soft\u00adhyphen\u200b\ufeff\x00", "softhyphen"),
        ("שלום world", "□ world"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_replaced_or_left_out(text: str, drawn: str) -> None:
    assert replace_missing(text) == drawn


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "שלום עולם", "नमस्ते दुनिया", "สวัสดีชาวโลก"])
def test_a_script_that_the_fonts_lack_is_not_legible(text: str) -> None:
    assert not is_legible(text)
    assert is_legible(f"a text that only quotes it: {text}")


def test_signs_without_letters_are_legible() -> None:
    assert is_legible("")
    assert is_legible("100 % 🎉")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_left_is_missing_in_the_fonts(text: str) -> None:
    """Matplotlib would warn of a missing letter, and a warning is an error here."""
    drawn = replace_missing(text)

    assert replace_missing(drawn) == drawn
    assert MISSING * 2 not in drawn
    assert measure_text(drawn, choose_font(40)) >= 0
    assert measure_text(drawn, choose_font(40, bold=True)) >= 0


def test_bold_letters_are_wider_and_large_letters_larger() -> None:
    text = "Fine-tuning"

    assert measure_text(text, choose_font(40)) < measure_text(text, choose_font(40, bold=True))
    assert measure_text(text, choose_font(40)) * 1.9 < measure_text(text, choose_font(80))


def test_no_font_is_there_without_its_licence() -> None:
    fonts = {path.stem.partition("-")[0] for path in FOLDER.glob("*.ttf")}
    licences = {path.name.removesuffix("-LICENSE.txt") for path in FOLDER.glob("*.txt")}

    assert fonts == licences


def test_no_letter_of_a_direction_we_do_not_lay_out_is_drawn() -> None:
    drawn = replace_missing("a \u0627\u0644\u05d0 b")

    assert {unicodedata.bidirectional(letter) for letter in drawn} <= {"L", "WS", "ON"}
