"""A dialogue is led on by what the network reads, right or wrong."""

from __future__ import annotations

import itertools

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from knowledge.comparison import Method
from knowledge.network import ReaderNetwork
from knowledge.reader import NEW, SAME, describe_context
from knowledge.reference import load_network
from knowledge.training.examples import LABELS, DialogueExample, TurnExample
from knowledge.training.rehearsal import rehearse_dialogues

FIRST = TurnExample(text="does tuning pay", kind="question", topics=("time-and-cost",), method=Method.FINE_TUNING)
SECOND = TurnExample(
    text="and is it quick",
    kind="follow_up",
    topics=("time-and-cost",),
    method=Method.FINE_TUNING,
    relative=True,
    opening="no",
)


@pytest.fixture
def tokenizer() -> PreTrainedTokenizerBase:
    return load_network(LABELS)[1]


def build_network(*read: str) -> ReaderNetwork:
    """Return a network that reads the same in whatever is said."""
    network, _ = load_network(LABELS)
    labels = list(itertools.chain.from_iterable(LABELS.choices))
    with torch.no_grad():
        network.choice_head.weight.zero_()
        network.choice_head.bias.zero_()
        for label in read:
            network.choice_head.bias[labels.index(label)] = 9.0
    return network


def test_what_was_misread_is_what_the_next_message_follows(tokenizer: PreTrainedTokenizerBase) -> None:
    network = build_network("examples", Method.PROMPT_ENGINEERING, "yes")

    first, second, third = rehearse_dialogues([DialogueExample(turns=(FIRST, SECOND, SECOND))], network, tokenizer)

    assert first.context == NEW
    after = describe_context("examples", Method.PROMPT_ENGINEERING, FIRST.text, "yes")
    assert second.context == after
    assert third.context == describe_context(
        "examples", Method.PROMPT_ENGINEERING, SECOND.text, "yes", earlier=(after.subject,)
    )


def test_after_another_method_than_was_meant_a_message_has_to_tell_its_own_by_itself(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    dialogue = DialogueExample(turns=(FIRST, SECOND))

    _, misled = rehearse_dialogues([dialogue], build_network("examples", Method.PROMPT_ENGINEERING), tokenizer)
    _, led = rehearse_dialogues([dialogue], build_network("time-and-cost", Method.FINE_TUNING), tokenizer)

    assert misled.method_labels == (Method.FINE_TUNING,)
    assert misled.topic_labels == ("time-and-cost",)
    assert led.method_labels == led.topic_labels == (SAME,)


def test_what_is_recommended_for_a_project_is_known_and_small_talk_leads_nowhere(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    project = TurnExample(
        text="9,000 labelled letters", kind="project", topics=("when-to-choose",), method=Method.FINE_TUNING
    )
    thanks = TurnExample(text="thanks", kind="smalltalk")
    network = build_network("examples", Method.PROMPT_ENGINEERING)

    *_, said, asked = rehearse_dialogues([DialogueExample(turns=(project, thanks, SECOND))], network, tokenizer)

    assert said.context == asked.context == describe_context("when-to-choose", Method.FINE_TUNING, project.text)


def test_dialogues_of_any_length_are_rehearsed_side_by_side(tokenizer: PreTrainedTokenizerBase) -> None:
    dialogues = [DialogueExample(turns=turns) for turns in ((FIRST,), (FIRST, SECOND, SECOND), (FIRST, SECOND))]

    messages = list(rehearse_dialogues(dialogues, build_network("examples", "both"), tokenizer))

    assert [message.text for message in messages] == [FIRST.text] * 3 + [SECOND.text] * 3
    assert list(rehearse_dialogues([], build_network(), tokenizer)) == []
