"""Words → passages that share them."""

from __future__ import annotations

from knowledge.lesson import Lesson
from knowledge.lexicon import CANDIDATES, Lexicon
from knowledge.store import Knowledge


def test_the_passage_that_shares_most_is_first_and_counts_one(knowledge: Knowledge, lesson: Lesson) -> None:
    found = knowledge.lexicon.search("catastrophic forgetting")

    first = next(iter(found))
    assert found[first] == 1.0
    assert "forgetting" in next(passage for passage in lesson.passages if passage.id == first).text.lower()
    assert all(0 < shared <= 1 for shared in found.values())
    assert len(found) <= CANDIDATES


def test_words_that_stand_nowhere_find_nothing(knowledge: Knowledge) -> None:
    assert knowledge.lexicon.search("xylophonist quizzaciously") == {}
    assert knowledge.lexicon.search("") == {}


def test_a_lesson_of_one_passage_can_be_searched(lesson: Lesson) -> None:
    lexicon = Lexicon(lesson.model_copy(update={"passages": lesson.passages[:1]}))

    assert set(lexicon.search(lesson.passages[0].text)) == {lesson.passages[0].id}
