"""What three ways cost month by month, as a picture."""

from __future__ import annotations

import io
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.costs import format_amount, is_sign, phrase_months
from bot.pictures.picture import BLUE, DOTS, FAINT, GREEN, INK, LOCK, ORANGE, PAPER, Picture
from bot.pictures.typeface import FAMILIES, choose_font, replace_missing
from bot.words import load_words
from retrieval.cost import CostComparison, Way

WORDS = load_words()["cost"]["picture"]
SIZE, MARGIN = (6.0, 4.0), 0.13
"""Inches: 1,200 by 800 dots, three times what a phone shows."""
COLORS = {Way.LONG_PROMPT: ORANGE, Way.CACHED_PROMPT: BLUE, Way.TUNED_MODEL: GREEN}
DASHES = {Way.LONG_PROMPT: "-", Way.CACHED_PROMPT: (0, (5, 1.5)), Way.TUNED_MODEL: "-"}
"""Lines can be told apart without their colors."""
TEXT, STRONG, HEADING = choose_font(36), choose_font(36, bold=True), choose_font(42, bold=True)
"""In dots: the smallest letters are still 12 high where the picture is shown at a third of its size."""
LOWEST, CLOSEST = 0.07, 0.18
"""Of the height: how near a label may come to the axis below it, and to another."""
EDGE = 0.3
"""Of the width: how near an end a mark's words would run over it."""
SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
SHORT = 100
"""From which number on a tenth no longer counts."""


def draw_costs(comparison: CostComparison, currency: str) -> Picture:
    """Draw what each way has cost after each month, and where the tuned model is earned back."""
    with LOCK:
        layout = ConstrainedLayoutEngine(w_pad=MARGIN, h_pad=MARGIN)
        figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=PAPER, layout=layout)
        axes = figure.add_subplot()
        _dress_axes(axes, comparison.costs.months, currency)
        _draw_lines(axes, comparison, currency)
        _mark_break_even(axes, comparison)
        file = io.BytesIO()
        figure.savefig(file, format="png")
    return Picture(png=file.getvalue(), name="cost.png", alt=_describe_costs(comparison, currency))


def _dress_axes(axes: Axes, months: int, currency: str) -> None:
    code = f" ({currency})" if currency and not is_sign(currency) else ""
    axes.set_title(_escape(WORDS["title"] + code), loc="left", fontproperties=HEADING, color=INK, pad=28)
    axes.set_xlabel(WORDS["month"], fontproperties=TEXT, color=INK)
    axes.set_xlim(0, months)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda amount, _: _escape(shorten_amount(amount, _find_sign(currency))))
    )
    axes.tick_params(labelsize=TEXT.get_size_in_points(), labelfontfamily=FAMILIES, colors=INK, length=0)
    axes.grid(axis="y", color=FAINT, linewidth=1)
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.spines["bottom"].set_color(INK)


def _draw_lines(axes: Axes, comparison: CostComparison, currency: str) -> None:
    """Draw a line for each way, named at its end with what it comes to."""
    months = comparison.costs.months
    totals = [each.add_up(months) for each in comparison.ways]
    top = max(*totals, 0.01) * 1.04
    axes.set_ylim(0, top)
    for each, total, place in zip(comparison.ways, totals, spread_places([t / top for t in totals]), strict=True):
        color = COLORS[each.way]
        axes.plot(
            [0, months], [each.once, total], color=color, linestyle=DASHES[each.way], linewidth=3.2, clip_on=False
        )
        axes.text(
            1.02,
            place,
            _escape(f"{WORDS['short'][each.way]}\n{shorten_amount(total, _find_sign(currency))}"),
            transform=axes.transAxes,
            color=color,
            fontproperties=STRONG,
            verticalalignment="center",
        )


def _mark_break_even(axes: Axes, comparison: CostComparison) -> None:
    """Mark the month in which the tuned model is earned back, where it lies within the picture."""
    months = comparison.break_even_months
    if not months or months > comparison.costs.months:
        return
    share = months / comparison.costs.months
    spent = next(each.add_up(months) for each in comparison.ways if each.way is Way.TUNED_MODEL)
    axes.axvline(months, color=INK, linestyle=(0, (1, 2)), linewidth=2)
    axes.plot(
        months, spent, marker="o", markersize=11, color=COLORS[Way.TUNED_MODEL], markeredgecolor=PAPER, clip_on=False
    )
    axes.text(
        months,
        1.02,
        f"{WORDS['break_even']} {phrase_months(months)}",
        transform=axes.get_xaxis_transform(),
        color=INK,
        fontproperties=TEXT,
        horizontalalignment="left" if share < EDGE else "right" if share > 1 - EDGE else "center",
        verticalalignment="bottom",
    )


def spread_places(places: list[float]) -> list[float]:
    """Return places from 0 to 1 so far apart that labels do not overlap, in the order they had."""
    order = sorted(range(len(places)), key=places.__getitem__)
    spread = [max(place, LOWEST) for place in places]
    for lower, upper in pairwise(order):
        spread[upper] = max(spread[upper], spread[lower] + CLOSEST)
    ceiling = 1.0
    for highest in reversed(order):
        spread[highest] = min(spread[highest], ceiling)
        ceiling = spread[highest] - CLOSEST
    return spread


def shorten_amount(amount: float, sign: str) -> str:
    """Return an amount in as few characters as tell it: 950, 1.2k, 34M."""
    factor, letter = next(((factor, letter) for factor, letter in SCALES if amount >= factor), (1.0, ""))
    shown = f"{amount / factor:,.0f}" if amount >= SHORT * factor else f"{amount / factor:.1f}".removesuffix(".0")
    return f"{sign}{shown}{letter}"


def _describe_costs(comparison: CostComparison, currency: str) -> str:
    """Return in words what the picture shows."""
    months = comparison.costs.months
    totals = [
        WORDS["total"].format(way=WORDS["short"][each.way], amount=format_amount(each.add_up(months), currency))
        for each in comparison.ways
    ]
    alt = WORDS["alt"].format(months=months, totals=", ".join(totals))
    return f"{alt} {_describe_break_even(comparison)}".strip()


def _describe_break_even(comparison: CostComparison) -> str:
    if comparison.costs.tuned is None:
        return ""
    months = comparison.break_even_months
    if months is None or months > comparison.costs.months:
        return str(WORDS["not_earned"])
    return str(WORDS["earned"].format(months=phrase_months(months)))


def _find_sign(currency: str) -> str:
    """Return the sign that stands with every number; a code stands in the heading instead."""
    return currency if is_sign(currency) else ""


def _escape(text: str) -> str:
    """Return text that can be drawn, and in which a dollar is a dollar and begins no formula."""
    return "\n".join(map(replace_missing, text.split("\n"))).replace("$", r"\$")
