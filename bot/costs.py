"""Prices and volumes as they were given → a comparison → words."""

from __future__ import annotations

import math
import unicodedata

from pydantic import ValidationError

from bot.errors import CostError
from bot.words import load_words
from retrieval.cost import CostComparison, Costs, Way, WayCost, compare_costs

WORDS = load_words()["cost"]
TUNED = "tuned_"
"""What the names of everything about the tuned model begin with."""
LONGEST_CODE = 4
"""Characters that stand for a currency."""
SMALL = 0.01
"""Amount below which cents are too coarse."""
LARGE = 1_000
"""Amount from which on cents are too fine."""


def read_costs(given: dict[str, float | None]) -> CostComparison:
    """Compare what is given by the names of `Costs` and, with `tuned_` before them, of `TunedModel`; None is not given.

    Raises:
        CostError: Something breaks a rule; the message names it.
    """
    said = {name: value for name, value in given.items() if value is not None}
    fields: dict[str, object] = {name: value for name, value in said.items() if not name.startswith(TUNED)}
    if tuned := {name.removeprefix(TUNED): value for name, value in said.items() if name.startswith(TUNED)}:
        fields["tuned"] = tuned
    try:
        comparison = compare_costs(Costs.model_validate(fields))
    except ValidationError as error:
        raise CostError(_describe_error(error)) from error
    if not any(each.per_month or each.once for each in comparison.ways):
        raise CostError(WORDS["errors"]["nothing"])
    return comparison


def read_currency(given: str | None) -> str:
    """Return what stands for the currency, "" where none was given; CostError where it is neither a sign nor a code."""
    currency = (given or "").strip()
    if currency and not (is_sign(currency) or (currency.isalpha() and len(currency) <= LONGEST_CODE)):
        raise CostError(WORDS["errors"]["currency"].format(currency=currency))
    return currency


def phrase_costs(comparison: CostComparison, currency: str) -> str:
    """Put a comparison into words."""
    costs = comparison.costs
    lines = [_phrase_way(each, currency) for each in comparison.ways]
    parts = [
        "\n".join([WORDS["title"].format(requests=f"{costs.requests:,.0f}"), *lines]),
        _phrase_cheapest(comparison),
        _phrase_break_even(comparison) if costs.tuned else WORDS["left_out"]["tuned"],
        "" if costs.cached_price is not None else WORDS["left_out"]["cached"],
        WORDS["caution"],
    ]
    return "\n\n".join(filter(None, parts))


def phrase_months(months: float) -> str:
    """Return a number of months in words."""
    return str(WORDS["first_month"] if months < 1 else WORDS["months"].format(months=f"{months:,.1f}"))


def format_amount(amount: float, currency: str) -> str:
    """Return an amount with its currency: cents where they matter, a sign before it, a code after it."""
    shown = f"{amount:,.0f}" if amount >= LARGE else f"{amount:,.2f}"
    if 0 < amount < SMALL:
        return str(WORDS["under"].format(amount=format_amount(SMALL, currency)))
    return f"{currency}{shown}" if is_sign(currency) else f"{shown} {currency}".rstrip()


def is_sign(currency: str) -> bool:
    """Tell whether a currency is given as a sign, such as € or US$, and not as a code."""
    before, last = currency[:-1], currency[-1:]
    signed = last != "" and unicodedata.category(last) == "Sc"
    return signed and len(currency) <= LONGEST_CODE and (not before or before.isalpha())


def _phrase_way(each: WayCost, currency: str) -> str:
    words = WORDS["once"] if each.once else WORDS["way"]
    per_month, once = format_amount(each.per_month, currency), format_amount(each.once, currency)
    return str(words.format(way=WORDS["ways"][each.way], per_month=per_month, once=once))


def _name_way(way: Way) -> str:
    """Return the name of a way as it stands within a sentence."""
    name: str = WORDS["ways"][way]
    return name[0].lower() + name[1:]


def _phrase_cheapest(comparison: CostComparison) -> str:
    """Say which way costs least from month to month, or which of them cost the same."""
    least = min(each.per_month for each in comparison.ways)
    first, *others = [_name_way(each.way) for each in comparison.ways if each.per_month == least]
    if others:
        return str(WORDS["alike"].format(ways=", ".join([first, *others])))
    return str(WORDS["cheapest"].format(way=first))


def _phrase_break_even(comparison: CostComparison) -> str:
    """Say when the tuned model has earned its training back, and from which volume on it does in time."""
    months, requests = comparison.break_even_months, comparison.break_even_requests
    words = WORDS["break_even"]
    prompt = _name_way(comparison.cheapest_prompt)
    if requests is None:
        return str(words["never"].format(prompt=prompt))
    first = words["not_yet"] if months is None else words["after"] if months else words["at_once"]
    earned = first.format(prompt=prompt, months="" if months is None else phrase_months(months))
    volume = words["volume"].format(requests=f"{max(1, math.ceil(requests)):,}", months=comparison.costs.months)
    return f"{earned} {volume}"


def _describe_error(error: ValidationError) -> str:
    """Return the first broken rule, by the name under which the value was given."""
    words, first = WORDS["errors"], error.errors()[0]
    name = "_".join(str(part) for part in first["loc"])
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    if first["type"] == "missing":
        return str(words["missing"].format(name=name, meaning=WORDS["options"][name]))
    bound = "".join(map(_show_number, first.get("ctx", {}).values()))
    rule = words["rules"].get(first["type"], words["number"]).format(bound=bound)
    return str(words["rule"].format(name=name, rule=rule, value=_show_number(first["input"])))


def _show_number(number: float) -> str:
    """Return a number as people write it: no exponent, and no decimals where it is whole."""
    return f"{int(number):,}" if number == number // 1 else f"{number:,}"
