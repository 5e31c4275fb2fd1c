"""The limits of commands when they are registered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.protocol import CommandType, Context, Installation, Json

from .bounds import check_among
from .localizations import check_description, check_localized, check_name, check_title
from .options import check_options, measure_option

# Discord takes 15 commands of each menu by now; discord.py refuses the sixth.
MOST: Final[Mapping[int, int]] = {CommandType.SLASH: 100, CommandType.USER: 5, CommandType.MESSAGE: 5}
SIZE = 8000
CHOSEN: Final = {"contexts": frozenset(Context), "integration_types": frozenset(Installation)}


def check_commands(commands: Sequence[Json]) -> Iterator[Violation]:
    """Check all commands of a bot."""
    kinds = [command.get("type") or CommandType.SLASH for command in commands]
    for kind, count in Counter(kinds).items():
        if count > MOST.get(kind, 0):
            yield Violation(Rule.COUNT, "commands", f"{count} of type {kind}, at most {MOST.get(kind, 0)}")
    names = Counter((kind, command.get("name")) for kind, command in zip(kinds, commands, strict=True))
    for (kind, name), uses in names.items():
        if uses > 1:
            yield Violation(Rule.SHAPE, "commands", f"two commands of type {kind} are called {name!r}")
    for number, (kind, command) in enumerate(zip(kinds, commands, strict=True)):
        yield from _check_command(kind, command, f"commands.{number}")


def _check_command(kind: int, command: Json, path: str) -> Iterator[Violation]:
    if kind == CommandType.SLASH:
        yield from check_localized(command, "name", check_name, path)
        yield from check_localized(command, "description", check_description, path)
        yield from check_options(command, path)
    else:
        yield from check_localized(command, "name", check_title, path)
        yield from _check_menu(command, path)
    yield from _check_offer(command, path)
    if (size := measure_option(command)) > SIZE:
        yield Violation(Rule.LENGTH, path, f"{size} characters in all names, descriptions and values, at most {SIZE}")


def _check_menu(command: Json, path: str) -> Iterator[Violation]:
    for key in ("description", "description_localizations", "options"):
        if command.get(key):
            yield Violation(Rule.SHAPE, f"{path}.{key}", "a command of a menu has none")


def _check_offer(command: Json, path: str) -> Iterator[Violation]:
    for key, known in CHOSEN.items():
        chosen = command.get(key)
        if chosen is not None and not chosen:
            yield Violation(Rule.COUNT, f"{path}.{key}", "name at least one, or leave it out")
        if chosen and len(set(chosen)) < len(chosen):
            yield Violation(Rule.SHAPE, f"{path}.{key}", "one is named twice")
        for value in chosen or []:
            yield from check_among(value, known, f"{path}.{key}")
    if not str(command.get("default_member_permissions") or 0).isdecimal():
        yield Violation(Rule.SHAPE, f"{path}.default_member_permissions", "is a number, or none")
