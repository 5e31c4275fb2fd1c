"""Text → vector on ONNX Runtime: unit vectors, the same however asked for, from files that are checked."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.embedder import Embedder, OnnxEmbedder, check_file, hash_file, normalize_rows, read_card
from knowledge.errors import ModelError


@pytest.fixture
def exported(tiny_models: Path, tmp_path: Path) -> Path:
    """A copy of an exported model's folder."""
    (folder,) = tiny_models.iterdir()
    return shutil.copytree(folder, tmp_path / "exported")


def test_vectors_have_length_one_and_the_models_dimension(embedder: Embedder) -> None:
    vectors = embedder.embed(["copper", "Which of the two needs more data?", "", "…", "長い文章"])

    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_texts_that_mean_the_same_are_nearer_than_texts_that_do_not(embedder: Embedder) -> None:
    asked, alike, other = embedder.embed(
        ["How much data do I need?", "What amount of samples is required?", "My cat is grey."]
    )

    assert asked @ alike > asked @ other + 0.2


def test_a_text_has_one_vector_whatever_stands_beside_it(exported: Path) -> None:
    texts = ["a", "tin lids", "a much longer text about copper kettles and their lids " * 5]
    first, second = OnnxEmbedder(exported), OnnxEmbedder(exported)
    together = first.embed([*texts, *reversed(texts)])

    assert np.array_equal(together[:3], together[5:2:-1])
    assert np.allclose(np.vstack([second.embed([text]) for text in texts]), together[:3], atol=1e-5)


def test_more_texts_than_fit_in_one_batch_come_back_in_their_order(exported: Path) -> None:
    texts = [f"kettle {number} {'x ' * (number % 7)}" for number in range(75)]
    first, second = OnnxEmbedder(exported), OnnxEmbedder(exported)

    assert np.allclose(first.embed(texts), np.vstack([second.embed([text]) for text in texts]), atol=1e-5)


def test_several_threads_get_what_one_would(exported: Path) -> None:
    texts = [f"kettle {number} of {number % 13}" for number in range(120)]
    expected = OnnxEmbedder(exported).embed(texts)
    shared = OnnxEmbedder(exported)

    with ThreadPoolExecutor(8) as pool:
        slices = [[*range(start, 120), *range(start)] for start in range(0, 120, 5)]
        found = list(pool.map(lambda order: shared.embed([texts[place] for place in order]), slices))

    for order, vectors in zip(slices, found, strict=True):
        assert np.allclose(vectors, expected[order], atol=1e-5)


def test_any_text_has_a_vector(embedder: Embedder) -> None:
    @settings(max_examples=50)
    @given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), min_size=1, max_size=3))
    def check(texts: list[str]) -> None:
        vectors = embedder.embed(texts)
        assert vectors.shape == (len(texts), 384)
        assert np.isfinite(vectors).all()

    check()


def test_a_text_of_100_000_characters_has_a_vector(embedder: Embedder) -> None:
    assert np.isfinite(embedder.embed(["prompt " * 14_286])).all()


def test_the_fingerprint_changes_with_the_files(exported: Path) -> None:
    before = OnnxEmbedder(exported).fingerprint
    card = json.loads((exported / "card.json").read_text("utf-8"))
    tokenizer = json.loads((exported / "tokenizer.json").read_text("utf-8"))
    tokenizer["truncation"]["max_length"] = 32
    (exported / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    card["files"]["tokenizer.json"] = hash_file(exported / "tokenizer.json")
    (exported / "card.json").write_text(json.dumps(card), "utf-8")

    assert OnnxEmbedder(exported).fingerprint != before


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_with_another_sha256_is_refused(exported: Path, name: str) -> None:
    content = bytearray((exported / name).read_bytes())
    content[len(content) // 2] ^= 1
    (exported / name).write_bytes(content)

    with pytest.raises(ModelError, match=f"{name} must have the SHA-256 [0-9a-f]{{64}}, not [0-9a-f]{{64}}"):
        OnnxEmbedder(exported)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_refused(exported: Path, name: str) -> None:
    (exported / name).unlink()

    with pytest.raises(ModelError, match=f"{name} must have the SHA-256 .* not missing"):
        OnnxEmbedder(exported)


@pytest.mark.parametrize("card", [None, "", "{", "[]", '{"name": "x"}'])
def test_a_folder_without_a_whole_card_holds_no_model(exported: Path, card: str | None) -> None:
    path = exported / "card.json"
    path.unlink()
    if card is not None:
        path.write_text(card, "utf-8")

    with pytest.raises(ModelError, match="must hold an exported embedding model"):
        read_card(exported)


def test_a_file_with_the_expected_sha256_passes(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"abc")

    check_file(path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")


def test_rows_are_scaled_to_length_one_and_zeros_stay() -> None:
    rows = np.array([[3.0, 4.0], [0.0, 0.0]], np.float32)

    assert np.allclose(normalize_rows(rows), [[0.6, 0.8], [0.0, 0.0]])
