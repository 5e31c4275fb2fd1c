"""What somebody typed is led to what is called so, or nearly so."""

from __future__ import annotations

import pytest

from retrieval.names import LONGEST_LABEL, MOST_SUGGESTIONS, Named, find_named, name_thing, suggest_labels

THINGS = [
    name_thing("rag", "RAG (looking things up)", ("RAG", "looking things up"), ("search first, then write",)),
    name_thing("overfitting", "Overfitting", (), ("learning by heart",)),
    name_thing("fitting", "Fitting rooms", (), ()),
    name_thing("zero", "Zero-shot", ("zero shot",), ()),
]


def find(words: str) -> str | None:
    found = find_named(words, THINGS)
    return found.id if found else None


@pytest.mark.parametrize("words", ["RAG", "rag", " Looking things up", "rag (looking things up)"])
def test_any_name_of_a_thing_means_it_however_it_is_written(words: str) -> None:
    assert find(words) == "rag"


def test_a_way_of_asking_means_it_in_these_very_words() -> None:
    assert find("Search first, then write!") == "rag"
    assert find("search first") is None


@pytest.mark.parametrize(
    ("words", "meant"), [("overfiting", "overfitting"), ("Ovrefitting", "overfitting"), ("zeroshot", "zero")]
)
def test_a_typing_error_hides_nothing(words: str, meant: str) -> None:
    assert find(words) == meant


@pytest.mark.parametrize("words", ["rga", "weather", "overt fights", "", "?"])
def test_what_is_too_short_to_be_told_or_too_far_off_means_nothing(words: str) -> None:
    assert find(words) is None


def test_an_error_that_may_mean_two_things_means_neither() -> None:
    twins = [name_thing("a", "Kettles", ()), name_thing("b", "Nettles", ())]

    assert find_named("Mettles", twins) is None
    assert suggest_labels("Mettles", twins) == ["Kettles", "Nettles"]


def test_what_begins_as_typed_comes_first_then_what_holds_it_then_what_is_asked_for_so() -> None:
    things = [
        name_thing("asked", "Drawers", (), ("a place for kettles",)),
        name_thing("holds", "Copper kettles", ()),
        name_thing("begins", "Kettles", ()),
        name_thing("none", "Weather", ()),
    ]

    assert suggest_labels("kett", things) == ["Kettles", "Copper kettles", "Drawers"]


def test_a_typing_error_is_forgiven_while_typing() -> None:
    assert suggest_labels("overfiti", THINGS) == ["Overfitting"]


@pytest.mark.parametrize("words", ["", "  ", "?"])
def test_without_a_letter_everything_is_suggested_by_the_alphabet(words: str) -> None:
    assert suggest_labels(words, THINGS) == ["Fitting rooms", "Overfitting", "RAG (looking things up)", "Zero-shot"]


def test_suggestions_are_few_short_and_each_there_once() -> None:
    things = [name_thing(str(number), f"{number // 2:03} {'long ' * 50}", ()) for number in range(100)]

    suggested = suggest_labels("0", things)

    assert len(suggested) == len(set(suggested)) == MOST_SUGGESTIONS
    assert max(map(len, suggested)) <= LONGEST_LABEL


def test_a_suggestion_cut_short_still_means_its_thing() -> None:
    heading = "A heading " * 20
    things = [Named("other", "Other", ("other",), ()), name_thing("long", heading, ())]

    (suggested,) = suggest_labels("a head", things)
    found = find_named(suggested, things)

    assert found is not None
    assert found.id == "long"
