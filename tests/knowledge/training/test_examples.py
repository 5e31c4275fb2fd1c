"""What the reader learns from is whole and apart from what it is measured by."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from knowledge.comparison import Method
from knowledge.context import NEW, describe_context
from knowledge.lesson import Lesson
from knowledge.reader import OTHER, SAME
from knowledge.signals import CHATTER, load_statements
from knowledge.training.examples import (
    LABELS,
    MessageExample,
    QuestionExample,
    list_messages,
    list_scenarios,
    list_turns,
    read_lines,
)

EVALS = Path(__file__).parents[2] / "evals"


def test_every_label_is_learnt_from_some_example(lesson: Lesson) -> None:
    messages = [*list_messages(lesson), *list_turns()]
    shown = {str(mark.signal) for scenario in list_scenarios() for mark in scenario.findings}

    assert {message.kind for message in messages} == set(LABELS.kinds)
    assert {label for message in messages for label in message.topic_labels} == set(LABELS.topics)
    assert {label for message in messages for label in message.method_labels} == set(LABELS.methods)
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
    first, second = list_turns()[:2]

    assert first.context == NEW
    assert first.method
    assert second.context == describe_context(first.topics[0], first.method, first.text)


def test_a_turn_recalls_what_the_turns_before_the_last_were_about() -> None:
    for before, turn in itertools.pairwise(list_turns()):
        if turn.kind == "follow_up" and before.kind in ("question", "follow_up") and before.topics and before.method:
            assert turn.context.earlier == before.context.subjects, turn.text


AFTER = describe_context("flexibility", Method.FINE_TUNING)


@pytest.mark.parametrize(
    ("topics", "method", "relative", "labels"),
    [
        (("flexibility",), Method.FINE_TUNING, True, ((SAME,), (SAME,))),
        (("flexibility", "examples"), Method.PROMPT_ENGINEERING, True, ((SAME, "examples"), (OTHER,))),
        (("scalability",), Method.PROMPT_ENGINEERING, False, (("scalability",), ("prompt_engineering",))),
        (("scalability",), None, False, (("scalability",), ())),
    ],
)
def test_a_follow_up_refers_to_what_came_before_or_names_what_it_asks_about(
    topics: tuple[str, ...], method: Method | None, *, relative: bool, labels: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    example = MessageExample("and?", "follow_up", AFTER, topics, method, relative)

    assert (example.topic_labels, example.method_labels) == labels


def test_only_what_follows_an_answer_about_one_method_can_mean_the_same_or_the_other_one() -> None:
    for turn in list_turns():
        if turn.relative:
            assert turn.context.method is not None, turn.text
            assert Method.BOTH not in (turn.context.method, turn.method), turn.text


@pytest.fixture(scope="module")
def learnt(lesson: Lesson) -> frozenset[str]:
    """All that is learnt from, in small letters."""
    texts = [message.text for message in (*list_messages(lesson), *list_turns())]
    texts += [scenario.text for scenario in list_scenarios()]
    return frozenset(" ".join(text.lower().split()) for text in texts)


@pytest.mark.parametrize("name", ["questions", "outside", "projects", "real", "terms", "dialogues"])
def test_no_evaluation_case_is_learnt_from(name: str, learnt: frozenset[str]) -> None:
    cases = [json.loads(line) for line in (EVALS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    measured = {" ".join(text.lower().split()) for case in cases for text in case.get("turns") or [case["text"]]}

    assert not {text for text in measured if len(text.split()) > 5} & learnt
