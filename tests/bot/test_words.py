"""Words are listed below their titles, and quoted in one line."""

from __future__ import annotations

from bot.words import LONGEST_QUOTE, shorten_quote, title_list


def test_a_list_stands_below_its_title_and_none_without_lines() -> None:
    assert title_list("Why:", ["- a", "- b"]) == "Why:\n- a\n- b"
    assert title_list("Why:", []) == ""


def test_a_quote_is_one_line_of_whole_words() -> None:
    assert shorten_quote("two\nlines") == "two lines"

    shown = shorten_quote("word " * 100)
    assert len(shown) <= LONGEST_QUOTE
    assert shown.endswith("word …")
