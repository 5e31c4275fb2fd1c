"""The vector index of a lesson: built, checked, searched, and distrusted where it is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.comparison import Comparison, Method
from knowledge.errors import StoreError
from knowledge.index import PassageIndex, build_index, digest_ids, hash_vectors, list_records
from knowledge.lesson import Lesson, Passage
from tests.fakes import WordEmbedder

MANY = 1_100
"""Ways of asking beyond which Chroma keeps vectors in files of its own."""


def make_passage(name: str, text: str, *asked_as: str) -> Passage:
    return Passage(
        id=f"kettles/{name}",
        topic="definition",
        method=Method.BOTH,
        kind="topic",
        heading=name.title(),
        text=text,
        source="kettles.md",
        asked_as=asked_as,
    )


COPPER = make_passage("copper", "Copper shines.", "what shines", "which metal gleams")
TIN = make_passage("tin", "Tin is dull.", "which metal is dull")
SMALL = Lesson(passages=(COPPER, TIN), comparison=Comparison())
LARGE = Lesson(
    passages=(make_passage("many", "Many.", *(f"kettle {n}" for n in range(MANY))), TIN), comparison=Comparison()
)


def ignore_progress(done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[[Lesson], tuple[PassageIndex, str]]]:
    """Return a function that builds the index of a lesson and opens it."""
    opened: list[PassageIndex] = []

    def build_and_open(lesson: Lesson) -> tuple[PassageIndex, str]:
        folder = tmp_path / "index"
        ids = build_index(folder, lesson, WordEmbedder(), ignore_progress)
        opened.append(PassageIndex(folder))
        return opened[-1], ids

    yield build_and_open
    for index in opened:
        index.close()


def test_each_passage_is_led_to_by_its_text_and_each_way_of_asking_once() -> None:
    twice = make_passage("lid", "A lid.", "what closes it", "what closes it")
    records = list(list_records(Lesson(passages=(COPPER, twice), comparison=Comparison())))

    assert [(record.id, record.passage, record.text) for record in records] == [
        ("kettles/copper", "kettles/copper", "Copper. Copper shines."),
        ("kettles/copper#1", "kettles/copper", "what shines"),
        ("kettles/copper#2", "kettles/copper", "which metal gleams"),
        ("kettles/lid", "kettles/lid", "Lid. A lid."),
        ("kettles/lid#1", "kettles/lid", "what closes it"),
    ]


def test_a_passage_is_found_by_a_way_of_asking_for_it(build: Callable[[Lesson], tuple[PassageIndex, str]]) -> None:
    index, _ = build(SMALL)

    first, second = index.search(WordEmbedder().embed(["which metal gleams"])[0], 10)

    assert (first.passage, first.asked_as, second.passage) == ("kettles/copper", True, "kettles/tin")
    assert first.similarity == pytest.approx(1, abs=1e-3)
    assert second.similarity < first.similarity


def test_a_passage_is_found_by_its_own_text(build: Callable[[Lesson], tuple[PassageIndex, str]]) -> None:
    index, _ = build(SMALL)

    hits = index.search(WordEmbedder().embed(["Tin. Tin is dull."])[0], 1)

    assert [(hit.passage, hit.asked_as) for hit in hits] == [("kettles/tin", False)]


def test_each_passage_is_found_once_and_the_nearest_first(build: Callable[[Lesson], tuple[PassageIndex, str]]) -> None:
    index, _ = build(LARGE)

    hits = index.search(WordEmbedder().embed(["kettle 7"])[0], 50)

    assert hits[0].passage == "kettles/many"
    assert len({hit.passage for hit in hits}) == len(hits)
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)


def test_a_search_for_more_than_there_is_gives_what_there_is(
    build: Callable[[Lesson], tuple[PassageIndex, str]],
) -> None:
    index, _ = build(SMALL)

    assert {hit.passage for hit in index.search(WordEmbedder().embed(["tin"])[0], 1_000)} == {COPPER.id, TIN.id}


@pytest.mark.parametrize("lesson", [SMALL, LARGE], ids=["small", "large"])
def test_an_index_is_trusted_with_its_own_digest_only(
    build: Callable[[Lesson], tuple[PassageIndex, str]], lesson: Lesson
) -> None:
    index, ids = build(lesson)

    index.check(ids)
    with pytest.raises(StoreError, match="no more and no less"):
        index.check(digest_ids(["kettles/copper"]))


def test_progress_is_told_up_to_the_last_record(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    build_index(tmp_path / "index", LARGE, WordEmbedder(), lambda done, total: told.append((done, total)))

    total = MANY + 3
    assert told[-1] == (total, total)
    assert len(told) > 2
    assert told == sorted(told)


def test_an_index_that_does_not_exist_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="must hold an index that can be opened"):
        PassageIndex(tmp_path / "index")


def test_a_search_in_an_index_that_was_overwritten_is_a_store_error(
    build: Callable[[Lesson], tuple[PassageIndex, str]], tmp_path: Path
) -> None:
    index, _ = build(SMALL)
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"garbage" * 1_000)

    with pytest.raises(StoreError):
        index.search(WordEmbedder().embed(["tin"])[0], 2)


def test_the_digest_of_ids_does_not_depend_on_their_order() -> None:
    assert digest_ids(["a", "b"]) == digest_ids(["b", "a"])
    assert digest_ids(["a", "b"]) != digest_ids(["a"])


def test_the_hashes_of_the_vectors_change_with_any_of_their_files(
    build: Callable[[Lesson], tuple[PassageIndex, str]], tmp_path: Path
) -> None:
    build(LARGE)
    before = hash_vectors(tmp_path / "index")

    assert len(before) >= 4
    assert not any("sqlite" in name for name in before)
    for name in before:
        path = tmp_path / "index" / name
        content = path.read_bytes()
        path.write_bytes(content + b"x")
        assert {
            changed for changed, hashed in hash_vectors(tmp_path / "index").items() if hashed != before[changed]
        } == {name}
        path.write_bytes(content)
