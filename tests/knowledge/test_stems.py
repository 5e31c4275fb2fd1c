"""Text → the stems of the words that carry its meaning."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.stems import list_stems


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_words_that_carry_meaning_are_brought_to_their_stems() -> None:
    assert list_stems("The kettles of 2024 are shining; a KETTLE shines.") == {"kettl", "shine"}


@pytest.mark.usefixtures("hasty_threads")
def test_threads_that_stem_at_once_do_not_mix_up_their_words() -> None:
    texts = [f"relational generalisation {'e' * length}ing" for length in range(3, 103)]

    with ThreadPoolExecutor(8) as pool:
        stems = list(pool.map(list_stems, texts))

    assert stems == [{"relat", "generalis", "e" * length} for length in range(3, 103)]
