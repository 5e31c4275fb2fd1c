"""A draft is read as statements, each with the passages that it cites."""

from __future__ import annotations

import pytest

from retrieval.generation.draft import Statement, number_statements, read_statement, split_draft, take_whole


@pytest.mark.parametrize(
    ("draft", "statements"),
    [
        ("One [1]. Two [2].", [("One.", (1,)), ("Two.", (2,))]),
        ("One. [1] Two. [2]", [("One.", (1,)), ("Two.", (2,))]),
        ("One [1][2]. Two [1, 2]!", [("One.", (1, 2)), ("Two!", (1, 2))]),
        ("One [2][1][2].", [("One.", (2, 1))]),
        ("One. [1].\n\nTwo [2]", [("One..", (1,)), ("Two", (2,))]),
        ("Line one [1]\nLine two [2]", [("Line one", (1,)), ("Line two", (2,))]),
        ('He said "no." [1] And left [2].', [('He said "no."', (1,)), ("And left.", (2,))]),
        ("It takes 1.5 hours [1].", [("It takes 1.5 hours.", (1,))]),
        ("Why? [1] Because [2].", [("Why?", (1,)), ("Because.", (2,))]),
        ("No citation.", [("No citation.", ())]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_draft_is_split_where_a_statement_ends(draft: str, statements: list[tuple[str, tuple[int, ...]]]) -> None:
    assert split_draft(draft) == [Statement(*each) for each in statements]


@pytest.mark.parametrize("draft", ["One [1]. Two", "One [1]. Two [2].", "One. [1] T"])
def test_the_last_statement_may_go_on(draft: str) -> None:
    """A citation may follow, or more of the sentence."""
    assert take_whole(draft) == [Statement("One.", (1,))]


@pytest.mark.parametrize("draft", ["", "One", "One.", "One. [1"])
def test_what_nothing_follows_is_not_known_to_be_whole(draft: str) -> None:
    assert take_whole(draft) == []


def test_a_statement_s_space_is_evened_out() -> None:
    assert read_statement("  One \n two  [1] .") == Statement("One two .", (1,))


def test_citations_are_numbered_anew_in_the_order_of_their_use() -> None:
    statements = [Statement("One.", (4,)), Statement("Two.", (2, 4)), Statement("Three.", (1,))]

    assert number_statements(statements) == ("One. [1] Two. [2][1] Three. [3]", (4, 2, 1))


def test_of_nothing_nothing_is_made() -> None:
    assert number_statements([]) == ("", ())
