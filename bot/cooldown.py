"""How often one person may ask; nobody waits for anybody else."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Cooldown:
    """Counts what each person asks in a moving window."""

    def __init__(self, rate: str) -> None:
        """Set how much is allowed.

        Args:
            rate: Such as `12/minute`, in the notation of `limits`; ValueError for anything else.
        """
        self._rate: RateLimitItem = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, user: int) -> int:
        """Count one question of a person; return the seconds to wait where it was one too many, else 0."""
        if self._limiter.hit(self._rate, str(user)):
            return 0
        reset = self._limiter.get_window_stats(self._rate, str(user)).reset_time
        return max(1, math.ceil(reset - time.time()))

    def notify(self, user: int) -> bool:
        """Tell whether a person has not been told yet that they have to wait, in this window."""
        return self._limiter.hit(parse(f"1/{self._rate.get_expiry()}seconds"), str(user), "told")
