"""What three ways of using a model cost, from somebody's own prices and volumes; no price is known or assumed here."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MILLION = 1_000_000
Requests = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=0, le=10_000_000)]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
"""In one currency, whichever it is; prices are per million tokens."""


class Way(StrEnum):
    """How the same requests are answered."""

    LONG_PROMPT = "long_prompt"
    CACHED_PROMPT = "cached_prompt"
    TUNED_MODEL = "tuned_model"


class Shape(BaseModel):
    """A frozen part of what is given or computed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TunedModel(Shape):
    """A smaller model, trained once and asked with a short prompt; ValueError where its price is incomplete."""

    one_off: Amount
    """Training and preparing data."""
    prompt_tokens: Tokens = 0
    """The short prompt, without what differs from request to request."""
    input_price: Amount | None = None
    output_price: Amount | None = None
    hosting: Amount | None = None
    """Per month."""

    @model_validator(mode="after")
    def _check_prices(self) -> Self:
        prices = {"tuned_input_price": self.input_price, "tuned_output_price": self.output_price}
        missing = [name for name, price in prices.items() if price is None]
        if len(missing) == 1:
            raise ValueError(
                f"{missing[0]} is missing: tokens of the tuned model need both prices, or neither with hosting"
            )
        if missing and self.hosting is None:
            raise ValueError(
                "the tuned model has no price: give tuned_input_price and tuned_output_price, or tuned_hosting"
            )
        return self


class Costs(Shape):
    """What somebody pays and how much is asked."""

    requests: Requests
    """Per month."""
    fixed_tokens: Tokens
    """The part of the long prompt that is the same in every request."""
    variable_tokens: Tokens
    """The part of the input that differs."""
    output_tokens: Tokens
    input_price: Amount
    output_price: Amount
    cached_price: Amount | None = None
    """Of input tokens found in the cache; None leaves that way out."""
    tuned: TunedModel | None = None
    months: Annotated[int, Field(ge=1, le=120)] = 12
    """How far to look ahead."""


class WayCost(Shape):
    """What one way costs."""

    way: Way
    per_request: float
    """Tokens in and out."""
    standing: float
    """Per month, whatever the volume."""
    once: float
    per_month: float
    """At the volume given, without what is spent once."""

    def add_up(self, months: float) -> float:
        """Return what has been spent after some months."""
        return self.once + self.per_month * months


class CostComparison(Shape):
    """What each way costs, and when the tuned model is worth its training."""

    costs: Costs
    ways: tuple[WayCost, ...]
    """Those for which prices are given; the long prompt is always the first."""
    cheapest_prompt: Way
    """What the tuned model is held against."""
    break_even_months: float | None
    """Months until the one-off cost is earned back; None where it never is, or no tuned model is compared."""
    break_even_requests: float | None
    """Requests per month from which on the tuned model is cheaper over the months looked ahead; None likewise."""


def compare_costs(costs: Costs) -> CostComparison:
    """Return what each way costs for which prices are given."""
    ways = tuple(_price_ways(costs))
    prompt = min((each for each in ways if each.way is not Way.TUNED_MODEL), key=lambda each: each.per_request)
    tuned = next((each for each in ways if each.way is Way.TUNED_MODEL), None)
    return CostComparison(
        costs=costs,
        ways=ways,
        cheapest_prompt=prompt.way,
        break_even_months=find_break_even_months(prompt, tuned) if tuned else None,
        break_even_requests=find_break_even_requests(prompt, tuned, costs.months) if tuned else None,
    )


def find_break_even_months(prompt: WayCost, tuned: WayCost) -> float | None:
    """Return the months until what was spent once is earned back, 0 where nothing has to be; None where it never is."""
    saving = prompt.per_month - tuned.per_month
    if tuned.once == 0 and saving >= 0:
        return 0.0
    return tuned.once / saving if saving > 0 else None


def find_break_even_requests(prompt: WayCost, tuned: WayCost, months: int) -> float | None:
    """Return the requests per month from which on the tuned model is the cheaper over some months, all told."""
    saving = prompt.per_request - tuned.per_request
    return (tuned.standing + tuned.once / months) / saving if saving > 0 else None


def _price_ways(costs: Costs) -> Iterator[WayCost]:
    """Yield what each way costs for which prices are given."""
    variable = costs.variable_tokens * costs.input_price + costs.output_tokens * costs.output_price
    yield _price_way(costs, Way.LONG_PROMPT, costs.fixed_tokens * costs.input_price + variable)
    if costs.cached_price is not None:
        yield _price_way(costs, Way.CACHED_PROMPT, costs.fixed_tokens * costs.cached_price + variable)
    if tuned := costs.tuned:
        tokens_in = tuned.prompt_tokens + costs.variable_tokens
        tokens = tokens_in * (tuned.input_price or 0) + costs.output_tokens * (tuned.output_price or 0)
        yield _price_way(costs, Way.TUNED_MODEL, tokens, tuned.hosting or 0, tuned.one_off)


def _price_way(costs: Costs, way: Way, tokens: float, standing: float = 0.0, once: float = 0.0) -> WayCost:
    """Return what a way costs, its tokens priced as if each price were for one token."""
    per_request = tokens / MILLION
    per_month = standing + costs.requests * per_request
    return WayCost(way=way, per_request=per_request, standing=standing, once=once, per_month=per_month)
