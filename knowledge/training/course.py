"""Trains the reader: the embedding model's encoder with heads on top, on all examples, then further on questions.

Questions come in two rounds: in dialogues that go as they should, then also in those as they go by the first round.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import numpy as np
import torch

from knowledge.lesson import load_lesson
from knowledge.network import ReaderNetwork, save_tuned
from knowledge.reader import QUESTION_WEIGHTS, WEIGHTS
from knowledge.reference import load_network
from knowledge.training.batches import Batch, list_epochs, list_question_epochs
from knowledge.training.examples import LABELS, DialogueExample, read_lines
from knowledge.training.losses import measure_loss
from knowledge.training.rehearsal import rehearse_dialogues

SEED = 7
EPOCHS, QUESTION_EPOCHS, REHEARSED_EPOCHS = 3, 4, 1
ENCODER_PACE, HEAD_PACE = 2e-4, 2e-3
"""Peak learning rates; they rise over the first share `WARMING` of all steps and fall to nothing."""
WARMING = 0.06
SIGNAL_PRIOR = -3.0
"""The heads' first guess: few tokens show any one signal."""

Report = Callable[[str], None]


def train_reader(folder: Path, report: Report) -> None:
    """Train on every example, then further on questions; write what was learnt of each and the labels to a folder."""
    torch.manual_seed(SEED)
    rng, lesson = Random(SEED), load_lesson()  # noqa: S311 - nothing secret
    network, tokenizer = load_network(LABELS)
    torch.nn.init.constant_(network.signal_head.bias, SIGNAL_PRIOR)
    folder.mkdir(parents=True, exist_ok=True)
    _take_steps(network, list_epochs(lesson, tokenizer, rng, EPOCHS), EPOCHS, report)
    save_tuned(network, folder / WEIGHTS)
    questions = list_question_epochs(lesson, tokenizer, rng, QUESTION_EPOCHS)
    _take_steps(network, questions, QUESTION_EPOCHS, report)
    rehearsed = rehearse_dialogues(read_lines("dialogues", DialogueExample), network, tokenizer)
    questions = list_question_epochs(lesson, tokenizer, rng, REHEARSED_EPOCHS, rehearsed)
    _take_steps(network, questions, REHEARSED_EPOCHS, report)
    save_tuned(network, folder / QUESTION_WEIGHTS)
    (folder / "labels.json").write_text(LABELS.model_dump_json(indent=1) + "\n", "utf-8")


def _take_steps(network: ReaderNetwork, epochs: Iterable[list[Batch]], number: int, report: Report) -> None:
    """Train through so many epochs."""
    heads = [parameter for name, parameter in network.named_parameters() if "_head" in name and parameter.requires_grad]
    encoder = [p for name, p in network.named_parameters() if "_head" not in name and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": encoder}, {"params": heads}], weight_decay=0.01)
    step, start = 0, time.monotonic()
    network.train()
    for epoch, batches in enumerate(epochs, 1):
        losses, total = [], number * len(batches) + 1
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
        report(f"epoch {epoch} of {number}: loss {np.mean(losses):.3f}, {time.monotonic() - start:.0f} s")
