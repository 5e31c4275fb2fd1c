"""The exported reader: what a message and a description say."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.comparison import Method
from knowledge.context import NEW, describe_context
from knowledge.errors import ModelError
from knowledge.reader import (
    LONGEST,
    OTHER,
    SAME,
    Judgement,
    OnnxReader,
    Reader,
    hash_tuned,
    merge_windows,
    mix_likelihoods,
    resolve_references,
)
from knowledge.store import Knowledge
from tests.conftest import CACHE


@pytest.fixture
def reader(knowledge: Knowledge) -> Reader:
    return knowledge.reader


def test_each_reading_of_a_message_sums_to_one_over_its_labels(reader: Reader) -> None:
    judged = reader.judge_message("how much data does fine-tuning need?")

    readings = (judged.kind, judged.topic, judged.method, judged.opening)
    for labels, likelihoods in zip(reader.labels.choices, readings, strict=True):
        assert set(likelihoods) == set(labels) - {SAME, OTHER}
        assert sum(likelihoods.values()) == pytest.approx(1, abs=1e-4)


def test_a_message_is_read_in_its_context(reader: Reader) -> None:
    text = "and the other one?"
    topic = reader.judge_message(text, describe_context("scalability", Method.FINE_TUNING)).topic
    method = reader.judge_message(text, describe_context("scalability", Method.FINE_TUNING)).method

    assert max(topic, key=topic.__getitem__) == "scalability"
    assert max(method, key=method.__getitem__) == "prompt_engineering"


REFERRING = Judgement(
    kind={"follow_up": 1.0},
    topic={"examples": 0.2, "scalability": 0.3, SAME: 0.5},
    method={"fine_tuning": 0.2, "prompt_engineering": 0.2, "both": 0.1, SAME: 0.1, OTHER: 0.4},
    opening={"plain": 1.0},
)


def test_the_same_and_the_other_are_what_the_context_says() -> None:
    resolved = resolve_references(REFERRING, describe_context("examples", Method.FINE_TUNING))

    assert resolved.topic == pytest.approx({"examples": 0.7, "scalability": 0.3})
    assert resolved.method == pytest.approx({"fine_tuning": 0.3, "prompt_engineering": 0.6, "both": 0.1})


def test_after_nothing_that_could_be_meant_only_what_is_said_counts() -> None:
    resolved = resolve_references(REFERRING, NEW)

    assert resolved.topic == pytest.approx({"examples": 0.4, "scalability": 0.6})
    assert resolved.method == pytest.approx({"fine_tuning": 0.4, "prompt_engineering": 0.4, "both": 0.2})


def test_two_readings_count_by_their_shares() -> None:
    mixed = mix_likelihoods({"both": 0.2, SAME: 0.8}, {"both": 0.6, SAME: 0.4}, 0.75)

    assert mixed == pytest.approx({"both": 0.3, SAME: 0.7})


def test_the_same_topic_may_be_one_of_somebody_elses_lesson() -> None:
    resolved = resolve_references(REFERRING, describe_context("pruning-roses", Method.BOTH))

    assert resolved.topic["pruning-roses"] == pytest.approx(0.5)


def test_a_statement_after_a_recommendation_is_an_update(reader: Reader) -> None:
    advised = describe_context("when-to-choose", Method.BOTH, "a bot for our letters", project=True)

    kind = reader.judge_message("we have 20k labelled examples now", advised).kind

    assert max(kind, key=kind.__getitem__) == "update"


def test_marked_pieces_lie_in_the_text_in_order(reader: Reader) -> None:
    @settings(max_examples=30)
    @given(st.text(max_size=300))
    def check(text: str) -> None:
        marked = reader.mark_signals(text)
        assert [piece.start for piece in marked] == sorted(piece.start for piece in marked)
        assert all(0 <= piece.start < piece.end <= len(text) for piece in marked)

    check()


def test_marked_pieces_cover_a_text_of_any_length(reader: Reader) -> None:
    text = "We have forty thousand labelled letters from our own archive. " * 60

    marked = reader.mark_signals(text)

    assert len(marked) > LONGEST * 2
    assert marked[0].start == 0
    assert text[marked[-1].start : marked[-1].end] == "."
    assert marked[-1].end == len(text.rstrip())
    assert all(piece.likelihoods.shape == (len(reader.labels.signals),) for piece in marked)


def test_what_two_windows_read_counts_as_it_was_read_more_surely() -> None:
    low, high = np.array([[-2.0]], dtype=np.float32), np.array([[2.0]], dtype=np.float32)

    (piece,) = merge_windows([[(0, 3)], [(0, 3)]], [low, high])

    assert piece.likelihoods[0] == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_callers_at_once_get_what_they_would_get_one_by_one(reader: Reader) -> None:
    texts = [f"does fine-tuning need {number} examples?" for number in range(24)]
    alone = [reader.judge_message(f"{text} ") for text in texts]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(reader.judge_message, (f"{text} " for text in texts)))

    assert together == alone


@pytest.mark.parametrize("name", ["model.onnx", "questions.onnx", "tokenizer.json", "labels.json", "card.json"])
def test_a_damaged_reader_is_not_opened(knowledge: Knowledge, tmp_path: Path, name: str) -> None:
    assert knowledge.reader  # it is there
    folder = shutil.copytree(CACHE / "models" / f"reader-{hash_tuned()}", tmp_path / "reader")
    (folder / name).write_bytes(b"garbage")

    with pytest.raises(ModelError, match=str(folder)):
        OnnxReader(folder)
