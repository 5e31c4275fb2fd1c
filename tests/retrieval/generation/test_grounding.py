"""A statement that its passages do not support has a fault, and every rule has its own."""

from __future__ import annotations

import pytest

from retrieval.generation.draft import Statement
from retrieval.generation.grounding import Fault, Rule, find_faults, is_turned, measure_support
from tests.fakes import WordEmbedder
from tests.retrieval.generation.samples import PASSAGES, PROMPTED, TUNED

WORDS = WordEmbedder()


def find_rules(text: str, *cited: int) -> list[Rule]:
    return [fault.rule for fault in find_faults([Statement(text, cited)], PASSAGES, WORDS)]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Fine-tuning needs at least 500 labelled examples.", (1,)),
        ("It does not forgive careless labels, as Meta found.", (1,)),
        ("Prompt engineering works with a handful of examples.", (2,)),
        ("Fine-tuning needs at least 500 labelled examples, while prompt engineering works with a handful.", (1, 2)),
    ],
)
def test_what_the_passages_say_has_no_fault(text: str, cited: tuple[int, ...]) -> None:
    assert find_rules(text, *cited) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Fine-tuning needs at least 500 labelled examples, see https://example.test/x.", "markup"),
        ("Fine-tuning needs at least 500 labelled examples, see example.com.", "markup"),
        ("Fine-tuning needs at least 500 labelled examples, @everyone.", "markup"),
        ("Fine-tuning needs at least 500 labelled examples, <@4711>.", "markup"),
        ("Fine-tuning needs at least 500 [labelled](x) examples.", "markup"),
        ("Fine-tuning needs **at least** 500 labelled examples.", "markup"),
        ("# Fine-tuning needs at least 500 labelled examples.", "markup"),
        ("Fine-tuning needs at least 5,000 labelled examples.", "figure"),
        ("Fine-tuning needs at least 500 labelled examples and 2 GPUs.", "figure"),
        ("It does not forgive careless labels, as Google found.", "name"),
        ("Fine-tuning always needs at least 500 labelled examples.", "sweeping"),
        ("Fine-tuning needs only 500 labelled examples.", "sweeping"),
        ("Fine-tuning guarantees labelled examples.", "sweeping"),
        ("I say that fine-tuning needs at least 500 labelled examples.", "voice"),
        ("At least 500 labelled examples are recommended.", "voice"),
        ("Fine-tuning does not need at least 500 labelled examples.", "turned"),
        ("It forgives careless labels.", "turned"),
        ("Prompt engineering needs at least 500 labelled examples.", "turned"),
        ("The weather in coastal towns changes quickly during autumn.", "support"),
    ],
)
def test_what_they_do_not_say_breaks_a_rule(text: str, rule: Rule) -> None:
    assert find_rules(text, 1) == [rule]


@pytest.mark.parametrize("cited", [(), (0,), (3,), (1, 3)])
def test_a_statement_cites_passages_that_were_given(cited: tuple[int, ...]) -> None:
    assert find_rules("Fine-tuning needs at least 500 labelled examples.", *cited) == ["citation"]


def test_a_statement_rests_on_what_it_cites_not_on_what_else_there_is() -> None:
    assert find_rules("Fine-tuning needs at least 500 labelled examples.", 2) == ["figure"]


def test_a_name_at_the_beginning_is_a_word_like_others() -> None:
    assert find_rules("Careless labels are what it does not forgive.", 1) == []


def test_every_statement_has_its_own_fault_at_most_one() -> None:
    good = Statement("Fine-tuning needs at least 500 labelled examples.", (1,))
    bad = Statement("Fine-tuning always needs at least 700 labelled examples.", (1,))
    worse = Statement("See example.com.", ())

    faults = find_faults([good, bad, worse], PASSAGES, WORDS)
    assert faults == [Fault(bad.text, "figure"), Fault(worse.text, "markup")]


def test_a_fault_is_told_with_the_statement() -> None:
    assert Fault("It takes 9 days.", "figure").phrase() == (
        "“It takes 9 days.” has a figure that its passages do not have."
    )


def test_support_is_less_the_more_is_added() -> None:
    said = f"{TUNED.heading}.\n{TUNED.text}"
    texts = [
        "Fine-tuning needs at least 500 labelled examples.",
        "Fine-tuning needs at least 500 labelled examples of rather rare purple kettles.",
        "Rather rare purple kettles.",
    ]
    support = [measure_support(text, said, WORDS) for text in texts]

    assert support == sorted(support, reverse=True)
    assert support[0] > 0.9
    assert support[2] < 0.3


def test_a_clause_that_hangs_on_a_supported_one_has_to_be_supported_too() -> None:
    said = f"{TUNED.heading}.\n{TUNED.text}"

    assert measure_support(
        "Fine-tuning needs at least 500 labelled examples, and purple kettles whistle loudly.", said, WORDS
    ) == pytest.approx(0.0)


def test_what_is_said_of_one_method_is_not_said_of_the_other() -> None:
    assert is_turned("Fine-tuning works with a handful of examples.", [PROMPTED])
    assert not is_turned("Fine-tuning works with a handful of examples.", [TUNED])
    assert not is_turned("It works with a handful of examples.", [PROMPTED])
