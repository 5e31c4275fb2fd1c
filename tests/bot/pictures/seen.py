"""What there is to see in a picture, measured apart from the code that laid it out."""

from __future__ import annotations

import struct
from itertools import combinations

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

from bot.pictures.picture import WIDTH, Picture
from bot.pictures.sheet import Sheet

SLACK = 1.0
"""Dots that rounding may cost."""


def measure(picture: Picture) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture.png[16:24])
    return width, height


def find_texts(sheet: Sheet) -> dict[str, Bbox]:
    """Return where each line of text is that leaves ink, a running number before it."""
    renderer: RendererBase = FigureCanvasAgg(sheet.figure).get_renderer()  # type: ignore[no-untyped-call]  # it has no type
    return {
        f"{number}: {text.get_text()}": text.get_window_extent(renderer)
        for number, text in enumerate(sheet.figure.texts)
        if text.get_text()
    }


def find_boxes(sheet: Sheet) -> list[Bbox]:
    return [
        Bbox.from_extents(*patch.get_window_extent().extents)
        for patch in sheet.figure.artists
        if isinstance(patch, FancyBboxPatch)
    ]


def holds(box: Bbox, text: Bbox) -> bool:
    """Tell whether a box holds all of a text."""
    return bool(box.x0 - SLACK <= text.x0 and text.x1 <= box.x1 + SLACK and box.y0 <= text.y0 and text.y1 <= box.y1)


def assert_nothing_overlaps(sheet: Sheet) -> None:
    """Check that every text is on the sheet, and none on another, where marks above letters may touch."""
    texts = find_texts(sheet)
    page = Bbox.from_bounds(0, 0, WIDTH, sheet.figure.bbox.height)
    assert not [text for text, place in texts.items() if not holds(page, place)]
    cores = {
        text: Bbox.from_extents(place.x0, place.y0 + place.height / 4, place.x1, place.y1 - place.height / 4)
        for text, place in texts.items()
    }
    assert not [pair for pair in combinations(cores, 2) if cores[pair[0]].overlaps(cores[pair[1]])]
