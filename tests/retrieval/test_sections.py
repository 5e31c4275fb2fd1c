"""Sections are whole again, and nothing is there twice."""

from __future__ import annotations

from pathlib import Path

from knowledge.comparison import Method
from knowledge.lesson import read_lesson
from retrieval.sections import drop_repeats, list_sections


def test_a_long_section_is_one_passage_with_all_of_its_text(tmp_path: Path) -> None:
    page = tmp_path / "words.md"
    sentences = [f"This is sentence number {number} on kettles, and it is a long one." for number in range(60)]
    page.write_text(f"---\nkind: term\n---\n# Kettle\n\n{' '.join(sentences)}\n\n# Pot\n\nA pot.\n", "utf-8")
    lesson = read_lesson([page])
    assert len(lesson.passages) > 2

    kettle, pot = list_sections(lesson, "term")

    assert (kettle.id, kettle.heading) == ("words/kettle", "Kettle")
    assert all(sentence in kettle.text for sentence in sentences)
    assert pot.text == "A pot."
    assert list_sections(lesson, "case") == []


def test_what_is_there_whole_and_by_method_is_kept_once(tmp_path: Path) -> None:
    page = tmp_path / "kettles.md"
    page.write_text("# Kettles\n\nFine-tuning polishes.\n\nPrompt engineering describes.\n", "utf-8")
    passages = read_lesson([page]).passages
    assert passages[0].method is Method.BOTH
    assert len(passages) == 3

    (kept,) = drop_repeats(passages)

    assert kept == passages[0]


def test_texts_of_their_own_are_all_kept(tmp_path: Path) -> None:
    page = tmp_path / "kettles.md"
    page.write_text("# Kettles\n\nIron.\n\n# Kettles\n\nCopper.\n", "utf-8")
    passages = read_lesson([page]).passages

    assert drop_repeats(passages) == list(passages)
