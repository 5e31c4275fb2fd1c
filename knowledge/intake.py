"""The user's own pages: found, checked and copied."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.errors import KnowledgeError, LessonError

SUFFIXES = (".md", ".markdown", ".txt")
SOURCES = "sources*.yaml"
LARGEST_PAGE = 1_000_000
"""Bytes."""


def collect_pages(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the pages at files and in folders, by the name they get; LessonError where none is fit."""
    pages: dict[str, Path] = {}
    for path in paths:
        for name, page in _list_named(path):
            if name in pages:
                raise LessonError(
                    page, 1, f"two pages must not have the same name, {name!r}; the other is {pages[name]}"
                )
            pages[name] = _check_page(page)
    if not any(Path(name).suffix != ".yaml" for name in pages):
        where = paths[0] if paths else Path()
        raise LessonError(where, 1, f"there must be at least one page ({', '.join(SUFFIXES)})")
    return pages


def copy_pages(pages: Mapping[str, Path], folder: Path) -> None:
    """Copy pages under their names."""
    for name, page in pages.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)


def fingerprint_files(paths: Iterable[Path]) -> str:
    """Return what tells these files from any others."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _list_named(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        for page in sorted(path.rglob("*")):
            if page.suffix in SUFFIXES or page.match(SOURCES):
                yield _name_page(page.relative_to(path)), page
    elif path.suffix in SUFFIXES or path.match(SOURCES):
        yield _name_page(Path(path.name)), path
    elif not path.exists():
        raise KnowledgeError(f"{path} must be a page or a folder of pages, and is not there")
    else:
        raise LessonError(path, 1, f"a page must end in {', '.join(SUFFIXES)}, or be a folder of such pages")


def _name_page(page: Path) -> str:
    return (page.with_suffix(".md") if page.suffix == ".markdown" else page).as_posix()


def _check_page(page: Path) -> Path:
    if not page.exists():
        raise LessonError(page, 1, "there is no such file")
    if not page.is_file():
        raise LessonError(page, 1, "a page must be a regular file")
    if (size := page.stat().st_size) > LARGEST_PAGE:
        raise LessonError(page, 1, f"a page must have at most {LARGEST_PAGE:,} bytes, not {size:,}; split it")
    return page
