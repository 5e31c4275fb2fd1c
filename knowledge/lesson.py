"""Pages → Lesson: the passages that are shown as answers, and the comparison table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.comparison import Comparison, Feature, Method, find_columns, find_methods, infer_method
from knowledge.errors import LessonError
from knowledge.pages import Kind, Page, Section, find_line, load_yaml, read_page
from knowledge.passages import split_section
from knowledge.plain_text import mark_up
from knowledge.topics import load_topics, match_topic, slugify

FOLDER = Path(__file__).with_name("lesson")


class Source(BaseModel):
    """Where a claim beyond the lesson comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    authors: str = ""
    year: int | None = None
    url: str = ""

    def __str__(self) -> str:
        named = f"{self.authors}, {self.title}" if self.authors else self.title
        dated = f"{named} ({self.year})" if self.year else named
        return ", ".join(filter(None, [dated, self.url]))


class Passage(BaseModel):
    """A citable piece of the lesson, written to be shown as an answer."""

    model_config = ConfigDict(frozen=True)

    id: str
    topic: str
    """A topic id, or the slug of the heading where it matches none."""
    method: Method
    kind: Kind
    heading: str
    text: str
    """Markdown; the first sentence answers."""
    source: str
    """The page, or for an addition the publications it rests on."""
    addition: bool = False
    """Whether it goes beyond the lesson."""
    asked_as: tuple[str, ...] = ()


class Lesson(BaseModel):
    """All that can be cited, and the table."""

    model_config = ConfigDict(frozen=True)

    passages: tuple[Passage, ...]
    comparison: Comparison

    def find_passage(self, topic: str, method: Method) -> Passage | None:
        """Return the passage that states what the lesson itself says of a topic and method; None where none does."""
        wanted = (passage for passage in self.passages if passage.topic == topic and passage.method is method)
        return next((passage for passage in wanted if not passage.addition), None)


def load_lesson() -> Lesson:
    """Return our own lesson; LessonError where one of its pages breaks a rule."""
    return read_lesson(list_pages(FOLDER))


def list_pages(folder: Path) -> list[Path]:
    """Return the files of a lesson's folder: pages and lists of sources, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt", ".yaml"))


def read_lesson(paths: Iterable[Path]) -> Lesson:
    """Read pages (`.md`, `.txt`) and lists of sources (`.yaml`); LessonError where one breaks a rule."""
    files = {path: _read_text(path) for path in paths}
    sources = _read_sources({path: text for path, text in files.items() if path.suffix == ".yaml"})
    pages = [_read_file(path, text) for path, text in files.items() if path.suffix != ".yaml"]
    comparison = Comparison(features=_collect_features(pages))
    passages = [passage for page in pages for passage in _read_passages(page, sources)]
    # Where a page is written for a topic, it says more than a cell of the table.
    written = {page.name for page in pages if page.front.topic}
    covered = {(passage.topic, passage.method) for passage in passages if passage.id.partition("/")[0] in written}
    cells = [cell for page in pages for cell in _read_cells(page) if (cell.topic, cell.method) not in covered]
    if not passages and not cells:
        where = next(iter(files), FOLDER)
        raise LessonError(where, 1, "a lesson must have at least one page with text")
    return Lesson(passages=tuple(_number_ids([*cells, *passages])), comparison=comparison)


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LessonError(path, 1, f"a page must be UTF-8 text ({error.reason} at byte {error.start})") from error


def _read_file(path: Path, text: str) -> Page:
    marked = text.startswith("---\n") or any(line.startswith(("# ", "## ")) for line in text.split("\n"))
    plain = path.suffix == ".txt" and not marked
    return read_page(path, mark_up(text), plain=True) if plain else read_page(path, text)


def _read_sources(files: Mapping[Path, str]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for path, text in files.items():
        try:
            listed = load_yaml(path, text, "a list of sources") or {}
            sources |= TypeAdapter(dict[str, Source]).validate_python(listed)
        except ValidationError as error:
            first = error.errors()[0]
            key = str(first["loc"][0]) if first["loc"] else ""
            rule = f"source {key}: {first['msg']} (a source has title, authors, year and url)"
            raise LessonError(path, find_line(text, key), rule) from error
    return sources


def _read_passages(page: Page, sources: Mapping[str, Source]) -> Iterator[Passage]:
    for section in page.sections:
        cited = _cite_sources(page, section, sources)
        topic = _find_topic(page, section)
        method = _find_method(page, section)
        asked_as = page.front.asked_as.get(section.anchor, ())
        for part, (text, about) in enumerate(split_section(section, method)):
            yield Passage(
                id=f"{page.name}/{section.anchor}",
                topic=topic,
                method=about,
                kind=page.front.kind,
                heading=section.heading,
                text=text,
                source="; ".join(cited) or page.path.name,
                addition=bool(cited),
                asked_as=() if part else asked_as,
            )


def _cite_sources(page: Page, section: Section, sources: Mapping[str, Source]) -> list[str]:
    keys = section.attributes.get("source", "").split()
    for key in keys:
        if key not in sources:
            rule = f"source {key!r} must be listed in a sources*.yaml beside the page"
            raise LessonError(page.path, section.line, rule)
    return [str(sources[key]) for key in keys]


def _find_topic(page: Page, section: Section) -> str:
    named = section.attributes.get("topic") or page.front.topic
    if named and named not in load_topics():
        raise LessonError(page.path, section.line, f"topic must be one of {', '.join(load_topics())}, not {named!r}")
    matched = next(filter(None, map(match_topic, reversed(section.path))), None)
    return named or matched or slugify(section.heading)


def _find_method(page: Page, section: Section) -> Method | None:
    """Return the method a section says it is about, or its headings name; None where each block must tell."""
    if named := section.attributes.get("method"):
        if named not in list(Method):
            raise LessonError(page.path, section.line, f"method must be one of {', '.join(Method)}, not {named!r}")
        return Method(named)
    return next((infer_method(name) for name in reversed(section.path) if find_methods(name)), None)


def _collect_features(pages: Sequence[Page]) -> tuple[Feature, ...]:
    """Return the rows of all tables; a later row takes the place of an earlier one with the same label."""
    rows = {slugify(row.feature): row for page in pages for section in page.sections for row in _read_rows(section)}
    return tuple(rows.values())


def _read_rows(section: Section) -> Iterator[Feature]:
    for table in section.tables:
        columns = find_columns(table.header)
        if columns is None:
            continue
        tuned, prompted = columns
        for cells in table.rows:
            label = cells[0]
            yield Feature(
                feature=label,
                topic=match_topic(label) or slugify(label),
                fine_tuning=cells[tuned],
                prompt_engineering=cells[prompted],
            )


def _read_cells(page: Page) -> Iterator[Passage]:
    """Yield each row whole, then each cell by itself."""
    for section in page.sections:
        for row in _read_rows(section):
            texts = {
                Method.BOTH: f"Fine-tuning: {row.fine_tuning}\n\nPrompt engineering: {row.prompt_engineering}",
                Method.FINE_TUNING: row.fine_tuning,
                Method.PROMPT_ENGINEERING: row.prompt_engineering,
            }
            for method, text in texts.items():
                yield Passage(
                    id=f"{page.name}/{slugify(row.feature)}-{method.replace('_', '-')}",
                    topic=row.topic,
                    method=method,
                    kind="topic",
                    heading=row.feature,
                    text=text,
                    source=page.path.name,
                )


def _number_ids(passages: list[Passage]) -> Iterator[Passage]:
    """Make ids unique: the second passage of the same name ends in -2, and so on to the next that is free."""
    taken: set[str] = set()
    for passage in passages:
        names = chain([passage.id], (f"{passage.id}-{number}" for number in count(2)))
        free = next(name for name in names if name not in taken)
        taken.add(free)
        yield passage.model_copy(update={"id": free})
