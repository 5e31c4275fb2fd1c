"""Dialogues as the network itself would lead them: what it reads a message as is the context of the next.

A reader that learns only from contexts that are right is at a loss wherever it was wrong a turn before; hence it also
learns from those that it brings about itself (after Ross, Gordon and Bagnell 2011, "A Reduction of Imitation Learning
and Structured Prediction to No-Regret Online Learning"; here in one round).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import torch
from transformers import PreTrainedTokenizerBase

from knowledge.comparison import Method
from knowledge.context import NEW, Context, describe_context
from knowledge.network import ReaderNetwork
from knowledge.reader import Judgement, resolve_references, split_choices
from knowledge.training.batches import make_batches
from knowledge.training.examples import LABELS, DialogueExample, MessageExample, follow_turns, lead_on


def rehearse_dialogues(
    dialogues: Iterable[DialogueExample], network: ReaderNetwork, tokenizer: PreTrainedTokenizerBase
) -> list[MessageExample]:
    """Return every message of the dialogues in the context that the network's own reading of those before leads to.

    Which messages are answered, and what is recommended for a project, is as labelled; what is corrected in a reading
    when it is answered is not. The network is left evaluating.
    """
    network.eval()
    rehearsed: list[MessageExample] = []
    threads = [(list(zip(dialogue.turns, follow_turns(dialogue), strict=True)), NEW) for dialogue in dialogues]
    while threads := [thread for thread in threads if thread[0]]:
        said = [_put_after(context, turns[0][1]) for turns, context in threads]
        rehearsed += said
        read = _judge_messages(said, network, tokenizer)
        threads = [
            (
                turns[1:],
                lead_on(turns[0][0], context) if turns[0][0].describes else _lead_on_as_read(message, read),
            )
            for (turns, context), message in zip(threads, said, strict=True)
        ]
    return rehearsed


def _put_after(context: Context, message: MessageExample) -> MessageExample:
    """Return the message after this context; where that has another method, its words have to tell by themselves."""
    relative = message.relative and context.method is message.context.method
    return replace(message, context=context, relative=relative)


def _lead_on_as_read(message: MessageExample, read: dict[tuple[str, str], Judgement]) -> Context:
    """Return the context after a message that is answered as it was read; that before it, if it is not answered."""
    if not message.topics:
        return message.context
    judgement = read[_recall(message).pair]
    topic, method, opening = (
        max(likely, key=likely.__getitem__) for likely in (judgement.topic, judgement.method, judgement.opening)
    )
    before = message.context
    return describe_context(topic, Method(method), message.text, opening, before.subjects, project=before.project)


def _judge_messages(
    messages: Iterable[MessageExample], network: ReaderNetwork, tokenizer: PreTrainedTokenizerBase
) -> dict[tuple[str, str], Judgement]:
    """Return what the network reads in each message, by the words before it and its own."""
    read = {}
    for batch in make_batches(map(_recall, messages), (), tokenizer, Random(0)):  # noqa: S311 - nothing secret
        with torch.inference_mode():
            _, scores = network(**batch.inputs)
        for message, row in zip(batch.messages, scores.numpy(), strict=True):
            judgement = Judgement(*split_choices(row, LABELS))
            read[message.pair] = resolve_references(judgement, message.context)
    return read


def _recall(message: MessageExample) -> MessageExample:
    return replace(message, context=message.context.recalled)
