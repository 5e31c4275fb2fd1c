"""The reader as a torch module: an encoder, and linear heads on its tokens and on their mean.

Imports torch; nothing that answers may import this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import PreTrainedModel

from knowledge.reader import Labels

RANK = 32
"""Of the adapter's matrices."""
HEADS = ["signal_head", "choice_head"]


class ReaderNetwork(torch.nn.Module):
    """An encoder with heads: one that marks signals in each token, one that judges the whole."""

    def __init__(self, encoder: PreTrainedModel, labels: Labels) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = torch.nn.Dropout(0.1)
        self.signal_head = torch.nn.Linear(width, len(labels.signals))
        self.choice_head = torch.nn.Linear(width, sum(map(len, labels.choices)))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores of shape (batch, tokens, signals) and (batch, labels of all choices)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        states = self.dropout(states)
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        means = (states * mask).sum(1) / mask.sum(1)
        return self.signal_head(states), self.choice_head(means)


def adapt_network(network: ReaderNetwork) -> PeftModel:
    """Return the network with its encoder frozen and low-rank matrices beside each of its layers to train."""
    config = LoraConfig(
        r=RANK,
        lora_alpha=RANK,
        target_modules=r".*encoder\..*\.(query|key|value|dense)",
        modules_to_save=HEADS,
    )
    return cast("PeftModel", get_peft_model(network, config))


def merge_adapter(network: ReaderNetwork, folder: Path) -> ReaderNetwork:
    """Return the network with a trained adapter and its heads merged in."""
    adapted = PeftModel.from_pretrained(network, str(folder))
    return cast("ReaderNetwork", adapted.merge_and_unload())
