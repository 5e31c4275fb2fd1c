"""Amounts of money: "€200 a month", "5 lakh rupees", "a budget of 5k"."""

from __future__ import annotations

import re

from retrieval.quantity import Money, Period, Range
from retrieval.readers.figure import Figure
from retrieval.readers.periods import DAY, MONTH, YEAR, read_rate, read_rate_before
from retrieval.readers.wordings import (
    Wordings,
    Words,
    compile_before,
    compile_words,
    find_value,
    load_wordings,
    look_behind,
    match_any,
)


class MoneyWordings(Wordings):
    """Currencies, and what makes a number an amount without one."""

    symbols: dict[str, Words]
    names: dict[str, Words]
    cents: dict[str, Words]
    lead: str
    tail: str
    alone: str
    earned: str
    once: str
    once_before: str
    apiece: str
    apiece_before: str


WORDS = load_wordings("money", MoneyWordings)
SYMBOL = match_any(*WORDS.symbols.values())
NAME = rf"{match_any(*WORDS.names.values())}(?!\w)"
CENTS = rf"{match_any(*WORDS.cents.values())}(?!\w)"
BEFORE = compile_before(rf"(?P<symbol>{SYMBOL})\s?|\b(?P<name>{NAME})\s?")
AFTER = compile_words(rf"\s?(?:(?P<symbol>{SYMBOL})|(?P<name>{NAME})|(?P<cents>{CENTS}))")
GRAND = compile_before(r"\bgrand")
LEAD = compile_before(WORDS.lead)
TAIL = compile_words(WORDS.tail)
ALONE = compile_words(WORDS.alone)
EARNED = compile_before(WORDS.earned)
ONCE = compile_words(WORDS.once)
ONCE_BEFORE = compile_before(WORDS.once_before)
APIECE = compile_words(WORDS.apiece)
APIECE_BEFORE = compile_before(WORDS.apiece_before)


def read_money(text: str, figure: Figure) -> Money | None:
    """Return the amount in a currency that a figure is; None where it is none, or the price of a single thing."""
    before, after = BEFORE.search(look_behind(text, figure.start)), AFTER.match(text, figure.end)
    named = before or after or GRAND.search(text[figure.start : figure.end])
    if figure.article or not named:
        return None
    start = figure.start - len(before.group()) if before else figure.start
    end = after.end() if after else figure.end
    hundredth = 0.01 if after and after["cents"] else 1.0
    return _finish(text, figure.scale(hundredth), start, end, _find_currency(before, after))


def read_budget(text: str, figure: Figure) -> Money | None:
    """Return the amount that a figure is by what stands around it: a budget, a bill, costs."""
    behind = look_behind(text, figure.start)
    lead, tail = LEAD.search(behind), TAIL.match(text, figure.end)
    rate = read_rate(text, figure.end)
    if figure.article or not (tail or (lead and (rate or ALONE.match(text, figure.end)))):
        return None
    start = figure.start - len(lead.group()) if lead else figure.start
    return _finish(text, figure, start, tail.end() if tail else figure.end, None)


def _find_currency(before: re.Match[str] | None, after: re.Match[str] | None) -> str | None:
    """Return the code of the currency that the words around a number name; None where several share the name."""
    code = "none"
    for found in filter(None, (after, before)):
        if found["symbol"]:
            code = find_value(WORDS.symbols, found["symbol"])
        elif found["name"]:
            code = find_value(WORDS.names, found["name"])
        else:
            code = find_value(WORDS.cents, found["cents"])
    return None if code == "none" else code


def _finish(text: str, figure: Figure, start: int, end: int, currency: str | None) -> Money | None:
    """Return the amount with how often it comes; None where it is earned, or the price of a single thing."""
    behind = look_behind(text, start)
    rate = read_rate(text, end) or read_rate_before(text, start)
    apiece = rate.seconds < DAY if rate else APIECE.match(text, end) or APIECE_BEFORE.search(behind)
    if apiece or EARNED.search(behind):
        return None
    once = ONCE.match(text, end)
    period: Period | None = "once" if once or ONCE_BEFORE.search(behind) else None
    times = 1.0
    if rate:
        period = "year" if rate.seconds == YEAR else "month"
        times = 1.0 if rate.seconds == YEAR else MONTH / rate.seconds
        start, end = min(start, rate.start), max(end, rate.end)
    end = once.end() if once and not rate else end
    amount = Range(low=figure.low * times, high=figure.high * times)
    return Money(words=text[start:end], start=start, end=end, amount=amount, currency=currency, period=period)
