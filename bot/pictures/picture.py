"""A picture, and the look that all of them share."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from knowledge.signals import Leaning
from retrieval.recommendation import Verdict

DOTS = 200
"""Per inch, and so of every size that is given in points."""
WIDTH = 1_200
"""Dots: three times what a phone shows."""
PAPER, INK, FAINT, BAND = "#ffffff", "#1e1f22", "#d6d9dd", "#eceef1"
"""A card of its own, so that it reads the same on a dark and on a light theme."""
ORANGE, BLUE, GREEN, VIOLET = "#c2410c", "#1d4ed8", "#047857", "#6d28d9"
COLORS = {Leaning.PROMPT_ENGINEERING: ORANGE, Leaning.RETRIEVAL: BLUE, Leaning.FINE_TUNING: GREEN}
TINTS = {Leaning.PROMPT_ENGINEERING: "#fdf1ea", Leaning.FINE_TUNING: "#e6f4ee"}
VERDICTS = {Verdict.PROMPT_ENGINEERING: ORANGE, Verdict.FINE_TUNING: GREEN, Verdict.BOTH: VIOLET}
LONGEST_ALT = 1_024
"""Characters that Discord takes of what describes a picture."""

LOCK = threading.Lock()
"""Matplotlib draws one figure at a time, and measures one text at a time."""


@dataclass(frozen=True)
class Picture:
    """A PNG, and what it shows in words."""

    png: bytes
    name: str
    alt: str


def shorten_alt(alt: str, rest: str) -> str:
    """Return a description that Discord takes: whole, or cut at a word, with `rest` to say where the rest is."""
    if _count_units(alt) <= LONGEST_ALT:
        return alt
    room = LONGEST_ALT - _count_units(f"… {rest}")
    cut = alt.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    words, _, _ = cut.rpartition(" ")
    return f"{words if 2 * len(words) > len(cut) else cut}… {rest}"


def _count_units(text: str) -> int:
    """Return how long a text is where it is counted in the longest way, an emoji as two."""
    return len(text.encode("utf-16-le")) // 2
