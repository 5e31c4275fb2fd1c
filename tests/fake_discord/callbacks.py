"""The REST route that takes the first answer to what a user did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from . import limits
from .errors import Code, RefusedError
from .exchange import Exchange
from .forms import find_focused
from .journal import Answer, Call, Journal, Route, Rule, Violation
from .messages import Messages
from .protocol import Callback, InteractionType, Json, MessageFlag
from .world import World

Opening = Callable[[Call, Exchange], Awaitable[Json | None]]

OPENINGS = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL}
UPDATES = {Callback.UPDATE, Callback.DEFERRED_UPDATE}
ALLOWED: Final[Mapping[int, set[Callback]]] = {
    InteractionType.COMMAND: OPENINGS,
    InteractionType.COMPONENT: OPENINGS | UPDATES,
    InteractionType.AUTOCOMPLETE: {Callback.CHOICES},
    InteractionType.MODAL: OPENINGS - {Callback.MODAL} | UPDATES,
}


class Callbacks:
    """Takes the bot's first answers to interactions."""

    def __init__(self, world: World, journal: Journal, messages: Messages) -> None:
        """Answer the interactions of this world."""
        self._world = world
        self._journal = journal
        self._messages = messages
        self._openings: dict[Callback, Opening] = {
            Callback.MESSAGE: self._show,
            Callback.DEFERRED_MESSAGE: self._think,
            Callback.DEFERRED_UPDATE: self._keep,
            Callback.UPDATE: self._update,
            Callback.CHOICES: self._offer,
            Callback.MODAL: self._ask,
        }

    def routes(self) -> dict[str, Route]:
        """Return the routes, by method and path."""
        return {"POST /interactions/{interaction_id}/{token}/callback": self.post_callback}

    async def post_callback(self, call: Call) -> Answer:
        """Take the first answer, which is due within seconds and allowed once."""
        exchange = self._world.find_interaction(call.parameters["token"])
        if exchange.acknowledged is not None:
            self._blame(call, "this interaction is already acknowledged")
            raise RefusedError(Code.ALREADY_ACKNOWLEDGED)
        if exchange.expired or exchange.ended:
            raise RefusedError(Code.UNKNOWN_INTERACTION)
        opening = self._opening(call, exchange)
        message = await self._openings[opening](call, exchange)
        exchange.acknowledge()
        return 200, _callback_resource(exchange, opening, message)

    def _opening(self, call: Call, exchange: Exchange) -> Callback:
        opening = Callback(call.body["type"])
        possible = ALLOWED[exchange.trigger["type"]]
        if opening not in possible or (opening in UPDATES and exchange.source is None):
            self._blame(call, f"{opening!r} cannot answer this interaction")
            raise RefusedError(Code.INVALID_BODY)
        return opening

    async def _show(self, call: Call, exchange: Exchange) -> Json:
        exchange.original = await self._messages.answer(call, exchange, call.body["data"])
        return exchange.original

    async def _think(self, call: Call, exchange: Exchange) -> Json:
        asked = (call.body.get("data") or {}).get("flags") or 0
        body = {"flags": asked | MessageFlag.LOADING}
        exchange.original = self._world.answer(exchange, body, {})
        return exchange.original

    async def _keep(self, _: Call, exchange: Exchange) -> None:
        exchange.original = exchange.source

    async def _update(self, call: Call, exchange: Exchange) -> Json | None:
        exchange.original = exchange.source
        if exchange.source is not None:
            await self._messages.edit(call, exchange, exchange.source, call.body["data"])
        return exchange.source

    async def _offer(self, call: Call, exchange: Exchange) -> None:
        choices = call.body["data"]["choices"]
        focused = find_focused(exchange.trigger["data"])
        self._messages.judge(call, limits.check_choices(choices, focused["type"]))
        exchange.offer(choices)

    async def _ask(self, call: Call, exchange: Exchange) -> None:
        self._messages.judge(call, limits.check_modal(call.body["data"]))
        exchange.open_form(call.body["data"])

    def _blame(self, call: Call, detail: str) -> None:
        self._journal.blame(call.route, [Violation(Rule.ACKNOWLEDGEMENT, "", detail)])


def _callback_resource(exchange: Exchange, opening: Callback, message: Json | None) -> Json:
    identity = {"id": exchange.trigger["id"], "type": exchange.trigger["type"]}
    if message is None:
        return {"interaction": identity}
    details = {
        "response_message_id": message["id"],
        "response_message_loading": opening == Callback.DEFERRED_MESSAGE,
        "response_message_ephemeral": bool(message["flags"] & MessageFlag.EPHEMERAL),
    }
    resource = {"type": opening, "message": message}
    return {"interaction": {**identity, **details}, "resource": resource}
