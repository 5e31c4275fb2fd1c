"""What somebody else has is no evidence."""

from __future__ import annotations

import pytest

from retrieval.ownership import is_elsewhere


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A friend's company has four ML engineers. We have none.", "four ML engineers"),
        ("Our competitors have 2 million labelled reviews, sadly.", "2 million labelled reviews"),
        ("My brother's startup owns four GPUs and two ML people.", "two ML people"),
        ("Nice town. The agency next door runs its own training cluster", "its own training cluster"),
    ],
)
def test_it_is_elsewhere_where_somebody_else_has_it(text: str, words: str) -> None:
    assert is_elsewhere(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We have four ML engineers.", "four ML engineers"),
        ("A friend's company has a bot. We have 9,000 labelled letters.", "9,000 labelled letters"),
        ("My brother has a GPU that he lends us", "lends us"),
        ("Our competitors have nothing, we have 9,000 labelled letters", "9,000 labelled letters"),
        ("my cousin trains models for a living and will do it", "trains models for a living"),
    ],
)
def test_it_is_ours_where_we_have_it_or_are_lent_it(text: str, words: str) -> None:
    assert not is_elsewhere(text, words)
