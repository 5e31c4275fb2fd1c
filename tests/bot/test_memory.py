"""What the bot remembers: each conversation for whoever holds it, and each event once."""

from __future__ import annotations

import pytest

from bot.memory import MOST_CONVERSATIONS, MOST_EVENTS, MOST_QUESTIONS, Memory, Place
from knowledge.signals import Need
from retrieval.conversation import Conversation

HERE = Place(channel=1, user=1)
ASKED = Conversation(asked=Need.PRIVACY)


@pytest.fixture
def memory() -> Memory:
    return Memory()


def test_a_conversation_is_new_where_none_was_held(memory: Memory) -> None:
    assert memory.recall(HERE) == Conversation()


def test_a_conversation_goes_on_where_it_stopped(memory: Memory) -> None:
    memory.remember(HERE, ASKED)

    assert memory.recall(HERE) == ASKED


@pytest.mark.parametrize("other", [Place(channel=1, user=2), Place(channel=2, user=1), Place(channel=2, user=2)])
def test_nobody_else_and_no_other_channel_sees_a_conversation(memory: Memory, other: Place) -> None:
    memory.remember(HERE, ASKED)

    assert memory.recall(other) == Conversation()


def test_an_event_is_new_once(memory: Memory) -> None:
    assert memory.is_new(7)
    assert not memory.is_new(7)
    assert memory.is_new(8)


def test_a_question_on_hold_is_found_by_its_key(memory: Memory) -> None:
    memory.hold_question("a", "why?")

    assert memory.find_question("a") == "why?"
    assert memory.find_question("b") is None


def test_where_there_is_too_much_the_oldest_is_forgotten(memory: Memory) -> None:
    for number in range(MOST_CONVERSATIONS + 1):
        memory.remember(Place(channel=number, user=1), ASKED)
    for number in range(MOST_EVENTS + 1):
        memory.is_new(number)
    for number in range(MOST_QUESTIONS + 1):
        memory.hold_question(str(number), "why?")

    assert memory.find_question("0") is None
    assert memory.find_question("1")
    assert memory.recall(Place(channel=0, user=1)) == Conversation()
    assert memory.recall(Place(channel=1, user=1)) == ASKED
    assert memory.is_new(0)
    assert not memory.is_new(MOST_EVENTS)
