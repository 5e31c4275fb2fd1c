"""What three ways cost is plain arithmetic on what somebody gave, and break-even agrees with the monthly sums."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from retrieval.cost import CostComparison, Costs, TunedModel, Way, WayCost, compare_costs

AMOUNTS = st.floats(0, 1_000, allow_subnormal=False).map(lambda amount: round(amount, 4))
TOKENS = st.integers(0, 100_000)
TUNED = st.builds(
    TunedModel,
    one_off=AMOUNTS,
    prompt_tokens=TOKENS,
    input_price=AMOUNTS,
    output_price=AMOUNTS,
    hosting=st.none() | AMOUNTS,
)
COSTS = st.builds(
    Costs,
    requests=st.integers(1, 10_000_000).map(float),
    fixed_tokens=TOKENS,
    variable_tokens=TOKENS,
    output_tokens=TOKENS,
    input_price=AMOUNTS,
    output_price=AMOUNTS,
    cached_price=AMOUNTS,
    tuned=TUNED,
    months=st.integers(1, 120),
)
PLAIN: dict[str, Any] = {
    "requests": 100_000,
    "fixed_tokens": 3_000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "input_price": 2.5,
    "output_price": 10,
}
PRICES = ("input_price", "output_price", "cached_price")


def find_way(comparison: CostComparison, way: Way) -> WayCost:
    return next(each for each in comparison.ways if each.way is way)


def find_pair(comparison: CostComparison) -> tuple[WayCost, WayCost]:
    """Return the prompt that the tuned model is held against, and the tuned model."""
    return find_way(comparison, comparison.cheapest_prompt), find_way(comparison, Way.TUNED_MODEL)


def test_each_way_costs_its_tokens_at_their_prices() -> None:
    tuned = TunedModel(one_off=2_000, prompt_tokens=100, input_price=0.3, output_price=1.2, hosting=50)
    comparison = compare_costs(Costs(**PLAIN, cached_price=0.25, tuned=tuned))

    assert [(each.way, each.once, each.standing) for each in comparison.ways] == [
        (Way.LONG_PROMPT, 0, 0),
        (Way.CACHED_PROMPT, 0, 0),
        (Way.TUNED_MODEL, 2_000, 50),
    ]
    # Per million requests: 3,500 * 2.5 + 300 * 10; 3,000 * 0.25 + 500 * 2.5 + 300 * 10; 600 * 0.3 + 300 * 1.2.
    assert [each.per_month for each in comparison.ways] == pytest.approx([1_175, 500, 50 + 54])
    assert comparison.cheapest_prompt is Way.CACHED_PROMPT
    assert comparison.break_even_months == pytest.approx(2_000 / (500 - 104))
    assert comparison.break_even_requests == pytest.approx((50 + 2_000 / 12) / ((5_000 - 540) / 1e6))


def test_what_has_no_price_is_left_out() -> None:
    comparison = compare_costs(Costs(**PLAIN))

    assert [each.way for each in comparison.ways] == [Way.LONG_PROMPT]
    assert (comparison.break_even_months, comparison.break_even_requests) == (None, None)


def test_a_model_of_ones_own_costs_its_hosting_whatever_is_asked() -> None:
    tuned = find_way(compare_costs(Costs(**PLAIN, tuned=TunedModel(one_off=0, hosting=400))), Way.TUNED_MODEL)

    assert (tuned.per_request, tuned.per_month) == (0, 400)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"requests": 0}, "greater than 0"),
        ({"requests": float("inf")}, "finite"),
        ({"input_price": -1}, "greater than or equal to 0"),
        ({"input_price": float("nan")}, "finite"),
        ({"fixed_tokens": -1}, "greater than or equal to 0"),
        ({"fixed_tokens": 1.5}, "valid integer"),
        ({"months": 0}, "greater than or equal to 1"),
        ({"months": 121}, "less than or equal to 120"),
        ({"cash": 1}, "Extra inputs"),
        ({"tuned": {"hosting": 1}}, "Field required"),
        ({"tuned": {"one_off": 1}}, "the tuned model has no price: give tuned_input_price"),
        ({"tuned": {"one_off": 1, "input_price": 1}}, "tuned_output_price is missing"),
        ({"tuned": {"one_off": 1, "output_price": 1, "hosting": 1}}, "tuned_input_price is missing"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Costs.model_validate({**PLAIN, **changes})


def test_nothing_changes_once_it_is_computed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        compare_costs(Costs(**PLAIN)).break_even_months = 1.0  # type: ignore[misc]  # which is what it refuses


@given(COSTS, st.integers(1, 10_000_000))
def test_more_requests_never_cost_less(costs: Costs, more: int) -> None:
    before = compare_costs(costs)
    after = compare_costs(costs.model_copy(update={"requests": costs.requests + more}))

    for fewer, many in zip(before.ways, after.ways, strict=True):
        assert fewer.per_month <= many.per_month
        assert fewer.per_request == many.per_request


@given(COSTS, st.sampled_from(PRICES), AMOUNTS)
def test_a_higher_price_never_makes_a_way_cheaper(costs: Costs, name: str, more: float) -> None:
    dearer = compare_costs(costs.model_copy(update={name: getattr(costs, name) + more}))

    for before, after in zip(compare_costs(costs).ways, dearer.ways, strict=True):
        assert before.per_month <= after.per_month


@given(COSTS)
def test_a_cache_that_costs_no_more_than_input_never_costs_more(costs: Costs) -> None:
    assume(costs.cached_price is not None and costs.cached_price <= costs.input_price)
    comparison = compare_costs(costs)

    assert find_way(comparison, Way.CACHED_PROMPT).per_month <= find_way(comparison, Way.LONG_PROMPT).per_month


@given(COSTS, st.floats(0, 200))
def test_the_tuned_model_is_the_cheaper_way_from_its_break_even_on_and_not_before(costs: Costs, months: float) -> None:
    comparison = compare_costs(costs)
    prompt, tuned = find_pair(comparison)
    ahead = prompt.add_up(months) - tuned.add_up(months)
    slack = 1e-9 * (prompt.add_up(months) + tuned.add_up(months) + 1)

    if comparison.break_even_months is None:
        assert ahead <= slack
    elif months >= comparison.break_even_months:
        assert ahead >= -slack
    else:
        assert ahead <= slack


@given(COSTS)
def test_at_its_break_even_both_have_cost_the_same(costs: Costs) -> None:
    comparison = compare_costs(costs)
    prompt, tuned = find_pair(comparison)
    assume(comparison.break_even_months)
    assert comparison.break_even_months is not None

    assert prompt.add_up(comparison.break_even_months) == pytest.approx(tuned.add_up(comparison.break_even_months))


@given(COSTS)
def test_at_the_break_even_volume_both_have_cost_the_same_in_the_end(costs: Costs) -> None:
    requests = compare_costs(costs).break_even_requests
    assume(requests and 0 < requests <= 1e12)
    comparison = compare_costs(costs.model_copy(update={"requests": requests}))
    prompt, tuned = find_pair(comparison)

    assert prompt.add_up(costs.months) == pytest.approx(tuned.add_up(costs.months))


@given(COSTS)
def test_a_comparison_survives_being_written_down(costs: Costs) -> None:
    comparison = compare_costs(costs)

    assert CostComparison.model_validate_json(comparison.model_dump_json()) == comparison
