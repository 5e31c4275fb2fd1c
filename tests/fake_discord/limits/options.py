"""The limits of the options of commands, and of the values to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.protocol import Json

from .bounds import Ranges, check_among, check_count, check_distinct, check_length, check_order, check_ranges
from .localizations import check_choice, check_description, check_localized, check_name, measure_text

MOST, CHOICE_VALUE = 25, 100
LENGTHS: Final[Ranges] = {"min_length": (0, 6000), "max_length": (1, 6000)}


class OptionType(IntEnum):
    """The kinds of options whose rules differ from those of the others."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    NUMBER = 10


NESTED: Final = (OptionType.SUBCOMMAND, OptionType.GROUP)
CHOOSABLE: Final = (OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER)
KNOWN: Final = range(1, 12)


def check_options(owner: Json, path: str, depth: int = 0) -> Iterator[Violation]:
    """Check the options of a command, of a group (one deep) or of a subcommand."""
    options = owner.get("options") or []
    yield from check_count(options, 0, MOST, f"{path}.options")
    yield from check_distinct([option.get("name") for option in options], f"{path}.options", "name")
    yield from _check_nesting(owner, options, f"{path}.options", depth)
    plain = [bool(option.get("required")) for option in options if option["type"] not in NESTED]
    if plain != sorted(plain, reverse=True):
        yield Violation(Rule.SHAPE, f"{path}.options", "required options come before the others")
    for number, option in enumerate(options):
        yield from _check_option(option, f"{path}.options.{number}", depth)


def _check_nesting(owner: Json, options: Sequence[Json], path: str, depth: int) -> Iterator[Violation]:
    nested = [option["type"] for option in options if option["type"] in NESTED]
    if nested and len(nested) < len(options):
        yield Violation(Rule.SHAPE, path, "subcommands do not stand beside other options")
    within_group = depth > 0 and owner["type"] == OptionType.GROUP
    allowed = NESTED if depth == 0 else (OptionType.SUBCOMMAND,) if within_group else ()
    if set(nested) - set(allowed):
        yield Violation(Rule.SHAPE, path, "a command has subcommands, or groups of them, and nothing deeper")


def _check_option(option: Json, path: str, depth: int) -> Iterator[Violation]:
    kind = option["type"]
    yield from check_among(kind, KNOWN, f"{path}.type")
    yield from check_localized(option, "name", check_name, path)
    yield from check_localized(option, "description", check_description, path)
    yield from check_ranges(option, LENGTHS, path)
    yield from check_order(option, "min_length", "max_length", path)
    yield from check_order(option, "min_value", "max_value", path)
    if option.get("choices") or option.get("autocomplete"):
        yield from _check_help(option, path)
    if kind in NESTED:
        yield from check_options(option, path, depth + 1)


def _check_help(option: Json, path: str) -> Iterator[Violation]:
    if option["type"] not in CHOOSABLE:
        yield Violation(Rule.SHAPE, path, "values of this type are neither chosen nor completed")
    if option.get("choices") and option.get("autocomplete"):
        yield Violation(Rule.SHAPE, path, "an option has choices or is completed, not both")
    yield from check_choices(option.get("choices") or [], option["type"], f"{path}.choices")


def check_choices(choices: Sequence[Json], kind: int, path: str = "choices") -> Iterator[Violation]:
    """Check the values that are offered for an option of this type."""
    yield from check_count(choices, 0, MOST, path)
    for number, choice in enumerate(choices):
        yield from check_localized(choice, "name", check_choice, f"{path}.{number}")
        yield from check_length(choice.get("value"), CHOICE_VALUE, f"{path}.{number}.value")
        if not _is_of_type(choice.get("value"), kind):
            yield Violation(Rule.SHAPE, f"{path}.{number}.value", "is of another type than the option")


def _is_of_type(value: object, kind: int) -> bool:
    match kind:
        case OptionType.STRING:
            return isinstance(value, str)
        case OptionType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, int | float) and not isinstance(value, bool)


def measure_option(option: Json) -> int:
    """Return how many characters an option counts for, with all that belongs to it."""
    choices = option.get("choices") or []
    named = sum(measure_text(choice, "name") + len(str(choice.get("value", ""))) for choice in choices)
    inner = sum(map(measure_option, option.get("options") or []))
    return measure_text(option, "name") + measure_text(option, "description") + named + inner
