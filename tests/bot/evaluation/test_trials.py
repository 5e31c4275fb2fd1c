"""A case is tried in a conversation of its own, the way a person would hold it."""

from __future__ import annotations

from bot.evaluation.cases import DialogueCase, Expected, OutsideCase, ProjectCase, QuestionCase
from bot.evaluation.trials import DialogueTrial, OutsideTrial, ProjectTrial, QuestionTrial, try_case
from bot.talk import Talk
from knowledge.topics import load_topics

QUESTION = "Which of the two needs more data?"
PROJECT = "Help me with my project"


def test_a_question_is_tried_with_what_its_evidence_is_about(talk: Talk) -> None:
    trial = try_case(talk, QuestionCase(text=QUESTION, topics=("data-requirement",)))

    assert isinstance(trial, QuestionTrial)
    assert trial.reply.kind == "answer"
    assert trial.ranked[0] == "data-requirement"
    assert len(set(trial.ranked) & set(load_topics())) > 1
    assert len(trial.ranked) == len(set(trial.ranked))


def test_a_message_from_outside_is_tried_as_it_stands(talk: Talk) -> None:
    trial = try_case(talk, OutsideCase(text="What is the capital of France?", kinds=("out_of_scope",)))

    assert isinstance(trial, OutsideTrial)
    assert trial.reply.kind == "out_of_scope"


def test_a_project_is_advised_on_whatever_it_reads_like(talk: Talk) -> None:
    trial = try_case(talk, ProjectCase(text=PROJECT, label="ask"))

    assert isinstance(trial, ProjectTrial)
    assert trial.reply.kind == "clarifying_question"
    assert not trial.recognized


def test_a_project_may_be_recognized_without_a_command(talk: Talk) -> None:
    trial = try_case(talk, ProjectCase(text="We run a shop and want a bot for our letters.", label="ask"))

    assert isinstance(trial, ProjectTrial)
    assert trial.recognized


def test_a_dialogue_is_tried_turn_by_turn_in_one_conversation(talk: Talk) -> None:
    turns = ("How much data does fine-tuning need?", "and the other one?")
    trial = try_case(talk, DialogueCase(turns=turns, expect=(None, Expected(topics=("data-requirement",)))))

    assert isinstance(trial, DialogueTrial)
    first, second = (reply.citations[0] for reply in trial.replies)
    assert (first.topic, second.topic) == ("data-requirement", "data-requirement")
    assert (first.method, second.method) == ("fine_tuning", "prompt_engineering")
