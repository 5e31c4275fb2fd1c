"""Tokens are counted for a person and for a server, each up to a limit."""

from __future__ import annotations

import pytest

from bot.chat_model.budget import Budget, Payer
from retrieval.generation.chat_model import ChatModelError

ADA, BOB = Payer(user=1, server=7), Payer(user=2, server=7)


def test_a_budget_lasts_until_it_is_spent() -> None:
    budget = Budget(user="10/day", server="100/day")
    budget.charge(ADA, 9)
    budget.require(ADA)
    budget.charge(ADA, 1)

    with pytest.raises(ChatModelError, match="a user may use 10 per 1 day tokens") as spent:
        budget.require(ADA)
    assert spent.value.reason == "spent"
    budget.require(BOB)


def test_a_call_may_go_beyond_a_budget_but_the_next_one_is_not_made() -> None:
    budget = Budget(user="10/day", server="100/day")
    budget.charge(ADA, 25)

    with pytest.raises(ChatModelError):
        budget.require(ADA)


def test_a_server_s_budget_is_one_for_everybody_in_it() -> None:
    budget = Budget(user="1000/day", server="10/day")
    budget.charge(ADA, 10)

    with pytest.raises(ChatModelError, match="a server may use"):
        budget.require(BOB)
    budget.require(Payer(user=1, server=8))
    budget.require(Payer(user=1))


def test_what_used_nothing_costs_nothing() -> None:
    budget = Budget(user="1/day", server="1/day")
    budget.charge(ADA, 0)

    budget.require(ADA)


def test_a_limit_that_is_no_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="couldn't parse"):
        Budget(user="plenty", server="10/day")


def test_whoever_runs_the_bot_has_no_budget() -> None:
    budget = Budget(user="1/day", server="1/day")
    budget.charge(Payer(), 1_000)

    budget.require(Payer())
