"""`python -m bot cost`: three ways of using a model, by somebody's own prices."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.costs import phrase_costs, read_costs, read_currency
from bot.errors import CostError
from bot.words import load_words


def _describe(name: str) -> Any:  # noqa: ANN401 - typer's options are untyped
    return typer.Option(help=load_words()["cost"]["options"][name])


def cost(
    *,
    requests: Annotated[int, _describe("requests")],
    fixed_tokens: Annotated[int, _describe("fixed_tokens")],
    variable_tokens: Annotated[int, _describe("variable_tokens")],
    output_tokens: Annotated[int, _describe("output_tokens")],
    input_price: Annotated[float, _describe("input_price")],
    output_price: Annotated[float, _describe("output_price")],
    cached_price: Annotated[float | None, _describe("cached_price")] = None,
    tuned_one_off: Annotated[float | None, _describe("tuned_one_off")] = None,
    tuned_input_price: Annotated[float | None, _describe("tuned_input_price")] = None,
    tuned_output_price: Annotated[float | None, _describe("tuned_output_price")] = None,
    tuned_hosting: Annotated[float | None, _describe("tuned_hosting")] = None,
    tuned_prompt_tokens: Annotated[int | None, _describe("tuned_prompt_tokens")] = None,
    months: Annotated[int | None, _describe("months")] = None,
    currency: Annotated[str | None, _describe("currency")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole comparison as JSON.")] = False,
) -> None:
    """Compare what long prompts, cached prompts and a tuned model cost, by your own prices."""
    given: dict[str, float | None] = {
        "requests": requests,
        "fixed_tokens": fixed_tokens,
        "variable_tokens": variable_tokens,
        "output_tokens": output_tokens,
        "input_price": input_price,
        "output_price": output_price,
        "cached_price": cached_price,
        "tuned_one_off": tuned_one_off,
        "tuned_input_price": tuned_input_price,
        "tuned_output_price": tuned_output_price,
        "tuned_hosting": tuned_hosting,
        "tuned_prompt_tokens": tuned_prompt_tokens,
        "months": months,
    }
    try:
        comparison, sign = read_costs(given), read_currency(currency)
    except CostError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(comparison.model_dump_json(indent=2) if as_json else phrase_costs(comparison, sign))
