"""Nobody asks more than is allowed, and nobody waits for anybody else."""

from __future__ import annotations

import pytest

from bot.cooldown import Cooldown

ADA, BOB = 1, 2


def test_as_much_as_is_allowed_is_not_slowed_down() -> None:
    cooldown = Cooldown("12/minute")

    assert [cooldown.count(ADA) for _ in range(12)] == [0] * 12


@pytest.mark.parametrize(
    ("rate", "allowed", "longest"), [("12/minute", 12, 60), ("1/hour", 1, 3_600), ("3/2 minutes", 3, 120)]
)
def test_who_asks_too_much_is_told_the_seconds_to_wait(rate: str, allowed: int, longest: int) -> None:
    cooldown = Cooldown(rate)

    waits = [cooldown.count(ADA) for _ in range(allowed + 3)][allowed:]

    assert all(longest - 5 < wait <= longest + 1 for wait in waits)


def test_asking_while_one_has_to_wait_makes_it_no_longer() -> None:
    cooldown = Cooldown("1/minute")
    cooldown.count(ADA)
    first, *others = [cooldown.count(ADA) for _ in range(50)]

    assert max(others) <= first


def test_others_are_not_slowed_down() -> None:
    cooldown = Cooldown("1/minute")
    cooldown.count(ADA)

    assert cooldown.count(ADA)
    assert cooldown.count(BOB) == 0


def test_everybody_is_told_once_in_a_while() -> None:
    cooldown = Cooldown("12/minute")

    assert [cooldown.notify(ADA) for _ in range(3)] == [True, False, False]
    assert cooldown.notify(BOB)


def test_being_told_counts_as_no_question() -> None:
    cooldown = Cooldown("1/minute")
    cooldown.notify(ADA)

    assert cooldown.count(ADA) == 0


@pytest.mark.parametrize("rate", ["", "often", "12", "twelve/minute"])
def test_what_is_no_rate_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="rate limit"):
        Cooldown(rate)
