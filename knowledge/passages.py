"""A section → texts short enough to be shown as an answer, each about one method where it can be told."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.comparison import Method, find_columns, infer_method
from knowledge.pages import Section, Table

COLUMNS = 3
"""Of a table that says no more than the comparison takes from it: the labels, and each method."""
LONGEST = 1_200
"""Characters of a passage: about what Discord shows without scrolling on a phone."""

SPLITTER = RecursiveCharacterTextSplitter(
    chunk_size=LONGEST,
    chunk_overlap=0,
    separators=["\n\n", "\n", ". ", " ", ""],
    keep_separator="end",
)


def split_section(section: Section, method: Method | None) -> Iterator[tuple[str, Method]]:
    """Yield a section's texts with their method, given the method of the whole section where that is known.

    Where it is not and its blocks are about different methods, the whole comes first, as a text about both.
    """
    texts = [*section.texts, *(table.source for table in section.tables if not _is_compared(table))]
    parts = _group_blocks(texts) if method is None else {method: texts}
    whole = next(iter(parts)) if len(parts) == 1 else Method.BOTH
    yield from _cut(texts, whole)
    for about, blocks in parts.items():
        if about is not whole:
            yield from _cut(blocks, about)


def _is_compared(table: Table) -> bool:
    """Tell whether all that a table says is in the comparison."""
    return find_columns(table.header) is not None and len(table.header) == COLUMNS


def _group_blocks(texts: list[str]) -> dict[Method, list[str]]:
    """Put together what is about the same method; a block that names none goes on with the one before, if any."""
    groups: dict[Method, list[str]] = {}
    about: Method | None = None
    for block in _split_lists(texts):
        about = infer_method(block) or about
        if about:
            groups.setdefault(about, []).append(block)
    return groups


def _cut(blocks: list[str], about: Method) -> Iterator[tuple[str, Method]]:
    for text in SPLITTER.split_text("\n\n".join(blocks)):
        yield text.strip(), about


def _split_lists(texts: list[str]) -> Iterator[str]:
    for text in texts:
        items = text.split("\n- ")
        yield from (items[0], *(f"- {item}" for item in items[1:]))
