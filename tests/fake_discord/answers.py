"""The REST routes for all that follows a first answer: @original and follow-ups."""

from __future__ import annotations

from .errors import Code, RefusedError
from .exchange import Exchange
from .journal import Answer, Call, Journal, Route, Rule, Violation
from .messages import Messages
from .protocol import Json
from .world import World

GUEST_FOLLOW_UPS = 5
"""Follow-ups a bot may post to one interaction where only a person has brought it."""


class Answers:
    """Takes what the bot has to add to its first answers, or to change of them."""

    def __init__(self, world: World, journal: Journal, messages: Messages) -> None:
        """Answer the interactions of this world."""
        self._world = world
        self._journal = journal
        self._messages = messages

    def routes(self) -> dict[str, Route]:
        """Return the routes, by method and path."""
        answers = "/webhooks/{application_id}/{token}"
        return {
            f"POST {answers}": self.post_follow_up,
            f"GET {answers}/messages/{{message_id}}": self.get_answer,
            f"PATCH {answers}/messages/{{message_id}}": self.patch_answer,
            f"DELETE {answers}/messages/{{message_id}}": self.delete_answer,
        }

    async def post_follow_up(self, call: Call) -> Answer:
        """Post a further answer; the first one after a deferral takes its place."""
        exchange = self._acknowledged(call)
        if exchange.original is not None and exchange.deferred:
            return 200, await self._messages.edit(call, exchange, exchange.original, call.body)
        self._count_follow_up(call, exchange)
        return 200, await self._messages.answer(call, exchange, call.body)

    async def get_answer(self, call: Call) -> Answer:
        """Return an answer."""
        return 200, self._answer(call, self._acknowledged(call))

    async def patch_answer(self, call: Call) -> Answer:
        """Edit an answer."""
        exchange = self._acknowledged(call)
        message = self._answer(call, exchange)
        return 200, await self._messages.edit(call, exchange, message, call.body)

    async def delete_answer(self, call: Call) -> Answer:
        """Take an answer back."""
        await self._messages.delete(self._answer(call, self._acknowledged(call)))
        return 204, None

    def _acknowledged(self, call: Call) -> Exchange:
        exchange = self._world.find_interaction(call.parameters["token"])
        if exchange.ended is not None:
            raise RefusedError(exchange.ended)
        if exchange.acknowledged is None:
            raise RefusedError(Code.UNKNOWN_WEBHOOK)
        return exchange

    def _answer(self, call: Call, exchange: Exchange) -> Json:
        message_id = call.parameters["message_id"]
        if message_id == "@original" and exchange.original is not None:
            return exchange.original
        return self._messages.find(message_id)

    def _count_follow_up(self, call: Call, exchange: Exchange) -> None:
        guest = "0" not in exchange.trigger["authorizing_integration_owners"]
        if guest and exchange.follow_ups >= GUEST_FOLLOW_UPS:
            detail = f"more than {GUEST_FOLLOW_UPS} follow-ups where only a person has installed it"
            self._journal.blame(call.route, [Violation(Rule.COUNT, "", detail)])
            raise RefusedError(Code.TOO_MANY_FOLLOW_UPS)
        exchange.follow_ups += 1
