"""Training, on a handful of examples: what is wrong becomes less so."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from knowledge.comparison import Method
from knowledge.network import FROZEN, load_tuned, save_tuned
from knowledge.reference import load_network
from knowledge.training.batches import Batch
from knowledge.training.examples import LABELS, MessageExample
from knowledge.training.losses import measure_loss
from knowledge.training.variation import Description, Span

MESSAGES = (
    MessageExample("how much data does tuning need", "question", topics=("data-requirement",), opening="plain"),
    MessageExample("thanks a lot", "smalltalk"),
    MessageExample("are prompts cheap?", "question", topics=("time-and-cost",), method=Method.PROMPT_ENGINEERING),
)
DESCRIPTIONS = (
    Description("9,000 labelled letters and no money", (Span(0, 22, "data_requirement:fine_tuning"),), whole=True),
    Description("nobody here codes", (Span(0, 17, "technical_requirements:prompt_engineering"),), whole=False),
)


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    _, tokenizer = load_network(LABELS)
    return [
        Batch(tokenizer, messages=MESSAGES),
        Batch(tokenizer, descriptions=DESCRIPTIONS),
    ]


def test_a_few_steps_make_the_network_less_wrong_and_leave_the_words_it_knows_as_they_were(
    batches: list[Batch],
) -> None:
    torch.manual_seed(1)
    network, _ = load_network(LABELS)
    frozen = {name: value.clone() for name, value in network.named_parameters() if name.startswith(FROZEN)}
    optimizer = torch.optim.AdamW([value for value in network.parameters() if value.requires_grad], lr=5e-4)
    before = [measure_loss(network, batch).item() for batch in batches]

    for _ in range(8):
        for batch in batches:
            optimizer.zero_grad()
            measure_loss(network, batch).backward()  # type: ignore[no-untyped-call]
            optimizer.step()

    after = [measure_loss(network, batch).item() for batch in batches]
    assert all(late < early * 0.9 for early, late in zip(before, after, strict=True))
    assert frozen
    assert all(torch.equal(network.get_parameter(name), value) for name, value in frozen.items())


def test_what_was_learnt_is_read_back_in_half_precision(tmp_path: Path) -> None:
    torch.manual_seed(2)
    network, _ = load_network(LABELS)
    with torch.no_grad():
        network.signal_head.bias.add_(1.5)
    save_tuned(network, tmp_path / "weights.safetensors")

    read = load_tuned(load_network(LABELS)[0], tmp_path / "weights.safetensors")

    assert torch.allclose(read.signal_head.bias, network.signal_head.bias, atol=2e-3)
    assert (tmp_path / "weights.safetensors").stat().st_size < 25_000_000
