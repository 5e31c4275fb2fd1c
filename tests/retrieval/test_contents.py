"""What a lesson holds on a topic is there whole, in order, and apart from what goes beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.comparison import Method
from knowledge.lesson import Lesson, read_lesson
from knowledge.topics import load_topics
from retrieval.contents import compose_page, list_contents

PARTS = ("lesson", "addition", "practice", "myth", "question")
KINDS = ("topic", "practice", "myth", "question")


def test_topics_are_in_the_lessons_order_with_the_passage_that_says_most(lesson: Lesson) -> None:
    contents = list_contents(lesson)

    assert list(contents) == list(load_topics())
    assert [entry.title for entry in contents.values()] == [topic.title for topic in load_topics().values()]
    assert all(entry.main.method is Method.BOTH and not entry.main.addition for entry in contents.values())


def test_topics_of_somebodys_own_follow_ours(own_lesson: Path) -> None:
    *ours, own = list_contents(read_lesson([own_lesson]))

    assert ours == list(load_topics())
    assert own.startswith("prompt-engineering-and-fine-tuning")


@pytest.mark.parametrize("topic", load_topics())
def test_a_page_holds_everything_on_its_topic_but_cases_and_terms(topic: str, lesson: Lesson) -> None:
    page = compose_page(topic, "Title", lesson)
    held = {passage.id for section in page.sections for passage in section.passages}

    assert page.title == "Title"
    assert held == {passage.id for passage in lesson.passages if passage.topic == topic and passage.kind in KINDS}


@pytest.mark.parametrize("topic", load_topics())
def test_what_the_lesson_says_comes_first_and_what_goes_beyond_it_stands_apart(topic: str, lesson: Lesson) -> None:
    sections = compose_page(topic, "Title", lesson).sections
    parts = [section.part for section in sections]

    assert parts == [part for part in PARTS if part in parts]
    assert parts[:2] == ["lesson", "addition"]
    for section in sections:
        assert all(passage.addition == (section.part != "lesson") for passage in section.passages)


def test_what_compares_the_methods_comes_before_what_is_about_one_of_them(lesson: Lesson) -> None:
    taught = compose_page("flexibility", "Flexibility", lesson).sections[0].passages

    assert [passage.method for passage in taught] == [Method.BOTH, Method.FINE_TUNING, Method.PROMPT_ENGINEERING]
