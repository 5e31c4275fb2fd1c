"""A further message refines what is known: findings, numbers, and what was said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.signals import Leaning, Need
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.quantity import Examples
from retrieval.refinement import add_message

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING


def find(need: Need, leaning: Leaning, words: str) -> Finding:
    return Finding(need=need, leaning=leaning, words=words)


def tell(profile: Profile, text: str, *findings: Finding) -> Profile:
    return add_message(profile, text, findings, parse_quantities(text, profile.quantities))


def count(profile: Profile) -> list[float]:
    return [each.count.low for each in profile.quantities if isinstance(each, Examples)]


def data_of(profile: Profile) -> list[tuple[Leaning, str]]:
    return [(each.leaning, each.words) for each in profile.findings if each.need is Need.DATA_REQUIREMENT]


MUCH = tell(
    Profile(),
    "We have 200k labelled tickets and one GPU.",
    find(Need.DATA_REQUIREMENT, TUNED, "200k labelled tickets"),
    find(Need.TECHNICAL_REQUIREMENTS, TUNED, "one GPU"),
)
FEW = tell(Profile(), "We have 12 examples.", find(Need.DATA_REQUIREMENT, PROMPTED, "12 examples"))


@pytest.mark.parametrize(
    ("before", "text", "counts", "data"),
    [
        (MUCH, "make that 200, not 200k", [200], (TUNED, "make that 200, not 200k")),
        (MUCH, "make that 20, not 200k", [20], (PROMPTED, "make that 20, not 200k")),
        (MUCH, "Sorry for that. I meant 30 tickets.", [30], (PROMPTED, "I meant 30 tickets.")),
        (FEW, "we have 20k now", [20_000], (TUNED, "we have 20k now")),
        (FEW, "by now it's 40", [40], (PROMPTED, "by now it's 40")),
    ],
)
def test_a_corrected_number_decides_whether_there_is_anything_to_train_on(
    before: Profile, text: str, counts: list[float], data: tuple[Leaning, str]
) -> None:
    after = tell(before, text)

    assert count(after) == counts
    assert data_of(after) == [data]


def test_a_corrected_number_counts_whatever_else_was_read_in_it() -> None:
    misread = find(Need.DATA_REQUIREMENT, TUNED, "20")

    assert data_of(tell(MUCH, "make that 20, not 200k", misread)) == [(PROMPTED, "make that 20, not 200k")]


def test_a_corrected_number_says_nothing_of_other_needs() -> None:
    misread = find(Need.TIME_AND_COST, TUNED, "make that 200, not 200k")
    gpus = find(Need.TECHNICAL_REQUIREMENTS, TUNED, "two GPUs")

    after = tell(MUCH, "make that 200, not 200k, and two GPUs", misread, gpus)

    assert [each.words for each in after.findings] == ["two GPUs", "make that 200, not 200k, and two GPUs"]


@pytest.mark.parametrize(
    "text",
    [
        "make that 20, not 200k. Every answer must come within 200 ms",
        "Every answer must come within 200 ms. Make that 20, not 200k.",
    ],
)
def test_a_corrected_number_is_looked_for_where_it_stands(text: str) -> None:
    fast = find(Need.VOLUME_LATENCY, TUNED, "within 200 ms")

    after = tell(MUCH, text, fast)

    assert fast in after.findings
    assert [(leaning, words.casefold()) for leaning, words in data_of(after)] == [(PROMPTED, "make that 20, not 200k.")]


def test_a_correction_can_be_corrected_again_and_again() -> None:
    after = MUCH
    for text in ("make that 200, not 200k", "no, only 20", "we have 20k now", "sorry, 30k, not 20k"):
        after = tell(after, text)

    assert count(after) == [30_000]
    assert data_of(after) == [(TUNED, "sorry, 30k, not 20k")]
    assert [each.labelled for each in after.quantities if isinstance(each, Examples)] == [True]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("make that 100k, not 200k", [(TUNED, "200k labelled tickets"), (PROMPTED, "none for the letters")]),
        ("make that 20, not 200k", [(PROMPTED, "make that 20, not 200k")]),
    ],
)
def test_where_one_part_has_examples_and_another_none_they_stay_so_while_there_are_enough(
    text: str, data: list[tuple[Leaning, str]]
) -> None:
    none = find(Need.DATA_REQUIREMENT, PROMPTED, "none for the letters")
    parts = MUCH.model_copy(update={"findings": (*MUCH.findings, none)})
    misread = find(Need.DATA_REQUIREMENT, PROMPTED, text)

    assert sorted(data_of(tell(parts, text, misread))) == sorted(data)


def test_labelled_examples_of_which_nothing_was_read_are_examples_all_the_same() -> None:
    before = tell(Profile(), "There are 30 labelled examples.")
    misread = find(Need.TIME_AND_COST, TUNED, "we have 20k now")

    after = tell(before, "we have 20k now", misread)

    assert after.findings == (find(Need.DATA_REQUIREMENT, TUNED, "we have 20k now"),)


def test_where_examples_were_not_spoken_of_a_corrected_number_settles_nothing() -> None:
    before = tell(Profile(), "It is shown 200 reviews a week.", find(Need.FLEXIBILITY, TUNED, "It"))

    assert data_of(tell(before, "make that 20, not 200")) == []


@pytest.mark.parametrize(
    ("text", "findings", "counts"),
    [
        ("We tried it with 20 examples in the prompt.", [], [200_000]),
        ("We also have 500 labelled chats.", [find(Need.DATA_REQUIREMENT, TUNED, "500 labelled chats")], [500]),
    ],
)
def test_other_examples_take_the_place_of_those_before_only_where_data_is_spoken_of(
    text: str, findings: Sequence[Finding], counts: list[float]
) -> None:
    assert count(tell(MUCH, text, *findings)) == counts


def test_quantities_of_other_kinds_stay() -> None:
    after = tell(MUCH, "make that 200, not 200k")

    assert [each.kind for each in after.quantities] == ["gpus", "examples"]


def test_what_was_said_is_kept_message_by_message() -> None:
    after = tell(tell(Profile(), "A bot for our guild."), "On Discord, that is.")

    assert after.told == ("A bot for our guild.", "On Discord, that is.")
    assert after.description == "A bot for our guild.\nOn Discord, that is."
