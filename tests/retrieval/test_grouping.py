"""Texts that ask for the same thing come together, each once, in whatever order they came."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.embedder import Embedder, normalize_rows
from retrieval.assistant import Assistant
from retrieval.grouping import ALIKE, group_texts, merge_alike
from tests.fakes import WordEmbedder

WORDS = WordEmbedder()
PHRASES = st.lists(st.sampled_from(["which", "model", "price", "gpu", "bread", "recipe"]), min_size=1, max_size=4)
TEXTS = st.lists(PHRASES.map(" ".join), max_size=25)
BREAD = ["How do I bake bread?", "recipe for a loaf of bread", "baking bread at home"]
FRANCE = ["What is the capital of France?", "capital city of France"]


def read(texts: list[str]) -> list[list[str]]:
    return [[texts[place] for place in group] for group in group_texts(texts, WORDS)]


@given(TEXTS)
def test_every_text_is_in_exactly_one_group(texts: list[str]) -> None:
    groups = group_texts(texts, WORDS)

    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert all(groups)


@given(TEXTS.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts))))
def test_the_order_of_the_texts_plays_no_part(both: tuple[list[str], list[str]]) -> None:
    texts, shuffled = both

    assert read(texts) == read(shuffled)


@given(TEXTS)
def test_the_largest_group_comes_first(texts: list[str]) -> None:
    sizes = [len(group) for group in group_texts(texts, WORDS)]

    assert sizes == sorted(sizes, reverse=True)


@given(TEXTS)
def test_a_group_begins_with_the_text_nearest_to_its_middle(texts: list[str]) -> None:
    for group in group_texts(texts, WORDS):
        vectors = WORDS.embed([texts[place] for place in group]).astype(np.float64)
        nearness = vectors @ vectors.mean(axis=0)

        assert nearness[0] >= nearness.max() - 1e-5


@given(TEXTS)
def test_what_stays_apart_is_not_alike(texts: list[str]) -> None:
    """No two groups could be one: their texts are on average less alike than that takes."""
    vectors = WORDS.embed(texts).astype(np.float64) if texts else np.empty((0, 0))
    groups = merge_alike(vectors)

    for number, group in enumerate(groups):
        for other in groups[:number]:
            assert (vectors[group] @ vectors[other].T).mean() < ALIKE + 1e-9


@given(TEXTS.filter(bool), st.integers(2, 4))
def test_the_same_text_is_in_the_same_group_however_often_it_comes(texts: list[str], times: int) -> None:
    for group in group_texts(texts * times, WORDS):
        places = {place % len(texts) for place in group}
        assert len(group) == len(places) * times


def test_a_chain_of_neighbors_does_not_pull_far_texts_together() -> None:
    """Each vector is alike to the next, but the ends are opposite: the mean decides, not the nearest pair."""
    angles = np.linspace(0, np.pi, 13)
    vectors = normalize_rows(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)).astype(np.float64)

    assert len(merge_alike(vectors)) > 1


def test_paraphrases_come_together_and_subjects_stay_apart(embedder: Embedder) -> None:
    texts = [BREAD[0], FRANCE[0], BREAD[1], FRANCE[1], BREAD[2]]
    groups = group_texts(texts, embedder)

    assert [{texts[place] for place in group} for group in groups] == [set(BREAD), set(FRANCE)]


def test_the_assistant_groups_texts_by_the_model_it_answers_with(assistant: Assistant, embedder: Embedder) -> None:
    assert assistant.group_texts([*BREAD, *FRANCE]) == group_texts([*BREAD, *FRANCE], embedder)
    assert assistant.group_texts([]) == []
