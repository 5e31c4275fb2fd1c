"""Who pays for a chat model, and how many tokens they may use."""

from __future__ import annotations

from dataclasses import dataclass

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from retrieval.generation.chat_model import ChatModelError


@dataclass(frozen=True)
class Payer:
    """A person, in a server where it is one; nobody is whoever runs the bot, and pays without limit."""

    user: int | None = None
    server: int | None = None

    @property
    def accounts(self) -> tuple[tuple[str, str], ...]:
        """Whose budgets a call is charged to."""
        parties = (("user", self.user), ("server", self.server))
        return tuple((kind, str(number)) for kind, number in parties if number)


class Budget:
    """Counts tokens in windows of fixed length."""

    def __init__(self, user: str, server: str) -> None:
        """Set how much is allowed.

        Args:
            user: Of one person, such as `60000/day`, in the notation of `limits`; ValueError for anything else.
            server: Of everybody in one server together.
        """
        self._rates = {"user": parse(user), "server": parse(server)}
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def require(self, payer: Payer) -> None:
        """Raise ChatModelError where a budget is spent."""
        for kind, account in payer.accounts:
            if not self._limiter.test(self._rates[kind], kind, account):
                raise ChatModelError("spent", f"a {kind} may use {self._rates[kind]} tokens, and has")

    def charge(self, payer: Payer, tokens: int) -> None:
        """Count tokens that were used."""
        for kind, account in payer.accounts if tokens else ():
            self._limiter.hit(self._rates[kind], kind, account, cost=tokens)
