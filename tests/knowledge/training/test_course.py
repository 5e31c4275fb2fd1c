"""Training, on a handful of examples: what is wrong becomes less so."""

from __future__ import annotations

import pytest
import torch

from knowledge.comparison import Method
from knowledge.network import adapt_network
from knowledge.reference import load_network
from knowledge.training.course import Batch, encode_texts, measure_loss
from knowledge.training.examples import LABELS, MessageExample
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
        Batch(encode_texts(tokenizer, [(m.context, m.text) for m in MESSAGES]), messages=MESSAGES),
        Batch(encode_texts(tokenizer, [d.text for d in DESCRIPTIONS]), descriptions=DESCRIPTIONS),
    ]


def test_a_few_steps_make_the_adapted_network_less_wrong_and_leave_its_encoder_as_it_was(batches: list[Batch]) -> None:
    torch.manual_seed(1)
    adapted = adapt_network(load_network(LABELS)[0])
    frozen = {name: value.clone() for name, value in adapted.named_parameters() if not value.requires_grad}
    optimizer = torch.optim.AdamW([value for value in adapted.parameters() if value.requires_grad], lr=5e-3)
    before = [measure_loss(adapted, batch).item() for batch in batches]

    for _ in range(8):
        for batch in batches:
            optimizer.zero_grad()
            measure_loss(adapted, batch).backward()  # type: ignore[no-untyped-call]
            optimizer.step()

    after = [measure_loss(adapted, batch).item() for batch in batches]
    assert all(late < early * 0.8 for early, late in zip(before, after, strict=True))
    assert all(torch.equal(value, frozen[name]) for name, value in adapted.named_parameters() if name in frozen)
