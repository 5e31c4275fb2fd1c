"""What somebody wrote, made harmless, and the language it is in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.store import Knowledge
from retrieval.message import DIRECTIONS, LONGEST, REPLACEMENT, Message, Rejected, detect_language, read_message

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
"""Lone surrogates and control characters included."""


@given(ANY_TEXT)
def test_a_message_that_can_be_read_is_clean(text: str) -> None:
    message = read_message(text)

    if isinstance(message, Message):
        assert message.text == message.text.strip() != ""
        assert not [sign for sign in message.text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"]
        assert not DIRECTIONS.intersection(message.text)
        assert message.text.encode("utf-8").decode("utf-8") == message.text


@given(ANY_TEXT)
def test_cleaning_a_clean_message_changes_nothing(text: str) -> None:
    message = read_message(text)

    if isinstance(message, Message):
        assert read_message(message.text) == message


HARMLESS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="".join(DIRECTIONS))


@given(st.text(alphabet=HARMLESS, min_size=1, max_size=200))
def test_harmless_text_is_kept_word_for_word(text: str) -> None:
    message = read_message(f"a{text}z")

    assert message == Message(f"a{text}z")


@given(st.text(alphabet=st.characters(categories=["Cc", "Cs"], exclude_characters="\n\t\r"), min_size=1, max_size=50))
def test_nothing_but_harmful_characters_is_unreadable(text: str) -> None:
    assert read_message(text) == Rejected("unreadable")


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b", "\ufeff \u2060", "\u00a0\u3000"])
def test_a_message_without_a_visible_character_is_empty(text: str) -> None:
    assert read_message(text) == Rejected("empty")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("more\ud800data", f"more{REPLACEMENT}data"),
        ("more\udfff", f"more{REPLACEMENT}"),
        ("bell\aring", f"bell{REPLACEMENT}ring"),
        ("\x1b[31mred", f"{REPLACEMENT}[31mred"),
        ("zero\0", f"zero{REPLACEMENT}"),
        ("next\x85line", f"next{REPLACEMENT}line"),
        ("  one\ttwo\nthree  ", "one\ttwo\nthree"),
        ("one\rtwo", "one\ntwo"),
    ],
)
def test_harmful_characters_are_replaced_and_line_ends_kept(text: str, cleaned: str) -> None:
    assert read_message(text) == Message(cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<@123456789012345678> and I", "@someone and I"),
        ("<@!1>, <@&22>: hello", "@someone, @someone: hello"),
        ("calls @everyone, or @here", "calls ＠everyone, or ＠here"),
        ("me@hereford.example and @eve", "me@hereford.example and @eve"),
        ("in <#123456789012345678>", "in <#123456789012345678>"),
        ("a\u202eb\u2066c\u2069d", "abcd"),
        ("@\u202aeveryone", "＠everyone"),
    ],
)
def test_mentions_call_nobody_and_the_direction_of_writing_stays(text: str, cleaned: str) -> None:
    assert read_message(text) == Message(cleaned)


def test_nothing_but_signs_of_direction_is_empty() -> None:
    assert read_message("\u202a\u202c") == Rejected("empty")


def test_a_message_may_have_8_000_characters_and_not_one_more() -> None:
    assert read_message("a" * LONGEST) == Message("a" * 8_000)
    assert read_message("a" * (LONGEST + 1)) == Rejected("too_long")
    assert read_message("a" * 100_000) == Rejected("too_long")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Cuál de los dos métodos necesita más datos para empezar?", "es"),
        ("Welche der beiden Methoden braucht mehr Daten und mehr Zeit?", "de"),
        ("Laquelle des deux méthodes est la moins chère pour notre équipe ?", "fr"),
        ("Какой из двух методов требует больше данных?", "ru"),
        ("どちらの方法がより多くのデータを必要としますか", "ja"),
        ("哪种方法需要更多数据？", "zh"),
        ("어떤 방법이 더 많은 데이터를 필요로 합니까?", "ko"),
        ("أي من الطريقتين يحتاج إلى بيانات أكثر؟", "ar"),
        ("cuanto cuesta entrenar un modelo", "es"),
        ("hangisi daha ucuz", "tr"),
    ],
)
def test_another_language_is_told_by_name(knowledge: Knowledge, text: str, language: str) -> None:
    assert detect_language(text, knowledge.reader.words) == language


@pytest.mark.parametrize(
    "text", ["ნახვამდის ჩემო მეგობარო", "Ποια μέθοδος χρειάζεται περισσότερα δεδομένα;", "ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃ"]
)
def test_a_script_we_cannot_name_is_another_language_all_the_same(text: str) -> None:
    assert detect_language(text, frozenset()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "which of the two needs more data?",
        "wich is cheeper fintuning or promting",
        "ok",
        "LoRA?",
        "gracias",
        "PE vs FT",
        "fine-tuning",
        "200k tickets, H100, QLoRA, vLLM",
        "zero-shot vs few-shot?",
        "code for a LoRA layer in pytorch?",
        "no coders here. tune or prompt?",
        "The clinic is in Zürich and we translate German letters.",
        "We label Chinese text such as 你好 for a museum in London and need it to be right.",
        "😀 👍",
        "1 2 3",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_taken_as_english(knowledge: Knowledge, text: str) -> None:
    assert detect_language(text, knowledge.reader.words) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_has_a_language_or_none(text: str) -> None:
    found = detect_language(text, frozenset())

    assert found is None or found.isalpha()
