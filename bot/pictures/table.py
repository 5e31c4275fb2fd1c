"""The comparison table as pictures: the name of a feature, and below it what each method is like, side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.pictures.picture import BAND, COLORS, LOCK, PAPER, TINTS, WIDTH, Picture, shorten_alt
from bot.pictures.sheet import Sheet, measure_height
from bot.pictures.typeface import choose_font, is_legible, replace_missing
from bot.pictures.wrapping import wrap_text
from bot.reply import FeatureShape
from bot.words import ENGLISH, load_words
from knowledge.signals import Leaning

TALLEST, ROOM = 2_400, 2_100
"""Dots of a picture, and of its rows; what is longer goes on in the next picture."""
MARGIN, SPACE, GAP, PAD = 30, 22, 8, 20
"""Dots around the table, between rows, between boxes, and between a box and its text."""
WHOLE = WIDTH - 2 * MARGIN
COLUMN = (WHOLE - GAP) // 2
LEFTS = (MARGIN, MARGIN + COLUMN + GAP)
SIDES = (Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING)
FONT, STRONG = choose_font(40), choose_font(40, bold=True)
"""In dots: 13 where a picture is shown at a third of its size."""
MOST_NAME, MOST_CELL = 6, 30
"""Lines of a name and of a cell that stand in one picture."""

Lines = list[str]


@dataclass(frozen=True)
class Row:
    """A row of the table in lines that fit, or as much of it as goes into one picture."""

    feature: FeatureShape
    name: Lines
    cells: tuple[Lines, ...]

    @property
    def band(self) -> int:
        """Height of the name's box."""
        return measure_height(self.name, STRONG) + PAD

    @property
    def body(self) -> int:
        """Height of the cells' boxes."""
        return measure_height(max(self.cells, key=len), FONT) + 2 * PAD

    @property
    def height(self) -> int:
        return self.band + GAP + self.body + SPACE


def draw_table(features: Sequence[FeatureShape], language: str = ENGLISH) -> list[Picture]:
    """Draw a table in as few pictures as it takes; in none where it is empty, or the fonts do not have its script."""
    if not is_legible(" ".join(text for feature in features for text in feature.model_dump().values())):
        return []
    with LOCK:
        pages = split_rows([row for feature in features for row in lay_rows(feature)])
        pngs = [lay_page(page, language).save() for page in pages]
    return [
        Picture(png=png, name=f"table-{number}.png", alt=_describe_page(page, number, len(pages), language))
        for number, (png, page) in enumerate(zip(pngs, pages, strict=True), 1)
    ]


def lay_rows(feature: FeatureShape) -> Iterator[Row]:
    """Yield the row of a feature; rows, where it is too long for one picture."""
    names = _cut_lines(wrap_text(replace_missing(feature.feature), WHOLE - 2 * PAD, STRONG), MOST_NAME)
    texts = (replace_missing(getattr(feature, side)) for side in SIDES)
    cells = [_cut_lines(wrap_text(text, COLUMN - 2 * PAD, FONT), MOST_CELL) for text in texts]
    for place in range(max(map(len, (names, *cells)))):
        parts = tuple(cell[place] if place < len(cell) else [] for cell in cells)
        yield Row(feature=feature, name=names[min(place, len(names) - 1)], cells=parts)


def split_rows(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of each picture, as few pictures as `TALLEST` allows, and about equally high."""
    fewest = len(_fill_pages(rows, ROOM))
    heights = range(ROOM)
    return _fill_pages(rows, bisect_left(heights, x=True, key=lambda room: len(_fill_pages(rows, room)) <= fewest))


def lay_page(rows: Sequence[Row], language: str) -> Sheet:
    """Return the sheet of some rows, below the names of the methods."""
    names = [replace_missing(load_words(language)["methods"][side]) for side in SIDES]
    heads = [wrap_text(name, COLUMN - 2 * PAD, STRONG) for name in names]
    head = measure_height(max(heads, key=len), STRONG) + PAD
    sheet = Sheet()
    for left, lines, side in zip(LEFTS, heads, SIDES, strict=True):
        sheet.draw_box(left, MARGIN, COLUMN, head, COLORS[side])
        sheet.write_lines(lines, (left + PAD, MARGIN + PAD // 2), STRONG, color=PAPER)
    top = MARGIN + head + SPACE
    for row in rows:
        _draw_row(sheet, row, top)
        top += row.height
    sheet.cut(top - SPACE + MARGIN)
    return sheet


def _draw_row(sheet: Sheet, row: Row, top: int) -> None:
    sheet.draw_box(MARGIN, top, WHOLE, row.band, BAND)
    sheet.write_lines(row.name, (MARGIN + PAD, top + PAD // 2), STRONG)
    below = top + row.band + GAP
    for left, cell, side in zip(LEFTS, row.cells, SIDES, strict=True):
        sheet.draw_box(left, below, COLUMN, row.body, TINTS[side])
        sheet.write_lines(cell, (left + PAD, below + PAD), FONT)


def _fill_pages(rows: Sequence[Row], room: int) -> list[list[Row]]:
    """Return pages that take as many rows each as there is room for, at least one."""
    pages: list[list[Row]] = []
    left = 0
    for row in rows:
        if row.height > left:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= row.height
    return pages


def _cut_lines(lines: Lines, most: int) -> list[Lines]:
    """Return lines in parts of at most so many; one empty part where there are none."""
    return [lines[start : start + most] for start in range(0, len(lines) or 1, most)]


def _describe_page(page: Sequence[Row], number: int, parts: int, language: str) -> str:
    """Return in words what a picture shows."""
    words = load_words(language)["pictures"]
    said, features = words["table"], dict.fromkeys(row.feature for row in page)
    title = said["part"].format(number=number, parts=parts) if parts > 1 else said["title"]
    rows = (
        said["row"].format(**{name: " ".join(text.split()).rstrip(" .。") or said["empty"] for name, text in feature})
        for feature in features
    )
    return shorten_alt(" ".join([title, *rows]), words["rest"])
