"""A number as somebody wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.quantity import Range


@dataclass(frozen=True)
class Figure:
    """A number, where it stands, and what it is worth; a range where it was left open."""

    start: int
    end: int
    low: float
    high: float
    head: float
    """What stands before its scale: 20 of 20k."""
    article: bool = False
    """Whether it is but an "a" or "an"."""
    digits: bool = False
    """Whether it is written in nothing but digits."""

    @property
    def range(self) -> Range:
        return Range(low=self.low, high=self.high)

    def scale(self, factor: float, further: int = 0) -> Figure:
        """Return the figure multiplied, and ending some characters further on."""
        return replace(self, end=self.end + further, low=self.low * factor, high=self.high * factor)
