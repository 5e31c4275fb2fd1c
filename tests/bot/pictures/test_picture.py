"""The words that stand for a picture are as many as Discord takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.picture import LONGEST_ALT, shorten_alt

REST = "The text has all of it."


def test_what_is_short_enough_stays_as_it_is() -> None:
    assert shorten_alt("word " * 200, REST) == "word " * 200


def test_what_is_longer_is_cut_at_a_word_and_says_where_the_rest_is() -> None:
    shown = shorten_alt("word " * 300, REST)

    assert shown.endswith(f"word… {REST}")
    assert LONGEST_ALT - len("word ") <= len(shown) <= LONGEST_ALT


def test_without_spaces_it_is_cut_anywhere() -> None:
    shown = shorten_alt("很" * 2_000, REST)

    assert shown.endswith(f"很… {REST}")
    assert len(shown) == LONGEST_ALT


def test_an_emoji_counts_twice_and_is_not_cut_in_half() -> None:
    shown = shorten_alt("a" + "🎉" * 2_000, REST)

    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST_ALT
    assert shown.startswith("a🎉🎉")
    assert shown.endswith(f"🎉… {REST}")


@given(st.text(max_size=40).map(lambda text: text * 60))
def test_any_words_are_within_the_limit(text: str) -> None:
    shown = shorten_alt(text, REST)

    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST_ALT
    assert shown == text or shown.endswith(f"… {REST}")
