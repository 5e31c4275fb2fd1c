"""A question → the passages that bear on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from knowledge.store import Knowledge
from knowledge.topics import load_topics
from retrieval.evidence import Evidence, gather_evidence, is_covered
from retrieval.question import pose_question


def gather(text: str, knowledge: Knowledge) -> Evidence:
    return gather_evidence(pose_question(text, knowledge), knowledge)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("topic", load_topics())
def test_what_a_follow_up_is_surely_about_comes_first(knowledge: Knowledge, topic: str, method: Method) -> None:
    """However near other passages are."""
    question = pose_question(f"{load_topics()[topic].title}: and that one?", knowledge)
    sure = replace(
        question.judgement,
        kind=dict.fromkeys(question.judgement.kind, 0.0) | {"question": 1.0},
        topic=dict.fromkeys(load_topics(), 0.0) | {topic: 1.0},
        method=dict.fromkeys(map(str, Method), 0.0) | {str(method): 1.0},
    )

    first = gather_evidence(replace(question, judgement=sure, follows=True), knowledge).found[0].passage

    assert (first.topic, first.method) == (topic, method)


def test_the_most_relevant_passage_comes_first_and_each_once(knowledge: Knowledge) -> None:
    evidence = gather("Which of the two needs more data?", knowledge)

    relevances = [found.relevance for found in evidence.found]
    assert relevances == sorted(relevances, reverse=True)
    assert len({found.passage.id for found in evidence.found}) == len(evidence.found) > 3
    assert evidence.found[0].passage.id == "data-requirement/both"


def test_the_evidence_is_passages_of_the_lesson_as_they_stand(knowledge: Knowledge, lesson: Lesson) -> None:
    assert {found.passage for found in gather("What does LoRA mean?", knowledge).found} <= set(lesson.passages)


@pytest.mark.parametrize("text", ["zzz qqq", "?", "x" * 8_000])
def test_there_is_evidence_of_some_relevance_for_any_text(knowledge: Knowledge, text: str) -> None:
    assert gather(text, knowledge).found


def test_a_rare_word_is_found_by_its_letters(knowledge: Knowledge) -> None:
    found = gather("checkr", knowledge).found

    assert any("Checkr" in entry.passage.text for entry in found[:5])


def test_a_term_by_its_name_is_covered_and_what_the_lesson_never_mentions_is_not(knowledge: Knowledge) -> None:
    assert is_covered("LoRA?", knowledge)
    assert not is_covered("how do I descale a kettle?", knowledge)
