"""Published cases are found by what somebody is interested in."""

from __future__ import annotations

import pytest

from knowledge.lesson import Lesson
from knowledge.store import Knowledge
from retrieval.cases import find_year, search_cases


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("hospital", "clinical-summaries"),
        ("customer support", "intercom-fin"),
        ("text to sql", "dail-sql"),
        ("court decisions", "lawma"),
        ("tranlsation", "in-house-translation"),
        ("Predibase", "checkr"),
        ("farmers", "agriculture"),
    ],
)
def test_the_nearest_case_comes_first(words: str, case: str, knowledge: Knowledge) -> None:
    assert search_cases(words, knowledge)[0].id == f"cases/{case}"


def test_whatever_shares_a_telling_word_is_found(knowledge: Knowledge) -> None:
    found = {case.id for case in search_cases("sql", knowledge)}

    assert found == {"cases/dail-sql", "cases/open-sql"}


@pytest.mark.parametrize("words", ["the weather in Lisbon", "pizza", "asdfgh", "cooking recipes"])
def test_nothing_is_near_to_what_no_case_is_about(words: str, knowledge: Knowledge) -> None:
    assert search_cases(words, knowledge) == []


def test_a_case_is_as_new_as_its_newest_source(lesson: Lesson) -> None:
    both = next(passage for passage in lesson.passages if passage.id == "cases/lima-and-s1")
    taught = next(passage for passage in lesson.passages if not passage.addition)

    assert ("(2023)" in both.source, find_year(both)) == (True, 2025)
    assert find_year(taught) is None
