"""A seesaw: what pulls to either side, as balls on a beam that tips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import copysign, fsum, sqrt

from matplotlib.transforms import Affine2D

from bot.pictures.picture import COLORS, INK, PAPER, WIDTH
from bot.pictures.sheet import Sheet, measure_height
from bot.pictures.typeface import choose_font
from knowledge.signals import Leaning
from retrieval.rules import DIGITS

HEIGHT, FOOT = 330, 96
ARM, BEAM = 430, 16
"""Dots from the middle to an end of the beam, and how thick it is."""
STEEPEST, FLATTEST = 11, 2.5
"""Degrees where nothing pulls to the other side, and where almost as much does."""
LARGEST, SMALLEST, APART = 92, 52, 8
"""Radius of a ball, of which the smallest has room for its number, and the space between two of them."""
FONT = choose_font(40, bold=True)
SEATS = {-1: (Leaning.PROMPT_ENGINEERING, Leaning.RETRIEVAL), 1: (Leaning.FINE_TUNING,)}
"""Who sits to the left and to the right of the middle, from the end inwards."""

Weights = Mapping[Leaning, float]


def draw_seesaw(sheet: Sheet, top: float, weights: Weights) -> None:
    """Draw a seesaw in the `HEIGHT` dots below `top`; of the weights, at least one is above 0."""
    middle, pivot = WIDTH / 2, top + HEIGHT - FOOT
    tip = Affine2D().rotate_deg(find_angle(weights)).translate(middle, pivot)
    sheet.draw_shape([(middle, pivot), (middle - FOOT / 2, pivot + FOOT), (middle + FOOT / 2, pivot + FOOT)], INK)
    sheet.draw_shape(tip.transform([(-ARM, -BEAM), (ARM, -BEAM), (ARM, 0), (-ARM, 0)]).tolist(), INK)
    for x, radius, leaning in _seat_balls(weights):
        center = tip.transform((x, -BEAM - radius)).tolist()
        _draw_ball(sheet, center, radius, COLORS[leaning], weights[leaning])


def find_angle(weights: Weights) -> float:
    """Return how far the beam tips to the right, in degrees; below 0 where it tips to the left."""
    total = fsum(weights.values())
    lead = round(2 * weights.get(Leaning.FINE_TUNING, 0) - total, DIGITS)
    return copysign(max(FLATTEST, STEEPEST * abs(lead) / total), lead) if lead else 0


def _seat_balls(weights: Weights) -> Iterator[tuple[float, float, Leaning]]:
    """Yield where along the beam each ball sits, its radius, and whose it is."""
    heaviest = max(weights.values())
    for side, seated in SEATS.items():
        end = float(ARM)
        for leaning in seated:
            if weight := weights.get(leaning):
                radius = max(SMALLEST, LARGEST * sqrt(weight / heaviest))
                yield side * (end - radius), radius, leaning
                end -= 2 * radius + APART


def _draw_ball(sheet: Sheet, center: Sequence[float], radius: float, color: str, weight: float) -> None:
    x, y = center
    sheet.draw_disc((x, y), radius, color)
    sheet.write_lines([f"{weight:.1f}"], (x, y - measure_height(["1"], FONT) / 2), FONT, color=PAPER, align="center")
