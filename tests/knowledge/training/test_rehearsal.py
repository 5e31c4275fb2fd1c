"""A dialogue is led on by what the network reads, right or wrong."""

from __future__ import annotations

import itertools

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from knowledge.comparison import Method
from knowledge.context import NEW, describe_context
from knowledge.network import ReaderNetwork
from knowledge.reader import OTHER, SAME
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
CHOICES = list(itertools.chain.from_iterable(LABELS.choices))
LONG = 30
"""Tokens."""


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return load_network(LABELS)[1]


class Lengthy(ReaderNetwork):
    """Reads whatever is long as a question about examples."""

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        signals, choices = super().forward(input_ids, attention_mask, token_type_ids)
        choices[:, CHOICES.index("examples")] += (attention_mask.sum(dim=1) > LONG) * 18.0
        return signals, choices


def build_network(*read: str, sort: type[ReaderNetwork] = ReaderNetwork) -> ReaderNetwork:
    """Return a network that reads the same in whatever is said, but for what its sort adds to that."""
    network = sort(load_network(LABELS)[0].encoder, LABELS)
    with torch.no_grad():
        network.choice_head.weight.zero_()
        network.choice_head.bias.zero_()
        for label in read:
            network.choice_head.bias[CHOICES.index(label)] = 9.0
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

    advised = describe_context("when-to-choose", Method.FINE_TUNING, project.text, project=True)
    assert said.context == asked.context == advised


def test_what_is_added_to_a_project_is_advised_on_as_is_known_and_the_project_stays(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    told = [
        TurnExample(text="letters", kind="project", topics=("when-to-choose",), method=Method.BOTH),
        TurnExample(text="we have 9,000", kind="update", topics=("when-to-choose",), method=Method.FINE_TUNING),
    ]
    dialogue = DialogueExample(turns=(*told, SECOND, SECOND))

    *_, third, last = rehearse_dialogues([dialogue], build_network("examples", "both"), tokenizer)

    assert (third.context.topic, third.context.method) == ("when-to-choose", Method.FINE_TUNING)
    assert (last.context.topic, last.context.project) == ("examples", True)


def test_dialogues_of_any_length_are_rehearsed_side_by_side(tokenizer: PreTrainedTokenizerBase) -> None:
    dialogues = [DialogueExample(turns=turns) for turns in ((FIRST,), (FIRST, SECOND, SECOND), (FIRST, SECOND))]

    network = build_network("examples", "both")
    messages = rehearse_dialogues(dialogues, network, tokenizer)

    assert [message.text for message in messages] == [FIRST.text] * 3 + [SECOND.text] * 3
    assert not network.training
    assert rehearse_dialogues([], network, tokenizer) == []


def test_the_same_topic_and_the_other_method_are_those_of_the_context(tokenizer: PreTrainedTokenizerBase) -> None:
    project = TurnExample(text="a project", kind="project", topics=("when-to-choose",), method=Method.FINE_TUNING)
    dialogue = DialogueExample(turns=(project, SECOND, SECOND, SECOND))

    _, *asked = rehearse_dialogues([dialogue], build_network(SAME, OTHER), tokenizer)

    assert {message.context.topic for message in asked} == {"when-to-choose"}
    methods = [Method.FINE_TUNING, Method.PROMPT_ENGINEERING, Method.FINE_TUNING]
    assert [message.context.method for message in asked] == methods


def test_each_message_leads_on_its_own_dialogue(tokenizer: PreTrainedTokenizerBase) -> None:
    """The network reads them in the order of their length."""
    long = FIRST.model_copy(update={"text": "really, " * LONG + FIRST.text})
    dialogues = [DialogueExample(turns=(first, SECOND)) for first in (long, FIRST, long)]
    network = build_network("definition", Method.FINE_TUNING, sort=Lengthy)

    messages = rehearse_dialogues(dialogues, network, tokenizer)

    assert [message.context.topic for message in messages[3:]] == ["examples", "definition", "examples"]
