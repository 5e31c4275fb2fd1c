"""The letters of pictures: which there are, how wide a text is, and what stands for the letters there are not.

The fonts lie in `fonts/`: Noto Sans for Latin, Greek and Cyrillic, Droid Sans Fallback for Chinese, Japanese and
Korean. DejaVu Sans, which comes with Matplotlib, has signs that they lack.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontEntry, FontProperties, findfont, fontManager, get_font

from bot.pictures.picture import DOTS

FOLDER = Path(__file__).with_name("fonts")
FILES = {
    ("Picture", "normal"): "NotoSans-Regular.ttf",
    ("Picture", "bold"): "NotoSans-Bold.ttf",
    ("Picture CJK", "normal"): "DroidSansFallback.ttf",
    ("Picture CJK", "bold"): "DroidSansFallback.ttf",
}
"""By family and weight. The names are our own, so that no installed font is taken for one of these."""
FAMILIES = ("Picture", "Picture CJK", "DejaVu Sans")
"""The first of them that has a letter draws it."""
MISSING = "□"
MARKS = str.maketrans("✅❌", "✓✗")
"""What tables are fond of, in letters that there are."""
UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}
"""Categories of what is left out where it cannot be drawn: controls, joiners, and marks on other letters."""
LEFTWARD = {"R", "AL", "AN"}
"""Directions of scripts that are written from right to left, for which the pictures are not laid out."""

fontManager.ttflist += [
    FontEntry(fname=str(FOLDER / file), name=name, weight=weight, size="scalable")
    for (name, weight), file in FILES.items()
]
_RENDERER: RendererBase = RendererAgg(1, 1, DOTS)  # type: ignore[no-untyped-call]  # Matplotlib has no type for it


@cache
def choose_font(size: int, *, bold: bool = False) -> FontProperties:
    """Return the font of a size in dots."""
    return FontProperties(family=list(FAMILIES), size=size * 72 / DOTS, weight="bold" if bold else "normal")


@lru_cache(maxsize=10_000)
def measure_text(text: str, font: FontProperties) -> float:
    """Return how wide a line is, in dots."""
    width, _, _ = _RENDERER.get_text_width_height_descent(text, font, ismath=False)
    return width


def replace_missing(text: str) -> str:
    """Return a text in one line that can be drawn; a box stands for each stretch of letters that cannot."""
    drawn = "".join(map(_replace_letter, unicodedata.normalize("NFC", text.translate(MARKS))))
    return " ".join(re.sub(f"{MISSING}+", MISSING, drawn).split())


def is_legible(text: str) -> bool:
    """Tell whether the fonts have most letters of a text."""
    letters = [letter for letter in text if unicodedata.category(letter).startswith("L")]
    return 2 * sum(map(_can_draw, letters)) >= len(letters)


@cache
def _list_letters() -> frozenset[int]:
    """Return what the fonts can draw; in either weight, they have the same."""
    fonts = (get_font(findfont(FontProperties(family=name))) for name in FAMILIES)
    return frozenset(letter for font in fonts for letter in font.get_charmap())


def _can_draw(letter: str) -> bool:
    return ord(letter) in _list_letters() and unicodedata.bidirectional(letter) not in LEFTWARD


def _replace_letter(letter: str) -> str:
    """Return what is drawn for a letter: itself, its plain form, a box, or nothing where there is nothing to see."""
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    plain = unicodedata.normalize("NFKC", letter)
    for form in (letter, plain):
        if category not in {"Cc", "Cf"} and all(map(_can_draw, form)):
            return form
    return "" if category in UNSEEN else MISSING
