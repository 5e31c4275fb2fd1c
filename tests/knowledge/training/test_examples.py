"""What the reader learns from is whole and apart from what it is measured by."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.lesson import Lesson
from knowledge.reader import NEW
from knowledge.signals import CHATTER, load_statements
from knowledge.training.examples import (
    LABELS,
    QuestionExample,
    list_messages,
    list_scenarios,
    list_turns,
    read_lines,
)

EVALS = Path(__file__).parents[2] / "evals"


def test_every_label_is_learnt_from_some_example(lesson: Lesson) -> None:
    messages = [*list_messages(lesson), *(turn for turn, _ in list_turns())]
    shown = {str(mark.signal) for scenario in list_scenarios() for mark in scenario.findings}

    assert {message.kind for message in messages} == set(LABELS.kinds)
    assert {topic for message in messages for topic in message.topics} >= set(LABELS.topics)
    assert {message.method for message in messages} >= set(LABELS.methods)
    assert {message.opening for message in messages} >= set(LABELS.openings)
    assert shown == set(LABELS.signals)
    assert {label for label, _ in load_statements()} == {*LABELS.signals, CHATTER}


def test_each_finding_of_a_scenario_stands_in_it_word_for_word() -> None:
    for scenario in list_scenarios():
        assert all(mark.words in scenario.text for mark in scenario.findings), scenario.text


def test_questions_name_topics_that_are_there() -> None:
    for question in read_lines("questions", QuestionExample):
        assert question.topics
        assert set(question.topics) <= set(LABELS.topics), question.text


def test_the_first_turn_of_a_dialogue_follows_nothing_and_the_next_one_the_answer_to_it() -> None:
    turns = list(list_turns())

    assert turns[0][0].context == NEW
    assert turns[0][1] is None
    assert turns[1][0].context != NEW
    assert turns[1][1] == (turns[0][0].topics[0], turns[0][0].method)


@pytest.mark.parametrize("name", ["questions", "outside", "projects", "real", "terms"])
def test_no_evaluation_case_is_learnt_from(name: str, lesson: Lesson) -> None:
    lines = (EVALS / f"{name}.jsonl").read_text("utf-8").splitlines()
    measured = Counter(" ".join(json.loads(line)["text"].lower().split()) for line in lines)
    learnt = [message.text for message in list_messages(lesson)] + [scenario.text for scenario in list_scenarios()]

    shared = {text for text in measured if len(text.split()) > 5} & {" ".join(text.lower().split()) for text in learnt}
    assert not shared
