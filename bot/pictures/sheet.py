"""A sheet of paper to draw on: dots, counted from the upper left corner."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import BoxStyle, Circle, FancyBboxPatch, Patch, Polygon
from matplotlib.transforms import Affine2D

from bot.pictures.picture import DOTS, INK, PAPER, WIDTH

LEADING, CAPITAL = 1.32, 0.71
"""How high a line and a capital letter are, in sizes of their font."""
QUICKLY = {"compress_level": 1}
"""A picture a quarter larger, in half the time: many people wait for theirs at once."""


def measure_height(lines: Sequence[str], font: FontProperties) -> int:
    """Return how high a text of some lines is, in dots."""
    return len(lines) * round(LEADING * _measure_size(font))


class Sheet:
    """A sheet as wide as every picture, and as long as it is cut in the end."""

    def __init__(self) -> None:
        self.figure = Figure(dpi=DOTS, facecolor=PAPER)
        self._dots = Affine2D().scale(1, -1)

    def draw_box(self, left: float, top: float, width: float, height: float, color: str, radius: float = 12) -> None:
        """Draw a box with round corners."""
        style = BoxStyle.Round(pad=0, rounding_size=radius)
        self._add(FancyBboxPatch((left, top), width, height, style, facecolor=color, linewidth=0))

    def draw_disc(self, center: tuple[float, float], radius: float, color: str) -> None:
        self._add(Circle(center, radius, facecolor=color, linewidth=0))

    def draw_shape(self, corners: Sequence[tuple[float, float]], color: str) -> None:
        self._add(Polygon(corners, facecolor=color, linewidth=0))

    def write_lines(
        self,
        lines: Sequence[str],
        place: tuple[float, float],
        font: FontProperties,
        *,
        color: str = INK,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write lines below each other; `place` is the top of the first, at the edge that they are aligned to."""
        left, top = place
        height, size = measure_height(["one"], font), _measure_size(font)
        for number, line in enumerate(lines):
            baseline = top + (number + 0.5) * height + CAPITAL * size / 2
            self.figure.text(
                left, baseline, line, transform=self._dots, fontproperties=font, color=color,
                horizontalalignment=align, verticalalignment="baseline", parse_math=False,
            )  # fmt: skip

    def cut(self, height: float) -> None:
        """Cut the sheet, once everything is on it."""
        self.figure.set_size_inches(WIDTH / DOTS, height / DOTS)
        self._dots.translate(0, height)

    def save(self) -> bytes:
        """Return the sheet as a PNG."""
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=DOTS, pil_kwargs=QUICKLY)
        return file.getvalue()

    def _add(self, patch: Patch) -> None:
        patch.set_transform(self._dots)
        self.figure.add_artist(patch)


def _measure_size(font: FontProperties) -> float:
    return font.get_size_in_points() * DOTS / 72
