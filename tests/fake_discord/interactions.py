"""The REST routes that answer what a user did: the callback, @original and follow-ups."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from . import limits
from .journal import Answer, Call, Journal, Route, Rule, Violation
from .messages import Messages
from .protocol import ApiError, Callback, InteractionType, Json, MessageFlag
from .world import Exchange, World

Opening = Callable[[Call, Exchange], Awaitable[Json | None]]

OPENINGS = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL}
UPDATES = {Callback.UPDATE, Callback.DEFERRED_UPDATE}
ALLOWED: Final[Mapping[int, set[Callback]]] = {
    InteractionType.COMMAND: OPENINGS,
    InteractionType.COMPONENT: OPENINGS | UPDATES,
    InteractionType.AUTOCOMPLETE: {Callback.CHOICES},
    InteractionType.MODAL: OPENINGS - {Callback.MODAL} | UPDATES,
}


class Interactions:
    """Takes the bot's answers to interactions."""

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
        answers = "/webhooks/{application_id}/{token}"
        return {
            "POST /interactions/{interaction_id}/{token}/callback": self.post_callback,
            f"POST {answers}": self.post_follow_up,
            f"GET {answers}/messages/{{message_id}}": self.get_answer,
            f"PATCH {answers}/messages/{{message_id}}": self.patch_answer,
            f"DELETE {answers}/messages/{{message_id}}": self.delete_answer,
        }

    async def post_callback(self, call: Call) -> Answer:
        """Take the first answer, which is due within seconds and allowed once."""
        exchange = self._exchange(call)
        if exchange.acknowledged is not None:
            self._blame(call, "this interaction is already acknowledged")
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if exchange.expired:
            raise ApiError(404, 10062, "Unknown interaction")
        opening = self._opening(call, exchange)
        message = await self._openings[opening](call, exchange)
        exchange.acknowledge()
        return 200, _callback_resource(exchange, opening, message)

    async def post_follow_up(self, call: Call) -> Answer:
        """Post a further answer; the first one after a deferral takes its place."""
        exchange = self._acknowledged(call)
        if exchange.original is not None and exchange.deferred:
            return 200, await self._messages.edit(call, exchange, exchange.original, call.body)
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
        exchange = self._acknowledged(call)
        self._world.delete(self._answer(call, exchange))
        exchange.withdrawn = True
        return 204, None

    def _opening(self, call: Call, exchange: Exchange) -> Callback:
        opening = Callback(call.body["type"])
        possible = ALLOWED[exchange.trigger["type"]]
        if opening not in possible or (opening in UPDATES and exchange.source is None):
            self._blame(call, f"{opening!r} cannot answer this interaction")
            raise ApiError(400, 50035, "Invalid Form Body")
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
        self._messages.judge(call, limits.check_choices(choices))
        exchange.choices = choices

    async def _ask(self, call: Call, exchange: Exchange) -> None:
        self._messages.judge(call, limits.check_modal(call.body["data"]))
        exchange.modal = call.body["data"]

    def _exchange(self, call: Call) -> Exchange:
        if exchange := self._world.interactions.get(call.parameters["token"]):
            return exchange
        raise ApiError(404, 10062, "Unknown interaction")

    def _acknowledged(self, call: Call) -> Exchange:
        exchange = self._exchange(call)
        if exchange.acknowledged is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        return exchange

    def _answer(self, call: Call, exchange: Exchange) -> Json:
        message_id = call.parameters["message_id"]
        if message_id == "@original" and exchange.original is not None:
            return exchange.original
        return self._messages.find(message_id)

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
