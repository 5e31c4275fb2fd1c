"""A section → texts that can be shown, each about one method where it can be told."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison import Method
from knowledge.pages import Section, Table
from knowledge.passages import LONGEST, split_section

TUNED = Method.FINE_TUNING
PROMPTED = Method.PROMPT_ENGINEERING


def section(*texts: str, tables: tuple[Table, ...] = ()) -> Section:
    return Section(line=1, path=("Kettles",), texts=texts, tables=tables)


def test_a_short_section_stays_whole() -> None:
    whole = section("Copper shines.", "- tea\n- soup")

    assert list(split_section(whole, TUNED)) == [("Copper shines.\n\n- tea\n- soup", TUNED)]


def test_a_section_that_names_no_method_is_about_both() -> None:
    assert list(split_section(section("Copper shines.", "Tin does not."), None)) == [
        ("Copper shines.\n\nTin does not.", Method.BOTH)
    ]


def test_a_section_whose_blocks_are_about_one_method_is_about_that_method() -> None:
    assert list(split_section(section("Fine-tuning shines.", "It is dear."), None)) == [
        ("Fine-tuning shines.\n\nIt is dear.", TUNED)
    ]


def test_blocks_about_different_methods_come_whole_first_and_then_by_method() -> None:
    mixed = section("Fine-tuning is dear.", "It shines.", "Prompting is cheap.")

    assert list(split_section(mixed, None)) == [
        ("Fine-tuning is dear.\n\nIt shines.\n\nPrompting is cheap.", Method.BOTH),
        ("Fine-tuning is dear.\n\nIt shines.", TUNED),
        ("Prompting is cheap.", PROMPTED),
    ]


def test_a_block_about_both_methods_makes_the_whole_be_about_both() -> None:
    mixed = section("Fine-tuning and prompting differ.", "Fine-tuning is dear.", "It shines.")

    assert list(split_section(mixed, None)) == [
        ("Fine-tuning and prompting differ.\n\nFine-tuning is dear.\n\nIt shines.", Method.BOTH),
        ("Fine-tuning is dear.\n\nIt shines.", TUNED),
    ]


def test_blocks_before_any_that_names_a_method_are_about_what_follows() -> None:
    assert list(split_section(section("Copper shines.", "Fine-tuning is dear."), None)) == [
        ("Copper shines.\n\nFine-tuning is dear.", TUNED)
    ]


def test_items_of_a_list_are_told_apart_by_method() -> None:
    mixed = section("- Fine-tuning: dear\n- Prompting: cheap")

    assert list(split_section(mixed, None))[1:] == [("- Fine-tuning: dear", TUNED), ("- Prompting: cheap", PROMPTED)]


def test_a_table_that_compares_the_methods_is_left_to_the_comparison() -> None:
    compared = Table("| a | Fine-tuning | Prompting |", ("a", "Fine-tuning", "Prompting"), ())
    other = Table("| a | b |", ("a", "b"), ())

    assert list(split_section(section("Kettles.", tables=(compared, other)), TUNED)) == [
        ("Kettles.\n\n| a | b |", TUNED)
    ]


def test_a_table_with_a_column_beside_the_two_methods_is_a_text_too() -> None:
    source = "| Feature | Fine-tuning | Prompting | RAG |"
    wider = Table(source, ("Feature", "Fine-tuning", "Prompting", "RAG"), ())

    assert list(split_section(section(tables=(wider,)), None)) == [(source, Method.BOTH)]


def test_a_table_of_both_methods_without_labels_is_a_text_about_both() -> None:
    unlabelled = Table("| Fine-tuning | Prompting |", ("Fine-tuning", "Prompting"), ())

    assert list(split_section(section(tables=(unlabelled,)), None)) == [("| Fine-tuning | Prompting |", Method.BOTH)]


def test_a_section_with_nothing_but_the_comparison_has_no_text() -> None:
    compared = Table("| a | Fine-tuning | Prompting |", ("a", "Fine-tuning", "Prompting"), ())

    assert list(split_section(section(tables=(compared,)), None)) == []


@given(st.lists(st.text(alphabet="abc .\n", min_size=1, max_size=900), min_size=1, max_size=5))
def test_a_long_section_is_cut_into_texts_that_can_be_shown_and_lose_nothing(texts: list[str]) -> None:
    parts = [text for text, _ in split_section(section(*texts), TUNED)]

    assert all(len(part) <= LONGEST for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", "".join(texts))


def test_a_long_section_is_cut_between_its_sentences() -> None:
    sentence = "Copper kettles shine in the morning sun. "
    parts = [text for text, _ in split_section(section(sentence * 60), TUNED)]

    assert len(parts) > 1
    assert all(part.startswith("Copper") and part.endswith("sun.") for part in parts)
