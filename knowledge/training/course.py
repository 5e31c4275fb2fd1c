"""Trains the reader: the embedding model's encoder with heads on top, on all examples at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch.nn import functional
from transformers import BatchEncoding, PreTrainedTokenizerBase

from knowledge.lesson import load_lesson
from knowledge.network import ReaderNetwork, save_tuned
from knowledge.reader import LONGEST, WEIGHTS
from knowledge.reference import load_network
from knowledge.signals import CHATTER, Sentence, load_statements
from knowledge.training.examples import (
    LABELS,
    MessageExample,
    ScenarioExample,
    list_messages,
    list_scenarios,
    list_turns,
)
from knowledge.training.variation import (
    Description,
    follow_anything,
    join_statements,
    mark_scenario,
    update_anything,
    vary_description,
    vary_message,
    vary_turn,
)

SEED = 7
EPOCHS = 3
ENCODER_PACE, HEAD_PACE = 2e-4, 2e-3
"""Peak learning rates; they rise over the first share `WARMING` of all steps and fall to nothing."""
WARMING = 0.06
TOKENS = 2_400
"""Of a batch, padding included."""
SEEN, UPDATES = 0.5, 0.15
"""Shares of the messages, and of the statements that serve as updates, that an epoch takes; there are many."""
MADE_UP = 2_000
"""Descriptions joined from statements in an epoch."""
TURNS_VARIED = 0.5
"""Share of follow-ups that an epoch also takes in another context."""
SIGNAL_PRIOR = -3.0
"""The heads' first guess: few tokens show any one signal."""
UNSURE = 0.3
"""Weight of what a statement marked as a whole says about its single tokens and about other signals."""
STRONGEST = 3
"""Tokens whose mean tells whether a description shows a signal at all."""
SHOWN_WEIGHT, OPENING_WEIGHT = 0.5, 0.5
SMOOTHING = 0.05

Report = Callable[[str], None]


@dataclass(frozen=True)
class Batch:
    """Texts of one sort, encoded, with what is to be learnt from them."""

    encoded: BatchEncoding
    descriptions: tuple[Description, ...] = ()
    messages: tuple[MessageExample, ...] = ()


def train_reader(folder: Path, report: Report) -> None:
    """Train on every example and write what was learnt and the labels to a folder."""
    torch.manual_seed(SEED)
    rng = Random(SEED)  # noqa: S311 - nothing secret
    network, tokenizer = load_network(LABELS)
    torch.nn.init.constant_(network.signal_head.bias, SIGNAL_PRIOR)
    messages, turns, scenarios = list(list_messages(load_lesson())), list(list_turns()), list_scenarios()
    epochs = (
        list(_make_batches(_vary_messages(messages, turns, rng), _vary_scenarios(scenarios, rng), tokenizer, rng))
        for _ in range(EPOCHS)
    )
    _take_steps(network, epochs, report)
    folder.mkdir(parents=True, exist_ok=True)
    save_tuned(network, folder / WEIGHTS)
    (folder / "labels.json").write_text(LABELS.model_dump_json(indent=1) + "\n", "utf-8")


def _vary_messages(
    messages: Sequence[MessageExample], turns: Iterable[MessageExample], rng: Random
) -> Iterator[MessageExample]:
    for message in messages:
        if rng.random() > (UPDATES if message.kind == "update" else SEEN):
            continue
        yield _vary(message, rng)
    for turn in turns:
        yield turn
        if turn.context.topic and turn.kind == "follow_up" and rng.random() < TURNS_VARIED:
            yield vary_turn(turn, rng)


def _vary(message: MessageExample, rng: Random) -> MessageExample:
    if message.kind == "follow_up":
        return follow_anything(message.text, rng)
    return update_anything(message.text, rng) if message.kind == "update" else vary_message(message, rng)


def _vary_scenarios(scenarios: Iterable[ScenarioExample], rng: Random) -> Iterator[Description]:
    statements = load_statements()
    chatter = [text for label, text in statements if label == CHATTER]
    telling: list[Sentence] = [sentence for sentence in statements if sentence.label != CHATTER]
    yield from (vary_description(mark_scenario(scenario), chatter, rng) for scenario in scenarios)
    yield from (join_statements(telling, chatter, rng) for _ in range(MADE_UP))


def _make_batches(
    messages: Iterable[MessageExample],
    descriptions: Iterable[Description],
    tokenizer: PreTrainedTokenizerBase,
    rng: Random,
) -> Iterator[Batch]:
    """Yield batches of either sort in random order, texts of like length together."""
    asked = _group(list(messages), lambda message: len("".join(message.pair)), rng)
    described = _group(list(descriptions), lambda description: len(description.text), rng)
    batches = [
        *(Batch(encode_texts(tokenizer, [message.pair for message in group]), messages=group) for group in asked),
        *(Batch(encode_texts(tokenizer, [d.text for d in group]), descriptions=group) for group in described),
    ]
    rng.shuffle(batches)
    yield from batches


def _group(texts: list, measure: Callable, rng: Random) -> Iterator[tuple]:  # type: ignore[type-arg]
    """Yield groups of about the same number of letters, each padded to its longest."""
    texts.sort(key=lambda text: measure(text) * rng.uniform(0.9, 1.1))
    group: list = []  # type: ignore[type-arg]
    for text in texts:
        longest = max(measure(entry) for entry in [*group, text]) / 4 + 4
        if group and longest * (len(group) + 1) > TOKENS:
            yield tuple(group)
            group = []
        group.append(text)
    if group:
        yield tuple(group)


def encode_texts(tokenizer: PreTrainedTokenizerBase, texts: list[str] | list[tuple[str, str]]) -> BatchEncoding:
    """Return the tokens of texts, or of messages after their contexts, with the letters each token stands for."""
    encoded: BatchEncoding = tokenizer(
        texts,
        truncation=True,
        max_length=LONGEST,
        padding=True,
        return_tensors="pt",
        return_offsets_mapping=True,
        return_token_type_ids=True,
    )
    return encoded


def _take_steps(network: ReaderNetwork, epochs: Iterable[list[Batch]], report: Report) -> None:
    heads = [parameter for name, parameter in network.named_parameters() if "_head" in name and parameter.requires_grad]
    encoder = [p for name, p in network.named_parameters() if "_head" not in name and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": encoder}, {"params": heads}], weight_decay=0.01)
    step, start = 0, time.monotonic()
    network.train()
    for number, batches in enumerate(epochs, 1):
        losses, total = [], EPOCHS * len(batches) + 1
        for batch in batches:
            share = min(1.0, step / (WARMING * total)) * max(0.0, 1 - step / total)
            for group, pace in zip(optimizer.param_groups, (ENCODER_PACE, HEAD_PACE), strict=True):
                group["lr"] = pace * share
            loss = measure_loss(network, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
        report(f"epoch {number} of {EPOCHS}: loss {np.mean(losses):.3f}, {time.monotonic() - start:.0f} s")


def measure_loss(network: ReaderNetwork, batch: Batch) -> torch.Tensor:
    """Return how wrong the network is about a batch."""
    fields = ("input_ids", "attention_mask", "token_type_ids")
    # Half the precision is enough for the encoder, and takes half the time where the processor has it.
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.backends.cpu.get_cpu_capability() == "AVX512"):
        signals, choices = network(**{field: batch.encoded[field] for field in fields})
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
