"""A section → texts short enough to be shown as an answer, each about one method where it can be told."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.comparison import Method, infer_method
from knowledge.pages import Section, Table

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
    texts = [*section.texts, *(table.source for table in section.tables if not _compares(table))]
    whole = "\n\n".join(texts)
    if method is None:
        parts = _group_blocks(texts)
        method = next(iter(parts)) if len(parts) == 1 else Method.BOTH
    else:
        parts = {}
    for text in SPLITTER.split_text(whole):
        yield text.strip(), method
    if len(parts) > 1:
        yield from ((text.strip(), about) for about, part in parts.items() for text in SPLITTER.split_text(part))


def _compares(table: Table) -> bool:
    return {Method.FINE_TUNING, Method.PROMPT_ENGINEERING} <= {infer_method(cell) for cell in table.header}


def _group_blocks(texts: list[str]) -> dict[Method, str]:
    """Put together what is about the same method; a block that names none goes on with the one before."""
    groups: dict[Method, list[str]] = {}
    about = Method.BOTH
    for block in _split_lists(texts):
        about = infer_method(block) or about
        groups.setdefault(about, []).append(block)
    return {
        method: "\n\n".join(blocks)
        for method, blocks in groups.items()
        if method is not Method.BOTH or len(groups) == 1
    }


def _split_lists(texts: list[str]) -> Iterator[str]:
    for text in texts:
        items = text.split("\n- ")
        yield from (items[0], *(f"- {item}" for item in items[1:]))
