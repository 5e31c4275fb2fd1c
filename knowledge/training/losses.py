"""How wrong a network is about a batch."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch.nn import functional

from knowledge.network import ReaderNetwork
from knowledge.training.batches import Batch
from knowledge.training.examples import LABELS, MessageExample
from knowledge.training.variation import Description

UNSURE = 0.3
"""Weight of what a statement marked as a whole says about its single tokens and about other signals."""
STRONGEST = 3
"""Tokens whose mean tells whether a description shows a signal at all."""
SHOWN_WEIGHT, OPENING_WEIGHT = 0.5, 0.5
SMOOTHING = 0.05


def measure_loss(network: ReaderNetwork, batch: Batch) -> torch.Tensor:
    """Return how wrong the network is about a batch."""
    # Half the precision is enough for the encoder, and takes half the time where the processor has it.
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.backends.cpu.get_cpu_capability() == "AVX512"):
        signals, choices = network(**batch.inputs)
    if batch.messages:
        return _judge_choices(choices.float(), batch.messages)
    return _judge_signals(signals.float(), batch)


def _judge_choices(scores: torch.Tensor, messages: tuple[MessageExample, ...]) -> torch.Tensor:
    kinds, topics, methods, openings = torch.split(scores, [len(choice) for choice in LABELS.choices], dim=1)
    weights = torch.tensor([message.weight for message in messages])
    return (
        _cross_entropy(kinds, [_aim(LABELS.kinds, (m.kind,)) for m in messages], weights)
        + _cross_entropy(topics, [_aim(LABELS.topics, m.topic_labels) for m in messages], weights)
        + _cross_entropy(methods, [_aim(LABELS.methods, m.method_labels) for m in messages], weights)
        + _cross_entropy(openings, [_aim(LABELS.openings, (m.opening,)) for m in messages], weights) * OPENING_WEIGHT
    )


def _aim(labels: tuple[str, ...], wanted: tuple[str | None, ...]) -> list[float]:
    """Return how much each label is wanted: most of all the first, none where nothing is known."""
    known = [label for label in wanted if label in labels]
    first = 0.7 if len(known) > 1 else 1.0
    shares = {label: first if at == 0 else (1 - first) / (len(known) - 1) for at, label in enumerate(known)}
    return [shares.get(label, 0.0) for label in labels]


def _cross_entropy(scores: torch.Tensor, aims: list[list[float]], weights: torch.Tensor) -> torch.Tensor:
    aim = torch.tensor(aims)
    known = aim.sum(dim=1)
    aim = aim * (1 - SMOOTHING) + known[:, None] * SMOOTHING / aim.shape[1]
    losses = -(aim * functional.log_softmax(scores, dim=1)).sum(dim=1)
    return (losses * weights).sum() / len(weights)


def _judge_signals(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    marked, weights = zip(*(_mark_tokens(d, offsets) for d, offsets in _pair_offsets(batch)), strict=True)
    aim, weight = torch.stack(marked), torch.stack(weights)
    tokens = functional.binary_cross_entropy_with_logits(scores, aim, weight=weight, reduction="sum")
    tokens = tokens / (weight.sum() / len(LABELS.signals))
    shown, care = aim.amax(dim=1), weight.amax(dim=1)
    strongest = scores.masked_fill(weight.amax(dim=2, keepdim=True) == 0, -30.0)
    strongest = strongest.topk(min(STRONGEST, scores.shape[1]), dim=1).values.mean(dim=1)
    doubt = torch.tensor([[1.0] if d.whole else [UNSURE] for d in batch.descriptions])
    care = torch.where(shown > 0, torch.ones_like(care), doubt.expand_as(care))
    whole = functional.binary_cross_entropy_with_logits(strongest, shown, weight=care, reduction="sum")
    return tokens + whole / len(batch.descriptions) * SHOWN_WEIGHT


def _pair_offsets(batch: Batch) -> Iterator[tuple[Description, list[tuple[int, int]]]]:
    offsets = batch.encoded["offset_mapping"].tolist()
    return zip(batch.descriptions, offsets, strict=True)


def _mark_tokens(described: Description, offsets: list[tuple[int, int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return for each token which signals it shows, and how much that counts; both of shape (tokens, signals)."""
    aim = torch.zeros(len(offsets), len(LABELS.signals))
    weight = torch.ones_like(aim)
    starts, ends = torch.tensor(offsets).unbind(dim=1)
    weight[ends <= starts] = 0.0
    for span in described.spans:
        inside = (ends > starts) & (starts < span.end) & (ends > span.start)
        aim[inside, LABELS.signals.index(span.signal)] = 1.0
        if not described.whole:
            weight[inside] = UNSURE
    return aim, weight
