"""Examples are varied in what must not matter, and in nothing else."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison import Method
from knowledge.context import NEW, describe_context
from knowledge.signals import Leaning, Need, Sentence, Signal
from knowledge.training.examples import FindingMark, MessageExample, ScenarioExample
from knowledge.training.variation import (
    follow_anything,
    interrupt_description,
    join_statements,
    mark_scenario,
    mistype,
    respell_description,
    to_american,
    to_british,
    update_anything,
    vary_message,
    vary_turn,
)

DATA = str(Signal(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING))
SCENARIO = ScenarioExample(
    text="We run an organisation of 40. There are 9,000 labelled letters! The colour of the form never changes.",
    findings=(
        FindingMark(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="9,000 labelled letters"),
        FindingMark(need=Need.FLEXIBILITY, leaning=Leaning.FINE_TUNING, words="colour of the form never changes"),
    ),
)
CHATTER = ["It rains again.", "Greetings from Lisbon."]


def test_the_words_of_each_finding_are_marked() -> None:
    described = mark_scenario(SCENARIO)

    assert [described.text[span.start : span.end] for span in described.spans] == [
        mark.words for mark in SCENARIO.findings
    ]


@given(st.integers())
def test_chatter_moves_the_marks_with_their_words(seed: int) -> None:
    described = interrupt_description(mark_scenario(SCENARIO), CHATTER, Random(seed))

    assert any(said in described.text for said in CHATTER)
    assert [described.text[span.start : span.end] for span in described.spans] == [
        mark.words for mark in SCENARIO.findings
    ]


@given(st.integers())
def test_another_spelling_moves_the_marks_with_their_words(seed: int) -> None:
    described = respell_description(mark_scenario(SCENARIO), Random(seed))

    words = [described.text[span.start : span.end] for span in described.spans]
    assert words in (
        ["9,000 labelled letters", "colour of the form never changes"],
        ["9,000 labeled letters", "color of the form never changes"],
    )


def test_spellings_are_turned_both_ways_in_their_case() -> None:
    assert to_american("Labelled COLOURS in the centre") == "Labeled Colors in the center"
    assert to_british("Labeled colors in the center") == "Labelled colours in the centre"


@given(st.integers())
def test_joined_statements_are_marked_whole(seed: int) -> None:
    statements = [Sentence(DATA, f"We have {number} letters") for number in range(9)]

    described = join_statements(statements, CHATTER, Random(seed))

    assert described.spans
    assert not described.whole
    assert all(described.text[span.start : span.end].startswith("We have") for span in described.spans)


@given(st.integers())
def test_a_message_keeps_what_it_asks(seed: int) -> None:
    example = MessageExample("how much does tuning cost", "question", topics=("time-and-cost",))

    varied = vary_message(example, Random(seed))

    assert (varied.kind, varied.topics, varied.method) == (example.kind, example.topics, example.method)
    assert len(varied.text.split()) == len(example.text.split())


@pytest.mark.parametrize("seed", range(20))
def test_a_follow_up_takes_what_it_leaves_out_from_its_new_context(seed: int) -> None:
    before = describe_context("flexibility", Method.FINE_TUNING, "is tuning rigid?")
    example = MessageExample("and why?", "follow_up", before, ("flexibility",), Method.FINE_TUNING, relative=True)

    varied = vary_turn(example, Random(seed))

    (topic,) = varied.topics
    assert (varied.context.topic, varied.context.method) == (topic, varied.method)
    assert "rigid" not in varied.context.words


@pytest.mark.parametrize("project", [True, False])
def test_a_follow_up_stays_with_a_project_that_is_talked_about(*, project: bool) -> None:
    before = describe_context("flexibility", Method.FINE_TUNING, "is tuning rigid?", project=project)
    example = MessageExample("and why?", "follow_up", before, ("flexibility",), Method.FINE_TUNING)

    assert vary_turn(example, Random(1)).context.project is project


@pytest.mark.parametrize("before", ["flexibility", "time-and-cost"])
@pytest.mark.parametrize("seed", range(10))
def test_a_follow_up_keeps_the_topic_and_the_method_it_names_itself(seed: int, before: str) -> None:
    context, topics = describe_context(before, Method.FINE_TUNING), ("time-and-cost",)
    example = MessageExample("and the gpu's cost?", "follow_up", context, topics, Method.FINE_TUNING)

    varied = vary_turn(example, Random(seed))

    assert (varied.topics, varied.method) == (("time-and-cost",), Method.FINE_TUNING)


def test_follow_ups_always_follow_something_and_updates_mostly_a_project() -> None:
    rng = Random(1)

    assert NEW not in {follow_anything("why?", rng).context for _ in range(50)}
    contexts = [update_anything("we have 20k now", rng).context for _ in range(200)]
    assert sum(context.project for context in contexts) > 100
    assert NEW in contexts
    assert {len(context.subjects) for context in contexts if context.project} == {1, 2}


@given(st.text(max_size=80), st.integers())
def test_a_typing_error_changes_no_number_and_adds_no_word(text: str, seed: int) -> None:
    mistyped = mistype(text, Random(seed))

    assert [part for part in mistyped if part.isdigit()] == [part for part in text if part.isdigit()]
    assert mistyped.count(" ") == text.count(" ")
