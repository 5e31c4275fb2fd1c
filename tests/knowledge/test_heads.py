"""Light heads: likelihoods from arrays, and their file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ModelError
from knowledge.heads import BUCKETS, Head, Heads, describe_texts, hash_words, load_heads, save_heads
from tests.fakes import DIMENSION, WordEmbedder


def make_heads() -> Heads:
    numbers = np.random.default_rng(3)

    def make_head(*labels: str) -> Head:
        weights = numbers.normal(size=(len(labels), DIMENSION + BUCKETS)).astype(np.float32)
        return Head(labels, weights, numbers.normal(size=len(labels)).astype(np.float32))

    return Heads(
        make_head("question", "project"), make_head("a", "b", "c"), make_head("both", "x"), make_head("s", "t")
    )


def test_likelihoods_sum_to_one_and_follow_the_scores() -> None:
    head = Head(("copper", "tin"), np.array([[2.0, 0.0], [0.0, 0.0]], np.float32), np.array([0.0, 1.0], np.float32))

    first, second = head.judge(np.array([[1.0, 5.0], [0.0, 5.0]], np.float32))

    assert first["copper"] == pytest.approx(np.e / (1 + np.e))
    assert second["tin"] == pytest.approx(np.e / (1 + np.e))
    assert sum(first.values()) == pytest.approx(1)


def test_huge_scores_do_not_overflow() -> None:
    head = Head(("copper", "tin"), np.array([[1e30], [-1e30]], np.float32), np.zeros(2, np.float32))

    assert head.judge(np.array([[1.0]], np.float32)) == [{"copper": 1.0, "tin": 0.0}]


def test_saved_heads_are_loaded_alike(tmp_path: Path) -> None:
    heads, features = make_heads(), describe_texts(["copper kettles", "tin lids"], WordEmbedder())

    save_heads(heads, tmp_path / "heads.npz", "print")
    loaded = load_heads(tmp_path / "heads.npz", "print")

    for name in ("kind", "topic", "method", "signal"):
        assert getattr(loaded, name).judge(features) == getattr(heads, name).judge(features)


def test_heads_fitted_to_something_else_are_refused(tmp_path: Path) -> None:
    save_heads(make_heads(), tmp_path / "heads.npz", "print")

    with pytest.raises(ModelError, match="present data and model"):
        load_heads(tmp_path / "heads.npz", "another print")


@pytest.mark.parametrize("kept", [0, 10, 2_000, -50])
def test_a_file_of_heads_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "heads.npz"
    save_heads(make_heads(), path, "print")
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(ModelError, match="must hold fitted heads"):
        load_heads(path, "print")


def test_a_file_of_heads_with_changed_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heads.npz"
    save_heads(make_heads(), path, "print")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(ModelError, match="must hold fitted heads"):
        load_heads(path, "print")


def test_missing_heads_are_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="must hold fitted heads"):
        load_heads(tmp_path / "heads.npz", "print")


@given(st.text())
def test_hashed_words_are_a_unit_vector_or_nothing(text: str) -> None:
    length = float(np.linalg.norm(hash_words(text)))

    assert length == pytest.approx(1) or (length == 0 and not any(map(str.isalnum, text.replace("_", ""))))


def test_case_and_punctuation_do_not_count_and_a_typo_counts_little() -> None:
    right = hash_words("Fine-tuning needs examples.")

    assert np.array_equal(hash_words("fine tuning NEEDS examples"), right)
    assert hash_words("fine tuning needs exampels") @ right > 0.6
    assert hash_words("the weather in Ghent") @ right < 0.2


def test_features_are_the_vector_and_the_hashed_words() -> None:
    features = describe_texts(["copper", "tin"], WordEmbedder())

    assert features.shape == (2, DIMENSION + BUCKETS)
    assert np.array_equal(features[1, DIMENSION:], hash_words("tin"))
