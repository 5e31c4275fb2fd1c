"""Text → lines no wider than their box, measured with the font that draws them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from matplotlib.font_manager import FontProperties

from bot.pictures.typeface import measure_text

WIDE = "\u2e80-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Chinese and Japanese, which may be broken after any character; Korean is broken at spaces."""
OPENING = "(\\[{“‘«（［｛〈《「『【〔"
CLOSING = ")\\]}”’»!?,.:;…%、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""What begins no line."""
DASHES = "/–—-"
PIECE = re.compile(
    rf"\s*[{OPENING}]*(?:[{DASHES}]*[^\s{WIDE}{DASHES}]+[{DASHES}]*|[{DASHES}]+|[{WIDE}])[{CLOSING}]*",
)
"""What stays in one line wherever it can."""
CLUSTER = re.compile(r".[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]*")
"""A letter with its marks."""


def wrap_text(text: str, width: int, font: FontProperties) -> list[str]:
    """Return the lines of a text: as few as `width` dots allow, and about equally long; none where there is no text."""
    pieces = [part for piece in PIECE.findall(text) for part in _break_piece(piece, width, font)]
    count = len(_fill_lines(pieces, width, font))
    widths = range(width)
    least = bisect_left(widths, x=True, key=lambda narrow: len(_fill_lines(pieces, narrow, font)) <= count)
    return _fill_lines(pieces, least, font)


def _fill_lines(pieces: Iterable[str], width: float, font: FontProperties) -> list[str]:
    """Return lines that take as many pieces each as fit, at least one."""
    lines: list[str] = []
    used = 0.0
    for piece in pieces:
        wide = measure_text(piece, font)
        if lines and used + wide <= width:
            lines[-1] += piece
            used += wide
        else:
            lines.append(piece.lstrip())
            used = measure_text(lines[-1], font)
    return lines


def _break_piece(piece: str, width: float, font: FontProperties) -> list[str]:
    """Return a piece whole, or in parts where it is wider than a line."""
    if measure_text(piece, font) <= width:
        return [piece]
    return _fill_lines(CLUSTER.findall(piece), width, font)
