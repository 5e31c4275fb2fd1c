"""What a user sees of the bot's answer, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .exchange import Exchange
from .limits import embed_texts
from .payloads import walk
from .protocol import ComponentType, Json, MessageFlag


def message_text(message: Json) -> str:
    """Return all text of a message, in the order it is read."""
    texts = [message["content"]]
    for embed in message["embeds"]:
        texts += embed_texts(embed)
    texts += [c["content"] for c in walk(message["components"]) if c["type"] == ComponentType.TEXT]
    return "\n".join(filter(None, texts))


def is_private(message: Json) -> bool:
    """Tell whether only the person whom a message answers can see it."""
    return bool(message["flags"] & MessageFlag.EPHEMERAL)


@dataclass(frozen=True)
class Reply:
    """A live view on what the bot answered to one action of a user."""

    exchange: Exchange

    @property
    def messages(self) -> list[Json]:
        """The messages the user can see, the oldest first."""
        return self.exchange.messages

    @property
    def text(self) -> str:
        """All text of all messages."""
        return "\n".join(map(message_text, self.messages))

    @property
    def components(self) -> list[Json]:
        """Every component of every message, each before those inside it."""
        return [c for message in self.messages for c in walk(message["components"])]

    @property
    def flags(self) -> MessageFlag:
        """The flags of all messages together."""
        flags = MessageFlag(0)
        for message in self.messages:
            flags |= MessageFlag(message["flags"])
        return flags

    @property
    def trigger(self) -> Json:
        """The message that was written, or the interaction."""
        return self.exchange.trigger

    @property
    def acknowledged_after(self) -> float | None:
        """Seconds the bot took to give a first sign; None while it has not."""
        return self._measure(self.exchange.acknowledged)

    @property
    def answered_after(self) -> float | None:
        """Seconds until the last part of the answer could be read; None while there is none."""
        return self._measure(self.exchange.answered_at)

    def _measure(self, moment: float | None) -> float | None:
        return None if moment is None else moment - self.exchange.started

    @property
    def deferred(self) -> bool:
        """Whether the user still reads that the bot is thinking."""
        return self.exchange.deferred

    @property
    def modal(self) -> Json | None:
        """The form that was opened."""
        return self.exchange.modal

    @property
    def choices(self) -> list[str] | None:
        """The names suggested by autocomplete."""
        choices = self.exchange.choices
        return None if choices is None else [choice["name"] for choice in choices]

    def find_button(self, label: str) -> tuple[Json, Json]:
        """Return the enabled button with this label, emoji or custom_id, and its message."""
        buttons = self._enabled(ComponentType.BUTTON)
        for message, button in buttons:
            if label in button_names(button):
                return message, button
        names = [button_names(button)[0] for _, button in buttons]
        raise LookupError(f"no button {label!r} to click; there are {names}")

    def find_menu(self, options: Sequence[str]) -> tuple[Json, Json]:
        """Return the enabled menu that offers all these options, and its message."""
        menus = self._enabled(ComponentType.SELECT)
        for message, menu in menus:
            if set(options) <= {option["label"] for option in menu["options"]}:
                return message, menu
        labels = [[option["label"] for option in menu["options"]] for _, menu in menus]
        raise LookupError(f"no menu offers {options}; there are {labels}")

    def _enabled(self, kind: ComponentType) -> list[tuple[Json, Json]]:
        return [
            (message, component)
            for message in self.messages
            for component in walk(message["components"])
            if component["type"] == kind and not component.get("disabled")
        ]


def button_names(button: Json) -> list[str]:
    """Return what a button can be called, the most telling name first."""
    names = [button.get("label"), (button.get("emoji") or {}).get("name"), button.get("custom_id")]
    return [name for name in names if name]
