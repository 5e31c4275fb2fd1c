"""Sections of a text → pages, to be read one at a time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot.words import load_words

PAGE = 2_500
"""Characters of a page: about what a phone shows in two or three screens."""
LONGEST_TITLE = 300
SPLITTER = RecursiveCharacterTextSplitter(
    chunk_size=PAGE - LONGEST_TITLE,
    chunk_overlap=0,
    separators=["\n\n", "\n", ". ", " ", ""],
    keep_separator="end",
)


@dataclass(frozen=True)
class TextSection:
    """Blocks of text below a title; a page never breaks within a block that fits on one."""

    title: str
    blocks: tuple[str, ...]
    gap: str = "\n\n"
    """What stands between two blocks."""

    @property
    def text(self) -> str:
        """The whole section."""
        return f"{self.title}\n\n{self.gap.join(self.blocks)}"


def page_section(section: TextSection) -> list[str]:
    """Return the section in pages of at most 2,500 characters, the title on each, numbered where there are several."""
    title = textwrap.shorten(section.title, LONGEST_TITLE // 2, placeholder=" …")
    bodies = list(_fill_pages(section))
    if len(bodies) == 1:
        return [f"{title}\n\n{bodies[0]}"]
    numbered: str = load_words()["library"]["page"]
    titles = (numbered.format(title=title, number=number, total=len(bodies)) for number in range(1, len(bodies) + 1))
    return [f"{each}\n\n{body}" for each, body in zip(titles, bodies, strict=True)]


def _fill_pages(section: TextSection) -> Iterator[str]:
    page = ""
    for block in (part for whole in section.blocks for part in SPLITTER.split_text(whole)):
        longer = f"{page}{section.gap}{block}" if page else block
        if len(longer) > PAGE - LONGEST_TITLE:
            yield page
            longer = block
        page = longer
    yield page
