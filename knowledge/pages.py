"""A Markdown page: front matter, sections, blocks; nothing is understood yet, only read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.reader import ReaderError

from knowledge.errors import LessonError
from knowledge.topics import slugify

Kind = Literal["topic", "term", "case", "question", "myth", "practice"]

# Definitions of links are left as they stand: passages show the source, and nothing of it may be lost.
PLAIN = MarkdownIt("commonmark").enable("table").disable("reference")
MARKDOWN = (
    MarkdownIt("commonmark").enable("table").disable("reference").use(front_matter_plugin).use(attrs_block_plugin)
)
ATTRIBUTES = {"id", "method", "topic", "source"}


class FrontMatter(BaseModel):
    """What a page says of itself; everything is optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    kind: Kind = "topic"
    topic: str = ""
    """The topic of the sections that name none of their own."""
    asked_as: Mapping[str, tuple[str, ...]] = {}
    """Anchor of a section → how people ask for it."""


@dataclass(frozen=True)
class Table:
    """A table: its Markdown source and its cells."""

    source: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading and the blocks below it, up to the next heading."""

    line: int
    path: tuple[str, ...]
    """The headings above, outermost first, and its own last."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    """The Markdown source of each paragraph, list or other block."""
    tables: tuple[Table, ...] = ()

    @property
    def heading(self) -> str:
        return self.path[-1]

    @property
    def anchor(self) -> str:
        return self.attributes.get("id") or slugify(self.heading)


@dataclass(frozen=True)
class Page:
    """One file of a lesson."""

    path: Path
    front: FrontMatter
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        return slugify(self.path.stem)


def read_page(path: Path, text: str, *, plain: bool = False) -> Page:
    """Parse a page; LessonError where a rule of the format is broken. In a plain one, braces are text."""
    tokens = (PLAIN if plain else MARKDOWN).parse(text)
    front = _read_front(path, tokens)
    page = Page(path, front, tuple(_split_sections(path, text.split("\n"), tokens, front.title)))
    _check_page(page, text)
    return page


def find_line(text: str, words: str) -> int:
    """Return the line (from 1) on which `words` first stands; 1 where it does not."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if words in line), 1)


def load_yaml(path: Path, text: str, name: str, start: int = 1) -> object:
    """Return what YAML says that begins on the line `start` of a file; LessonError where it is none."""
    try:
        return yaml.load(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise LessonError(path, start + line, f"{name} must be YAML ({error.problem})") from error
    except ReaderError as error:
        line = text.encode()[: error.position].count(b"\n")
        raise LessonError(path, start + line, f"{name} must be YAML ({error.reason})") from error
    except ValueError as error:  # a 30th of February
        raise LessonError(path, start, f"{name} must be YAML ({error})") from error


def _read_front(path: Path, tokens: list[Token]) -> FrontMatter:
    if not tokens or tokens[0].type != "front_matter":
        return FrontMatter()
    content = tokens[0].content
    try:
        return FrontMatter.model_validate(load_yaml(path, content, "the front matter", 2) or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "front matter"
        key = str(first["loc"][0]) if first["loc"] else ""
        line = find_line(content, f"{key}:") + 1
        raise LessonError(path, line, f"{where}: {first['msg']}, not {first['input']!r}") from error


def _split_sections(path: Path, lines: list[str], tokens: list[Token], title: str) -> Iterator[Section]:
    blocks = [token for token in tokens if token.level == 0 and token.map and token.type != "front_matter"]
    heads = [place for place, token in enumerate(blocks) if token.type == "heading_open"]
    above: list[tuple[int, str]] = [(0, title or path.stem)]
    if heads[:1] != [0]:
        yield from _read_section(lines, tokens, blocks[: heads[0] if heads else None], (above[0][1],), {}, 1)
    for start, end in pairwise([*heads, len(blocks)]):
        head = blocks[start]
        level = int(head.tag[1:])
        above = [*(entry for entry in above if entry[0] < level), (level, _read_heading(tokens, head))]
        names = tuple(name for _, name in above[1:])
        attributes = {key: str(value) for key, value in head.attrs.items()}
        yield from _read_section(lines, tokens, blocks[start + 1 : end], names, attributes, _line(head))


def _read_heading(tokens: list[Token], head: Token) -> str:
    return tokens[tokens.index(head) + 1].content


def _read_section(
    lines: list[str],
    tokens: list[Token],
    blocks: list[Token],
    path: tuple[str, ...],
    attributes: Mapping[str, str],
    line: int,
) -> Iterator[Section]:
    if not blocks and not attributes:
        return
    texts = tuple(_source(lines, block) for block in blocks if block.type != "table_open")
    tables = tuple(_read_table(lines, tokens, block) for block in blocks if block.type == "table_open")
    yield Section(line, path, attributes, texts, tables)


def _read_table(lines: list[str], tokens: list[Token], opening: Token) -> Table:
    start = tokens.index(opening)
    rows: list[list[str]] = []
    for token in tokens[start:]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return Table(_source(lines, opening), tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _source(lines: list[str], block: Token) -> str:
    start, end = block.map or (0, 0)
    return "\n".join(lines[start:end]).strip()


def _line(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _check_page(page: Page, text: str) -> None:
    anchors = [section.anchor for section in page.sections]
    for section in page.sections:
        if not section.texts and not section.tables:
            raise LessonError(page.path, section.line, f"the section {section.heading!r} must not be empty")
        if unknown := set(section.attributes) - ATTRIBUTES:
            rule = f"an attribute must be one of {sorted(ATTRIBUTES)}, not {sorted(unknown)}"
            raise LessonError(page.path, section.line, rule)
        if section.attributes and anchors.count(section.anchor) > 1:
            raise LessonError(page.path, section.line, f"the anchor {section.anchor!r} must stand once in a page")
    for anchor in page.front.asked_as:
        if anchor not in anchors:
            rule = f"asked_as names {anchor!r}, which must be the anchor of a section of the page"
            raise LessonError(page.path, find_line(text, anchor), rule)
