"""How many examples there are is what the words on data say."""

from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.profile import Finding
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples
from retrieval.stock import select_stock


def count(text: str, *words: str, leaning: Leaning = Leaning.FINE_TUNING) -> list[tuple[float, bool | None]]:
    """Return the counts of examples, and whether they are labelled, given the words on data."""
    findings = [Finding(need=Need.DATA_REQUIREMENT, leaning=leaning, words=each) for each in words]
    assert all(each in text for each in words)
    selected = select_stock(text, findings, parse_quantities(text))
    return [(each.count.low, each.labelled) for each in selected if isinstance(each, Examples)]


@pytest.mark.parametrize(
    ("text", "words", "counts"),
    [
        ("Voting among five answers; 8,000 labelled letters.", ["8,000 labelled letters"], [(8_000, True)]),
        ("Voting among five answers; all is on file.", ["all is on file"], []),
        ("There are 9,000 answers; all is on file.", ["all is on file"], [(9_000, None)]),
        ("Voting among five answers.", [], [(5, None)]),
        ("85k intervals where geologists picked a code.", ["85k intervals where geologists picked"], [(85_000, True)]),
        ("Two clerks gave each one of 41 codes.", ["gave each one of 41 codes"], []),
        ("Each of 9 million calls a month is kept.", ["9 million calls a month is kept"], []),
        ("All kept since 1994, 12,000 of it.", ["kept since 1994, 12,000 of it"], [(12_000, True)]),
        ("300 notes here and 5,000 letters there.", ["300 notes", "5,000 letters"], [(300, None), (5_000, None)]),
    ],
)
def test_examples_are_counted_in_the_words_on_data(
    text: str, words: list[str], counts: list[tuple[float, bool | None]]
) -> None:
    assert count(text, *words) == counts


def test_a_number_where_data_is_wanting_is_not_called_labelled() -> None:
    assert count("40,000 envelopes, unread", "40,000 envelopes", leaning=Leaning.PROMPT_ENGINEERING) == [(40_000, None)]


def test_each_part_of_a_project_has_examples_of_its_own() -> None:
    text = "30k barks by our writers. And ideas for quests, no data."
    has = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="30k barks by our writers")
    lacks = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.PROMPT_ENGINEERING, words="no data")

    selected = select_stock(text, [has, lacks], parse_quantities(text))

    assert [each.words for each in selected] == ["30k", "no data"]


def test_what_is_corrected_counts_wherever_it_stands() -> None:
    earlier = parse_quantities("300 labelled tickets")
    text = "Of letters there are 12,000 scans. We have 20k tickets now, no, 30k."

    words = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="12,000 scans")
    selected = select_stock(text, [words], parse_quantities(text, earlier))

    assert [each.words for each in selected] == ["12,000 scans", "30k"]


def test_other_quantities_are_left_as_they_are() -> None:
    text = "8,000 letters, one GPU, due in 3 weeks"

    words = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="8,000 letters")

    assert [each.kind for each in select_stock(text, [words], parse_quantities(text))] == [
        "examples",
        "gpus",
        "deadline",
    ]
