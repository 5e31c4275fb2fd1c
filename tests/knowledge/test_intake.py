"""The user's own pages: found, checked and copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError, LessonError
from knowledge.intake import LARGEST_PAGE, collect_pages, copy_pages, fingerprint_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two pages, a list of sources and things that are neither."""
    pages = tmp_path / "kettles"
    (pages / "tin").mkdir(parents=True)
    for name in ("copper.md", "tin/lids.txt", "sources-tin.yaml", "notes.pdf", "settings.yaml"):
        (pages / name).write_text(f"This is {name}.", "utf-8")
    return pages


def test_a_folder_gives_its_pages_and_lists_of_sources_and_nothing_else(folder: Path) -> None:
    assert set(collect_pages([folder])) == {"copper.md", "tin/lids.txt", "sources-tin.yaml"}


def test_files_are_named_without_their_folders(folder: Path) -> None:
    assert collect_pages([folder / "tin" / "lids.txt", folder / "copper.md"]) == {
        "lids.txt": folder / "tin" / "lids.txt",
        "copper.md": folder / "copper.md",
    }


def test_copies_keep_names_and_words_and_one_suffix_for_markdown(folder: Path, tmp_path: Path) -> None:
    (folder / "brass.markdown").write_text("Brass.", "utf-8")

    copy_pages(collect_pages([folder]), tmp_path / "copy")

    copied = {path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*.*")}
    assert copied == {"copper.md", "brass.md", "tin/lids.txt", "sources-tin.yaml"}
    assert (tmp_path / "copy" / "tin" / "lids.txt").read_text("utf-8") == "This is tin/lids.txt."


def test_markdown_pages_that_would_get_one_name_are_refused(folder: Path) -> None:
    (folder / "copper.markdown").write_text("Another copper.", "utf-8")

    with pytest.raises(LessonError, match="same name"):
        collect_pages([folder])


def test_two_pages_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "copper.md"
    other.write_text("Another copper.", "utf-8")

    with pytest.raises(LessonError, match=r"same name, 'copper\.md'"):
        collect_pages([folder, other])


def test_a_file_that_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"none\.md, line 1: there is no such file"):
        collect_pages([tmp_path / "none.md"])


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none must be a page or a folder of pages, and is not there"):
        collect_pages([tmp_path / "none"])


def test_a_file_of_another_kind_is_refused(folder: Path) -> None:
    with pytest.raises(LessonError, match=r"notes\.pdf, line 1: a page must end in \.md, \.markdown, \.txt"):
        collect_pages([folder / "notes.pdf"])


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("A: {title: a}", "utf-8")

    with pytest.raises(LessonError, match="at least one page"):
        collect_pages([tmp_path])


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(LessonError, match="at least one page"):
        collect_pages([])


def test_a_folder_named_like_a_page_is_no_page(folder: Path) -> None:
    (folder / "odd.md").mkdir()

    with pytest.raises(LessonError, match=r"odd\.md, line 1: a page must be a regular file"):
        collect_pages([folder])


def test_a_page_that_is_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    page = tmp_path / "large.md"
    page.write_bytes(b"a" * (LARGEST_PAGE + 1))

    with pytest.raises(LessonError, match="not 1,000,001; split it"):
        collect_pages([page])


def test_a_page_of_just_the_largest_size_is_taken(tmp_path: Path) -> None:
    page = tmp_path / "large.md"
    page.write_bytes(b"a" * LARGEST_PAGE)

    assert collect_pages([page]) == {"large.md": page}


def test_a_fingerprint_tells_names_contents_and_order_apart(folder: Path, tmp_path: Path) -> None:
    copper, lids = folder / "copper.md", folder / "tin" / "lids.txt"
    renamed = tmp_path / "brass.md"
    renamed.write_bytes(copper.read_bytes())
    changed = tmp_path / "copper.md"
    changed.write_bytes(copper.read_bytes() + b" ")
    moved = tmp_path / "elsewhere" / "copper.md"
    moved.parent.mkdir()
    moved.write_bytes(copper.read_bytes())

    prints = [
        fingerprint_files(paths) for paths in ([copper], [renamed], [changed], [copper, lids], [lids, copper], [])
    ]
    assert len(set(prints)) == len(prints)
    assert fingerprint_files([moved]) == fingerprint_files([copper])
