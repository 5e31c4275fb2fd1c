"""An epoch takes what there is, varied, in batches of like length."""

from __future__ import annotations

from random import Random

import pytest

from knowledge.comparison import Method
from knowledge.context import NEW, Context, describe_context
from knowledge.lesson import Lesson
from knowledge.reference import load_network
from knowledge.training.batches import TOKENS, Batch, list_epochs, list_question_epochs
from knowledge.training.examples import LABELS, MessageExample

REHEARSED = MessageExample(
    "as it was rehearsed",
    "follow_up",
    context=describe_context("examples", Method.BOTH, "what do people do"),
    topics=("time-and-cost",),
    method=Method.FINE_TUNING,
)


def _recall(context: Context) -> str:
    return "; ".join(["project"] * context.project + [*context.earlier])


@pytest.fixture(scope="module")
def epoch(lesson: Lesson) -> list[Batch]:
    _, tokenizer = load_network(LABELS)
    return next(list_epochs(lesson, tokenizer, Random(1), 1))


def test_each_batch_holds_examples_of_one_sort_and_an_epoch_holds_both(epoch: list[Batch]) -> None:
    sorts = [tuple(name for name in ("messages", "descriptions") if getattr(batch, name)) for batch in epoch]

    assert set(sorts) == {("messages",), ("descriptions",)}


def test_a_batch_is_no_larger_than_it_may_be(epoch: list[Batch]) -> None:
    """Letters only estimate tokens, so a few batches are somewhat larger."""
    sizes = sorted(batch.encoded["input_ids"].numel() for batch in epoch[::10])

    assert sizes[len(sizes) * 9 // 10] <= TOKENS * 1.5


def test_an_epoch_of_questions_holds_messages_of_all_kinds_and_all_that_comes_after_an_answer(lesson: Lesson) -> None:
    _, tokenizer = load_network(LABELS)
    (batches,) = list_question_epochs(lesson, tokenizer, Random(1), 1, [REHEARSED])

    messages = [message for batch in batches for message in batch.messages]
    assert {message.kind for message in messages if message.context == NEW} == {*LABELS.kinds} - {"follow_up"}
    assert {message.kind for message in messages if message.context.project} == {*LABELS.kinds}
    assert [message.topics for message in messages if message.text == REHEARSED.text] == [REHEARSED.topics]
    assert not any(batch.descriptions for batch in batches)
    assert any(message.context.earlier for message in messages)
    assert all(message.context.words.startswith(_recall(message.context)) for message in messages)
