"""The commands that the code has, beside those that Discord has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import discord

from bot.client import TuneOrPrompt
from bot.cogs.menu import MenuCog
from bot.delivery import Delivery
from bot.doctor.portal import Payload
from bot.settings import Settings

SLASH = discord.AppCommandType.chat_input.value
INCOMPARABLE = {"name_localizations", "description_localizations", "dm_permission", "default_member_permissions"}
"""What Discord does not give back, or gives back in another form."""


@dataclass(frozen=True)
class Differences:
    """Names of commands that are not in Discord as they are in the code, in order."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    surplus: tuple[str, ...]


def list_commands() -> list[Payload]:
    """Return the commands of every cog, as the client registers them; no cog is loaded."""
    # Cogs keep what they deliver with, and use it only when somebody uses them; no command depends on a setting.
    bot = TuneOrPrompt(cast("Delivery", None), Settings.model_construct())
    cogs = bot.make_cogs()
    slash = [command for cog in cogs for command in cog.get_app_commands()]
    menus = [menu for cog in cogs if isinstance(cog, MenuCog) for menu in cog.menus]
    return [command.to_dict(bot.tree) for command in (*slash, *menus)]


def compare_commands(wanted: Iterable[Payload], registered: Iterable[Payload]) -> Differences:
    """Return what differs; what the code leaves to Discord may be anything."""
    ours, theirs = _name_commands(wanted), _name_commands(registered)
    both = sorted(ours.keys() & theirs.keys())
    return Differences(
        missing=tuple(sorted(ours.keys() - theirs.keys())),
        changed=tuple(name for name in both if _differ(ours[name], theirs[name])),
        surplus=tuple(sorted(theirs.keys() - ours.keys())),
    )


def _name_commands(payloads: Iterable[Payload]) -> dict[str, Payload]:
    """Return commands by their names as people see them."""
    return {f"/{each['name']}" if each.get("type", SLASH) == SLASH else f"“{each['name']}”": each for each in payloads}


def _differ(ours: Payload, theirs: Payload) -> bool:
    wanted, registered = _simplify(ours), _simplify(theirs)
    compared = wanted.keys() | {"description", "options"}
    return any(wanted.get(key) != registered.get(key) for key in compared)


def _simplify(value: Any) -> Any:  # noqa: ANN401 - payloads are JSON
    """Return a payload without what says nothing, and with numbers in order, as their order says nothing either."""
    match value:
        case Mapping():
            return {key: _simplify(each) for key, each in value.items() if key not in INCOMPARABLE and _says(each)}
        case str():
            return value
        case Sequence() if all(isinstance(each, int) for each in value):
            return sorted(value)
        case Sequence():
            return [_simplify(each) for each in value]
        case _:
            return value


def _says(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [], {})
