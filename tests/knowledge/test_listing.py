"""A list says the same in any order, so it is read in one."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.listing import order_items

ITEMS = ["no budget", "Two engineers", "8,000 labelled chats", "one fixed task", "must be exact"]
ITEM = st.text(alphabet="abcdefg 123", min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize("template", ["- {}", "* {}", "  • {}", "{}"])
def test_lines_with_or_without_bullets_are_put_in_one_order(template: str) -> None:
    orders = [Random(seed).sample(ITEMS, len(ITEMS)) for seed in range(5)]

    assert len({order_items("\n".join(template.format(item) for item in order)) for order in orders}) == 1


def test_numbered_lines_are_items_whatever_their_numbers() -> None:
    assert order_items("1. b\n2. a") == order_items("1. a\n2. b") == "- a\n- b"


@pytest.mark.parametrize("separator", ["; ", ", "])
def test_short_parts_of_one_line_are_items(separator: str) -> None:
    assert order_items(separator.join(ITEMS)) == order_items(separator.join(reversed(ITEMS)))


def test_what_stands_around_a_list_stays_where_it_is() -> None:
    assert order_items("We have this:\n- b\n- a\nIs that enough for a model?") == (
        "We have this:\n- a\n- b\nIs that enough for a model?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "Two sentences. They are no list.",
        "We have data, but no money.",
        "Dear all,\nI write to you at length about what we have planned for the whole of next year.\nYours",
    ],
)
def test_what_is_no_list_stays_as_it_is(text: str) -> None:
    assert order_items(text) == text


@given(st.lists(ITEM, min_size=2, max_size=6))
def test_every_item_stays_word_for_word(items: list[str]) -> None:
    ordered = order_items("\n".join(f"- {item}" for item in items))

    assert sorted(line.removeprefix("- ").strip() for line in ordered.split("\n")) == sorted(
        item.strip() for item in items
    )


@given(st.text(max_size=200))
def test_no_letter_is_added(text: str) -> None:
    """Some may go: those that number a list."""
    ordered, written = (Counter(filter(str.isalpha, said)) for said in (order_items(text), text))

    assert ordered <= written
