"""Headings and everyday words → topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.topics import load_topics, match_topic, slugify

TOPIC_IDS = [
    "definition",
    "data-requirement",
    "time-and-cost",
    "flexibility",
    "technical-requirements",
    "output-consistency",
    "scalability",
    "examples",
    "advantages",
    "disadvantages",
    "when-to-choose",
]


def test_the_topics_are_those_of_the_lesson_in_its_order() -> None:
    assert list(load_topics()) == TOPIC_IDS


@pytest.mark.parametrize("topic_id", TOPIC_IDS)
def test_a_topic_is_matched_by_its_id_and_its_title(topic_id: str) -> None:
    assert match_topic(topic_id) == topic_id
    assert match_topic(load_topics()[topic_id].title.upper()) == topic_id


@pytest.mark.parametrize(
    ("heading", "topic_id"),
    [
        ("Advantages of Fine-Tuning", "advantages"),
        ("Prompt engineering: disadvantages", "disadvantages"),
        ("The main drawbacks of fine tuning", "disadvantages"),
        ("When Should You Choose Which?", "when-to-choose"),
        ("Time & Cost", "time-and-cost"),
        ("Training data for finetuning", "data-requirement"),
        ("PROS", "advantages"),
        ("Use cases", "examples"),
    ],
)
def test_method_names_and_small_words_around_them_do_not_count(heading: str, topic_id: str) -> None:
    assert match_topic(heading) == topic_id


@pytest.mark.parametrize("heading", ["Fine-Tuning", "Prompt engineering", "Weather", "", "???", "中文"])
def test_a_heading_that_means_no_topic_matches_none(heading: str) -> None:
    assert match_topic(heading) is None


def test_no_everyday_word_means_two_topics() -> None:
    meant = [(slugify(words), topic_id) for topic_id, topic in load_topics().items() for words in topic.also]

    assert sorted(dict(meant).items()) == sorted(set(meant))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Time and Cost", "time-and-cost"),
        ("  What?! ", "what"),
        ("snake_case", "snake-case"),
        ("…", "section"),
        ("Größe", "grösse"),
    ],
)
def test_a_slug_is_lower_case_words_and_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_of_a_slug_is_the_same_slug(text: str) -> None:
    slug = slugify(text)

    assert slug
    assert slugify(slug) == slug
