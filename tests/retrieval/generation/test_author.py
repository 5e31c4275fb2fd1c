"""A chat model makes a turn better or leaves it as it was; what it decides is nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from knowledge.signals import Leaning, Need
from retrieval.answer import Answer
from retrieval.assistant import Assistant, Received, Turn
from retrieval.conversation import Conversation
from retrieval.extractive import split_sentences
from retrieval.generation.author import Author, Improved
from retrieval.generation.chat_model import ChatModelError
from retrieval.generation.completion import is_doubtful
from retrieval.recommendation import Recommendation
from tests.retrieval.generation.samples import Said, ScriptedModel

QUESTION = "Which of the two needs more data?"
PROJECT = (
    "We have 5,000 labelled tickets. Our customers' records stay on our own machines, and answers follow one format."
)


async def show_nothing(_: Answer) -> None:
    """Show nothing."""


async def improve(
    assistant: Assistant, text: str, model: ScriptedModel, before: Conversation | None = None, deadline: float = 120
) -> tuple[Turn, Improved]:
    """Return a turn without the chat model and with it."""
    message = Received(text, before or Conversation())
    turn = assistant.reply(message.before, text)
    return turn, await Author(assistant, model, deadline).improve_turn(turn, message, show_nothing)


def quote(turn: Turn) -> str:
    """Return a draft that no check can object to."""
    assert isinstance(turn.outcome, Answer)
    first = split_sentences(turn.outcome.citations[0].passage.text)[0]
    return f"{first.rstrip('.:')} [1]."


def report(need: Need, leaning: Leaning, words: str) -> Mapping[str, object]:
    return {"findings": [{"need": need, "leaning": leaning, "words": words}]}


async def test_an_answer_is_written_and_the_conversation_stays(assistant: Assistant) -> None:
    model = ScriptedModel(quote(assistant.reply(Conversation(), QUESTION)))
    turn, improved = await improve(assistant, QUESTION, model)

    assert isinstance(turn.outcome, Answer)
    assert isinstance(improved.turn.outcome, Answer)
    assert improved.alone is None
    assert improved.turn.outcome.written is not None
    assert improved.turn.outcome.citations == turn.outcome.citations[:1]
    assert improved.turn.conversation == turn.conversation


@pytest.mark.parametrize("text", [QUESTION, PROJECT])
async def test_a_chat_model_that_fails_changes_nothing(assistant: Assistant, text: str) -> None:
    turn, improved = await improve(assistant, text, ScriptedModel(ChatModelError("unavailable", "gone")))

    assert improved == (turn, "unavailable")


@pytest.mark.parametrize("text", [QUESTION, PROJECT])
async def test_a_chat_model_that_takes_too_long_changes_nothing(assistant: Assistant, text: str) -> None:
    turn, improved = await improve(assistant, text, ScriptedModel(None), deadline=0.1)

    assert improved == (turn, "slow")


@pytest.mark.parametrize("text", ["Hello!", "What is the capital of France?", "Show me the table", "", "why?"])
async def test_what_is_neither_an_answer_nor_advice_is_left_alone(assistant: Assistant, text: str) -> None:
    model = ScriptedModel()
    turn, improved = await improve(assistant, text, model)

    assert improved == (turn, None)
    assert model.prompts == []


async def test_an_answer_to_our_own_question_is_not_read_again(assistant: Assistant) -> None:
    model = ScriptedModel()
    before = Conversation(asked=Need.DATA_REQUIREMENT)
    turn, improved = await improve(assistant, "skip", model, before)

    assert improved == (turn, None)
    assert model.prompts == []


async def test_a_finding_that_our_reader_confirms_counts(assistant: Assistant) -> None:
    """Our reader sees a sign of it that is too weak to stand alone; two agree, and rules decide."""
    words = "our own machines"
    turn, improved = await improve(assistant, PROJECT, ScriptedModel(report(Need.PRIVACY, Leaning.FINE_TUNING, words)))

    assert Need.PRIVACY not in turn.conversation.profile.needs
    assert Need.PRIVACY in improved.turn.conversation.profile.needs
    assert isinstance(improved.turn.outcome, Recommendation)
    counted = [each for each in improved.turn.conversation.profile.findings if each.words == words]
    by_rules = assistant.reply(Conversation(), PROJECT, also=counted)
    assert improved == (by_rules, None)


async def test_a_finding_that_our_reader_holds_impossible_changes_nothing(assistant: Assistant) -> None:
    report_of = report(Need.CHANGING_FACTS, Leaning.RETRIEVAL, "5,000 labelled tickets")
    turn, improved = await improve(assistant, PROJECT, ScriptedModel(report_of))

    assert improved == (turn, None)


async def test_what_we_found_ourselves_is_not_turned_round(assistant: Assistant) -> None:
    report_of = report(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING, "5,000 labelled tickets")
    turn, improved = await improve(assistant, PROJECT, ScriptedModel(report_of))

    assert Need.DATA_REQUIREMENT in turn.conversation.profile.needs
    assert improved == (turn, None)


DOUBTFUL, SURE = "and for small teams?", "and the other one?"
COMPLETE = "What skills does fine-tuning need in a small team?"


async def test_a_follow_up_in_doubt_is_completed_and_then_written(assistant: Assistant) -> None:
    before = assistant.reply(Conversation(), QUESTION).conversation
    follow_up = assistant.reply(before, DOUBTFUL)
    assert follow_up.evidence is not None
    assert is_doubtful(follow_up.evidence)

    meant = assistant.reply(before, COMPLETE, "ask")
    model = ScriptedModel({"question": COMPLETE}, quote(meant))
    _, improved = await improve(assistant, DOUBTFUL, model, before)

    assert improved.alone is None
    assert improved.turn.conversation == meant.conversation
    assert len(model.prompts) == 2


@pytest.mark.parametrize("question", ["", "w " * 400])
async def test_a_completion_that_is_no_question_leaves_the_follow_up(assistant: Assistant, question: str) -> None:
    before = assistant.reply(Conversation(), QUESTION).conversation
    model = ScriptedModel({"question": question}, quote(assistant.reply(before, DOUBTFUL)))
    turn, improved = await improve(assistant, DOUBTFUL, model, before)

    assert improved.turn.conversation == turn.conversation


async def test_a_follow_up_that_is_clear_is_not_sent_to_be_completed(assistant: Assistant) -> None:
    before = assistant.reply(Conversation(), QUESTION).conversation
    model = ScriptedModel(quote(assistant.reply(before, SURE)))
    _, improved = await improve(assistant, SURE, model, before)

    assert improved.alone is None
    assert len(model.prompts) == 1


async def test_the_first_failure_of_a_turn_is_the_last(assistant: Assistant) -> None:
    """A chat model that cannot complete a question is not asked to write the answer."""
    before = assistant.reply(Conversation(), QUESTION).conversation
    script: list[Said] = [ChatModelError("refused", "no")]
    model = ScriptedModel(*script)
    turn, improved = await improve(assistant, DOUBTFUL, model, before)

    assert improved == (turn, "refused")
    assert len(model.prompts) == 1
