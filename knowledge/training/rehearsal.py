"""Dialogues as the network itself would lead them: what it reads a message as is the context of the next.

A reader that learns only from contexts that are right is at a loss wherever it was wrong a turn before; hence it also
learns from those that it brings about itself (Ross, Gordon and Bagnell 2011, "A Reduction of Imitation Learning and
Structured Prediction to No-Regret Online Learning").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

import torch
from transformers import PreTrainedTokenizerBase

from knowledge.comparison import Method
from knowledge.network import ReaderNetwork
from knowledge.reader import NEW, Context, Judgement, describe_context, resolve_references, split_choices
from knowledge.training.batches import make_batches
from knowledge.training.examples import LABELS, DialogueExample, MessageExample, follow_turns, lead_on


def rehearse_dialogues(
    dialogues: Iterable[DialogueExample], network: ReaderNetwork, tokenizer: PreTrainedTokenizerBase
) -> Iterator[MessageExample]:
    """Yield every message of the dialogues in the context that the network's own reading of those before leads to."""
    threads = [(dialogue.turns, list(follow_turns(dialogue)), NEW) for dialogue in dialogues]
    while threads := [thread for thread in threads if thread[0]]:
        said = [_put_after(context, messages[0]) for _, messages, context in threads]
        yield from said
        read = _judge_messages(said, network, tokenizer)
        threads = [
            (
                turns[1:],
                messages[1:],
                lead_on(turns[0], context) if turns[0].kind == "project" else _go_on(message, read),
            )
            for (turns, messages, context), message in zip(threads, said, strict=True)
        ]


def _put_after(context: Context, message: MessageExample) -> MessageExample:
    """Return the message after this context; where that has another method, its words have to tell by themselves."""
    relative = message.relative and context.method is message.context.method
    return replace(message, context=context, relative=relative)


def _go_on(message: MessageExample, read: dict[tuple[str, str], Judgement]) -> Context:
    """Return the context after a message that is answered as it was read; that before it, if it is not answered."""
    context = message.context
    if not message.topics:
        return context
    judgement = read[context.recalled.words, message.text]
    topic, method, opening = (
        max(likely, key=likely.__getitem__) for likely in (judgement.topic, judgement.method, judgement.opening)
    )
    return describe_context(topic, Method(method), message.text, opening, context.subjects)


def _judge_messages(
    messages: Iterable[MessageExample], network: ReaderNetwork, tokenizer: PreTrainedTokenizerBase
) -> dict[tuple[str, str], Judgement]:
    """Return what the network reads in each message, by the words before it and its own."""
    recalled = [replace(message, context=message.context.recalled) for message in messages]
    read = {}
    network.eval()
    for batch in make_batches(recalled, (), tokenizer, Random(0)):  # noqa: S311 - nothing secret
        with torch.inference_mode():
            _, scores = network(**batch.inputs)
        for message, row in zip(batch.messages, scores.numpy(), strict=True):
            judgement = Judgement(*split_choices(row, LABELS))
            read[message.pair] = resolve_references(judgement, message.context)
    return read
