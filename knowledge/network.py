"""The reader as a torch module: an encoder, and linear heads on its tokens and on their means.

Imports torch; nothing that answers may import this module.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import PreTrainedModel

from knowledge.reader import Labels

FROZEN = "encoder.embeddings."
"""What stays as the embedding model has it: the words it knows, and hence what it knows of words we never wrote."""


class ReaderNetwork(torch.nn.Module):
    """An encoder with heads: one that marks signals in each token, one that judges a message after what came before."""

    def __init__(self, encoder: PreTrainedModel, labels: Labels) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = torch.nn.Dropout(0.1)
        self.signal_head = torch.nn.Linear(width, len(labels.signals))
        self.choice_head = torch.nn.Linear(2 * width, sum(map(len, labels.choices)))
        for name, parameter in self.named_parameters():
            parameter.requires_grad = not name.startswith(FROZEN)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores of shape (batch, tokens, signals) and (batch, labels of all choices)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        states = self.dropout(states)
        # In the mean of all, the few words of a message would be lost among those of what came before.
        means = torch.cat([_mean(states, attention_mask * token_type_ids), _mean(states, attention_mask)], dim=1)
        return self.signal_head(states), self.choice_head(means)


def _mean(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the mean of the tokens that a mask holds, nothing where it holds none; shape (batch, width)."""
    share = mask.unsqueeze(-1).to(states.dtype)
    return (states * share).sum(1) / share.sum(1).clamp(min=1)


def save_tuned(network: ReaderNetwork, path: Path) -> None:
    """Write all that training changed, in half precision."""
    changed = {name: value for name, value in network.state_dict().items() if not name.startswith(FROZEN)}
    save_file({name: value.half().contiguous() for name, value in changed.items()}, path)


def load_tuned(network: ReaderNetwork, path: Path) -> ReaderNetwork:
    """Return the network with what training changed in its place."""
    changed = {name: value.float() for name, value in load_file(path).items()}
    known = network.state_dict()
    network.load_state_dict(known | changed)
    return network
