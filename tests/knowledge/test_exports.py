"""The folder of exported models: each is made once, and then only opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.errors import ModelError
from knowledge.exports import Models
from knowledge.reader import hash_tuned
from knowledge.store import Knowledge
from tests.conftest import CACHE


def test_an_embedder_is_exported_once_and_then_opened(tiny_model: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    models = Models(tmp_path, lambda *step: told.append(step))

    first, second = models.open_embedder(str(tiny_model)), models.open_embedder(str(tiny_model))

    assert first.fingerprint == second.fingerprint
    assert told == [("model", 0, 1), ("model", 1, 1)]


def test_models_of_the_same_name_in_different_places_do_not_meet(tiny_model: Path, tmp_path: Path) -> None:
    other = shutil.copytree(tiny_model, tmp_path / "other" / tiny_model.name)
    models = Models(tmp_path / "models", lambda *_: None)

    models.open_embedder(str(tiny_model))
    models.open_embedder(str(other))

    assert len(list((tmp_path / "models").iterdir())) == 2


@pytest.mark.parametrize("name", ["model.onnx", "questions.onnx", "labels.json", "card.json"])
def test_a_damaged_reader_is_exported_again(knowledge: Knowledge, tmp_path: Path, name: str) -> None:
    assert knowledge.reader  # it is there
    place = f"reader-{hash_tuned()}"
    folder = shutil.copytree(CACHE / "models" / place, tmp_path / place)
    (folder / name).write_bytes(b"garbage")
    told: list[str] = []

    reader = Models(tmp_path, lambda step, _done, _total: told.append(step)).open_reader()

    assert told == ["reader", "reader"]
    assert reader.judge_message("hello there") == knowledge.reader.judge_message("hello there")


def test_a_model_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        Models(tmp_path, lambda *_: None).open_embedder(str(tmp_path / "nowhere"))
