"""What a message comes after, in words that the reader reads before it."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method
from knowledge.context import describe_context
from knowledge.topics import load_topics


def test_every_topic_has_a_context_of_its_own() -> None:
    contexts = {describe_context(topic, method) for topic in load_topics() for method in Method}

    assert len(contexts) == len(load_topics()) * len(Method)


def test_an_answer_on_both_that_names_one_of_them_is_a_context_of_its_own() -> None:
    named = describe_context("flexibility", Method.BOTH, "which bends more?", "prompt_engineering")

    assert named.words == "flexibility, both methods, rather prompt engineering: which bends more?"
    assert named != describe_context("flexibility", Method.BOTH, "which bends more?", "depends")
    assert describe_context("flexibility", Method.FINE_TUNING, opening="fine_tuning") == describe_context(
        "flexibility", Method.FINE_TUNING
    )


def test_what_was_talked_about_before_is_recalled_the_last_two_subjects_of_it() -> None:
    first = describe_context("definition", Method.FINE_TUNING, "what is tuning?")
    second = describe_context("flexibility", Method.BOTH, "which bends?", "prompt_engineering", first.subjects)
    third = describe_context("examples", Method.FINE_TUNING, earlier=second.subjects)
    last = describe_context("scalability", Method.BOTH, "and ten teams?", earlier=third.subjects)

    assert first.recalled == first
    assert second.recalled.words.startswith("definition, fine-tuning; flexibility, both methods, rather prompt")
    assert last.recalled.words == (
        "flexibility, both methods, rather prompt engineering; examples, fine-tuning; "
        "scalability, both methods: and ten teams?"
    )


@pytest.mark.parametrize(
    ("opening", "told"), [("no", "no"), ("false", "no"), ("depends", "it depends"), ("yes", "yes")]
)
def test_how_an_answer_began_is_recalled_where_it_says_which_way_it_went(opening: str, told: str) -> None:
    asked = "must i train a model for poems?"
    context = describe_context("technical-requirements", Method.FINE_TUNING, asked, opening)

    assert context.words == f"technical requirements, fine-tuning: {asked}"
    assert context.recalled.words == f"{context.words} {told}"


def test_a_project_that_is_talked_about_is_recalled_first() -> None:
    advised = describe_context("when-to-choose", Method.BOTH, "a bot for our letters", project=True)
    asked = describe_context("examples", Method.BOTH, "who does that?", earlier=advised.subjects, project=True)

    assert advised.recalled.words == f"project; {advised.words}"
    assert asked.recalled.words == "project; when to choose, both methods; examples, both methods: who does that?"
