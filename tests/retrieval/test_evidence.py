"""A question → the passages that bear on it."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from knowledge.store import Knowledge
from knowledge.topics import load_topics
from retrieval.evidence import gather_evidence, judge_question
from retrieval.question import Question


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("topic", load_topics())
def test_a_settled_topic_and_method_come_first(knowledge: Knowledge, topic: str, method: Method) -> None:
    """However near others are: what the conversation settled is certain."""
    question = Question(f"{load_topics()[topic].title}: and that one?", topic=topic, method=method)

    first = gather_evidence(question, knowledge).found[0].passage

    assert (first.topic, first.method) == (topic, method)


def test_the_most_relevant_passage_comes_first_and_each_once(knowledge: Knowledge) -> None:
    evidence = gather_evidence(Question("Which of the two needs more data?"), knowledge)

    relevances = [found.relevance for found in evidence.found]
    assert relevances == sorted(relevances, reverse=True)
    assert len({found.passage.id for found in evidence.found}) == len(evidence.found) > 3
    assert evidence.found[0].passage.id == "data-requirement/both"


def test_the_evidence_is_passages_of_the_lesson_as_they_stand(knowledge: Knowledge, lesson: Lesson) -> None:
    evidence = gather_evidence(Question("What does LoRA mean?"), knowledge)

    assert {found.passage for found in evidence.found} <= set(lesson.passages)


@pytest.mark.parametrize("text", ["zzz qqq", "?", "x" * 8_000])
def test_there_is_evidence_of_some_relevance_for_any_text(knowledge: Knowledge, text: str) -> None:
    assert gather_evidence(Question(text), knowledge).found


def test_what_the_conversation_settled_is_certain(knowledge: Knowledge) -> None:
    question = Question("how much data?", topic="examples", method=Method.PROMPT_ENGINEERING)

    assert judge_question(question, knowledge) == ({"examples": 1.0}, {"prompt_engineering": 1.0})


def test_what_it_did_not_settle_is_read_from_the_text(knowledge: Knowledge) -> None:
    topics, methods = judge_question(Question("how much data does fine-tuning need?"), knowledge)

    assert max(topics, key=topics.__getitem__) == "data-requirement"
    assert max(methods, key=methods.__getitem__) == "fine_tuning"
    assert set(topics) == set(load_topics())
    assert sum(topics.values()) == pytest.approx(1)
