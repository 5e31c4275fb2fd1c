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
from knowledge.errors import ModelError
from knowledge.reader import (
    ADVISED,
    LONGEST,
    NEW,
    OTHER,
    SAME,
    Context,
    Judgement,
    OnnxReader,
    Reader,
    average_likelihoods,
    describe_context,
    hash_tuned,
    merge_windows,
    resolve_references,
)
from knowledge.store import Knowledge
from knowledge.topics import load_topics
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


@pytest.mark.parametrize("context", [NEW, ADVISED])
def test_after_nothing_that_could_be_meant_only_what_is_said_counts(context: Context) -> None:
    resolved = resolve_references(REFERRING, context)

    assert resolved.topic == pytest.approx({"examples": 0.4, "scalability": 0.6})
    assert resolved.method == pytest.approx({"fine_tuning": 0.4, "prompt_engineering": 0.4, "both": 0.2})


def test_two_readings_count_alike() -> None:
    assert average_likelihoods({"both": 0.2, SAME: 0.8}, {"both": 0.6, SAME: 0.4}) == pytest.approx(
        {"both": 0.4, SAME: 0.6}
    )


def test_the_same_topic_may_be_one_of_somebody_elses_lesson() -> None:
    resolved = resolve_references(REFERRING, describe_context("pruning-roses", Method.BOTH))

    assert resolved.topic["pruning-roses"] == pytest.approx(0.5)


def test_a_statement_after_a_recommendation_is_an_update(reader: Reader) -> None:
    kind = reader.judge_message("we have 20k labelled examples now", ADVISED).kind

    assert max(kind, key=kind.__getitem__) == "update"


def test_every_topic_has_a_context_of_its_own() -> None:
    contexts = {describe_context(topic, method) for topic in load_topics() for method in Method}

    assert len(contexts) == len(load_topics()) * len(Method)


def test_an_answer_on_both_that_names_one_of_them_is_a_context_of_its_own() -> None:
    named = describe_context("flexibility", Method.BOTH, "which bends more?", "prompt_engineering")

    assert named.words == "flexibility, both methods, rather prompt engineering: which bends more?"
    assert named != describe_context("flexibility", Method.BOTH, "which bends more?", "depends")
    assert describe_context("flexibility", Method.FINE_TUNING, opening="fine_tuning") == describe_context(
        "flexibility", Method.FINE_TUNING
    )


def test_what_was_talked_about_before_is_recalled_the_last_two_subjects_of_it() -> None:
    first = describe_context("definition", Method.FINE_TUNING, "what is tuning?")
    second = describe_context("flexibility", Method.BOTH, "which bends?", "prompt_engineering", first.subjects)
    third = describe_context("examples", Method.FINE_TUNING, earlier=second.subjects)
    last = describe_context("scalability", Method.BOTH, "and ten teams?", earlier=third.subjects)

    assert first.recalled == first
    assert second.recalled.words.startswith("definition, fine-tuning; flexibility, both methods, rather prompt")
    assert last.recalled.words == (
        "flexibility, both methods, rather prompt engineering; examples, fine-tuning; "
        "scalability, both methods: and ten teams?"
    )


@pytest.mark.parametrize(
    ("opening", "told"), [("no", "no"), ("false", "no"), ("depends", "it depends"), ("yes", "yes")]
)
def test_how_an_answer_began_is_recalled_where_it_says_which_way_it_went(opening: str, told: str) -> None:
    asked = "must i train a model for poems?"
    context = describe_context("technical-requirements", Method.FINE_TUNING, asked, opening)

    assert context.words == f"technical requirements, fine-tuning: {asked}"
    assert context.recalled.words == f"{context.words} {told}"


def test_what_follows_a_recommendation_forgets_nothing() -> None:
    assert ADVISED.subjects == ()
    assert ADVISED.recalled == ADVISED


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
