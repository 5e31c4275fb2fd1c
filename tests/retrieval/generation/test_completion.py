"""A follow-up that may mean something else is completed by a chat model."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from knowledge.comparison import Method
from retrieval.evidence import Evidence
from retrieval.generation.completion import LONGEST_QUESTION, SURE, complete_by_model, is_doubtful
from retrieval.question import Focus
from tests.retrieval.generation.samples import EVIDENCE, JUDGEMENT, ScriptedModel

FOCUS = Focus(topic="data-requirement", method=Method.FINE_TUNING, said="Does it need data?")


def judge(topic: float, method: float, *, follows: bool = True) -> Evidence:
    """Return evidence for a question whose topic and method are this likely."""
    judgement = replace(
        JUDGEMENT, topic={"data": topic, "cost": 1 - topic}, method={"both": method, "fine_tuning": 1 - method}
    )
    return Evidence(replace(EVIDENCE.question, judgement=judgement, follows=follows), EVIDENCE.found)


@pytest.mark.parametrize(("topic", "method"), [(0.55, 1.0), (1.0, 0.55), (0.5, 0.5)])
def test_a_follow_up_is_in_doubt_where_its_topic_or_its_method_is(topic: float, method: float) -> None:
    assert is_doubtful(judge(topic, method))


def test_a_follow_up_that_is_clear_is_not() -> None:
    assert not is_doubtful(judge(SURE, SURE))


def test_a_question_that_follows_nothing_is_not() -> None:
    assert not is_doubtful(judge(0.5, 0.5, follows=False))


async def test_a_chat_model_is_told_what_was_asked_before() -> None:
    model = ScriptedModel({"question": "What does prompt engineering cost?"})

    assert await complete_by_model("and the price?", FOCUS, model) == "What does prompt engineering cost?"
    assert json.loads(model.prompts[0][-1].text) == {
        "before": "Does it need data?",
        "about": ["data-requirement", "fine_tuning"],
        "now": "and the price?",
    }


@pytest.mark.parametrize("question", ["", "   ", "w" * (LONGEST_QUESTION + 1), FOCUS.said, "does it need data"])
async def test_what_is_no_question_of_its_own_is_not_taken(question: str) -> None:
    assert await complete_by_model("and the price?", FOCUS, ScriptedModel({"question": question})) is None


async def test_a_question_that_repeats_a_part_of_what_was_said_is_one_of_its_own() -> None:
    both = FOCUS.model_copy(update={"said": "How much data does it need, and what does it cost?"})

    asked = await complete_by_model("and the price?", both, ScriptedModel({"question": "What does it cost?"}))

    assert asked == "What does it cost?"
