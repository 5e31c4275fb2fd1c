"""A chat model makes a turn better or leaves it as it was; what it decides is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from knowledge.signals import Leaning, Need
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.extractive import split_sentences
from retrieval.generation.author import Author, Improved
from retrieval.generation.chat_model import ChatModelError
from retrieval.generation.completion import is_doubtful
from retrieval.generation.reading import confirm_findings
from retrieval.profile import Finding
from retrieval.recommendation import Recommendation
from retrieval.turn import Received, Turn
from tests.retrieval.generation.samples import ScriptedModel

QUESTION = "Which of the two needs more data?"
PROJECT = "We have 5,000 labelled tickets, and answers follow one format."
WEAK = (
    (Need.VOLUME_LATENCY, Leaning.FINE_TUNING, "It has to answer quickly."),
    (Need.VOLUME_LATENCY, Leaning.FINE_TUNING, "It should be quick."),
    (Need.SUCCESS_MEASURE, Leaning.PROMPT_ENGINEERING, "We will see whether it works."),
    (Need.VOLUME_LATENCY, Leaning.PROMPT_ENGINEERING, "We are asked a lot at Christmas."),
    (Need.SPECIALIZATION, Leaning.PROMPT_ENGINEERING, "There are several kinds of letters."),
)
"""Sentences that our reader, whenever it has learnt anew, is sure of or not."""


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


def find_weak(assistant: Assistant) -> tuple[str, Finding]:
    """Return a description, and a finding of which our reader sees a sign that is too weak to stand alone."""
    for need, leaning, words in WEAK:
        text = f"{PROJECT} {words}"
        finding = Finding(need=need, leaning=leaning, words=words)
        known = assistant.reply(Conversation(), text).conversation.profile.needs
        if need not in known and confirm_findings([finding], text, assistant.reader):
            return text, finding
    raise AssertionError("the reader is too sure of everything in WEAK; it takes other sentences")


async def test_a_finding_that_our_reader_confirms_counts(assistant: Assistant) -> None:
    """Two agree, and rules decide."""
    text, finding = find_weak(assistant)
    model = ScriptedModel(report(finding.need, finding.leaning, finding.words))
    turn, improved = await improve(assistant, text, model)

    assert finding.need not in turn.conversation.profile.needs
    assert finding in improved.turn.conversation.profile.findings
    assert isinstance(improved.turn.outcome, Recommendation)
    by_rules = assistant.reply(Conversation(), text, also=[finding])
    assert improved == (by_rules, None)


async def test_what_it_found_is_kept_where_it_then_takes_too_long_to_say_why(assistant: Assistant) -> None:
    text, finding = find_weak(assistant)
    model = ScriptedModel(report(finding.need, finding.leaning, finding.words), None)
    _, improved = await improve(assistant, text, model, deadline=3)

    assert improved == (assistant.reply(Conversation(), text, also=[finding]), "slow")


async def test_a_finding_that_our_reader_holds_impossible_changes_nothing(assistant: Assistant) -> None:
    report_of = report(Need.CHANGING_FACTS, Leaning.RETRIEVAL, "5,000 labelled tickets")
    turn, improved = await improve(assistant, PROJECT, ScriptedModel(report_of))

    assert improved == (turn, None)


async def test_what_we_found_ourselves_is_not_turned_round(assistant: Assistant) -> None:
    report_of = report(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING, "5,000 labelled tickets")
    turn, improved = await improve(assistant, PROJECT, ScriptedModel(report_of))

    assert Need.DATA_REQUIREMENT in turn.conversation.profile.needs
    assert improved == (turn, None)


FOLLOW_UP = "and the other one?"
COMPLETE = "What skills does fine-tuning need in a small team?"


def follow_up(assistant: Assistant, *, doubtful: bool) -> tuple[Turn, Received]:
    """Return the turn that a follow-up leads to, as if our reader had been in two minds about it or not."""
    message = Received(FOLLOW_UP, assistant.reply(Conversation(), QUESTION).conversation)
    turn = assistant.reply(message.before, message.text)
    assert turn.evidence is not None
    question = turn.evidence.question
    topic = {"data-requirement": 0.5, "scalability": 0.5} if doubtful else {"data-requirement": 1.0}
    judged = replace(question, judgement=replace(question.judgement, topic=topic, method={"prompt_engineering": 1.0}))
    turn = turn._replace(evidence=replace(turn.evidence, question=judged))
    assert turn.evidence is not None
    assert is_doubtful(turn.evidence) == doubtful
    return turn, message


async def test_a_follow_up_in_doubt_is_completed_and_then_written(assistant: Assistant) -> None:
    turn, message = follow_up(assistant, doubtful=True)
    meant = assistant.reply(message.before, COMPLETE, "ask")
    model = ScriptedModel({"question": COMPLETE}, quote(meant))
    improved = await Author(assistant, model, 120).improve_turn(turn, message, show_nothing)

    assert improved.alone is None
    assert improved.turn.conversation == meant.conversation != turn.conversation
    assert len(model.prompts) == 2


@pytest.mark.parametrize("question", ["", "w " * 400])
async def test_a_completion_that_is_no_question_leaves_the_follow_up(assistant: Assistant, question: str) -> None:
    turn, message = follow_up(assistant, doubtful=True)
    model = ScriptedModel({"question": question}, quote(turn))
    improved = await Author(assistant, model, 120).improve_turn(turn, message, show_nothing)

    assert (improved.alone, improved.turn.conversation) == (None, turn.conversation)


async def test_a_follow_up_that_is_clear_is_not_sent_to_be_completed(assistant: Assistant) -> None:
    turn, message = follow_up(assistant, doubtful=False)
    model = ScriptedModel(quote(turn))
    improved = await Author(assistant, model, 120).improve_turn(turn, message, show_nothing)

    assert improved.alone is None
    assert len(model.prompts) == 1


async def test_the_first_failure_of_a_turn_is_the_last(assistant: Assistant) -> None:
    """A chat model that cannot complete a question is not asked to write the answer."""
    turn, message = follow_up(assistant, doubtful=True)
    model = ScriptedModel(ChatModelError("refused", "no"))
    improved = await Author(assistant, model, 120).improve_turn(turn, message, show_nothing)

    assert improved == (turn, "refused")
    assert len(model.prompts) == 1
