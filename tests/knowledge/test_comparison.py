"""The table, and a row of it by everyday words."""

from __future__ import annotations

import pytest

from knowledge.comparison import Comparison, Feature, Method, find_columns, find_methods, infer_method
from knowledge.lesson import Lesson

BOTH = frozenset({Method.FINE_TUNING, Method.PROMPT_ENGINEERING})


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("fine-tuning", {Method.FINE_TUNING}),
        ("I finetuned it", {Method.FINE_TUNING}),
        ("re-training the network", {Method.FINE_TUNING}),
        ("FT", {Method.FINE_TUNING}),
        ("better prompts", {Method.PROMPT_ENGINEERING}),
        ("PE is cheap", {Method.PROMPT_ENGINEERING}),
        ("tuning or prompting?", BOTH),
        ("a soft pen", set()),
        ("", set()),
    ],
)
def test_methods_are_found_by_their_names_in_any_spelling(text: str, methods: set[Method]) -> None:
    assert find_methods(text) == methods


def test_a_text_about_two_methods_is_about_both() -> None:
    assert infer_method("fine-tuning against prompting") is Method.BOTH
    assert infer_method("only prompts") is Method.PROMPT_ENGINEERING
    assert infer_method("neither is named") is None


def test_a_table_compares_the_methods_where_each_has_a_column_beside_the_labels() -> None:
    assert find_columns(("What", "Prompting", "Price", "Finetuning")) == (3, 1)
    assert find_columns(("Fine-tuning", "Prompting")) is None
    assert find_columns(("What", "Fine-tuning or prompting", "Prompting")) is None
    assert find_columns(()) is None


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Data requirement", "data-requirement"),
        ("data-requirement", "data-requirement"),
        ("DATA", "data-requirement"),
        ("price", "time-and-cost"),
        ("how consistent is the output", None),
        ("consistency", "output-consistency"),
        ("skills", "technical-requirements"),
        ("scalabilty", "scalability"),
        ("Flexibilty", "flexibility"),
        ("the weather", None),
        ("", None),
    ],
)
def test_a_row_is_found_by_label_id_everyday_words_and_with_typos(
    lesson: Lesson, words: str, topic: str | None
) -> None:
    found = lesson.comparison.find_feature(words)

    assert (found.topic if found else None) == topic


def test_a_row_that_fits_none_of_our_topics_is_found_by_its_label() -> None:
    row = Feature(
        feature="Smell of the office",
        topic="smell-of-the-office",
        fine_tuning="Burnt dust",
        prompt_engineering="Coffee",
    )
    comparison = Comparison(features=(row,))

    assert comparison.find_feature("smell of the OFFICE") == row
    assert comparison.find_feature("smel of the office") == row
    assert comparison.find_feature("data") is None


def test_an_empty_table_has_no_row_to_find_or_suggest() -> None:
    assert Comparison().find_feature("data") is None
    assert Comparison().suggest_features("data") == []


def test_suggestions_are_all_rows_with_the_nearest_first(lesson: Lesson) -> None:
    suggested = lesson.comparison.suggest_features("cost")

    assert suggested[0].topic == "time-and-cost"
    assert sorted(row.topic for row in suggested) == sorted(row.topic for row in lesson.comparison.features)
