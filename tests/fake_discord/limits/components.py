"""The limits of each component by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.payloads import walk
from tests.fake_discord.protocol import ComponentType, Json

from .bounds import (
    Lengths,
    Ranges,
    check_among,
    check_count,
    check_distinct,
    check_lengths,
    check_order,
    check_present,
    check_ranges,
)

LINK = 5
STYLES: Final = (1, 2, 3, 4, LINK)
TALLEST_INPUT = 4000

OPTION: Final[Lengths] = {"label": 100, "value": 100, "description": 100}
MEDIUM: Final[Lengths] = {"description": 1024}
MENU: Final[Lengths] = {"custom_id": 100, "placeholder": 150}
LENGTHS: Final[Mapping[int, Lengths]] = {
    ComponentType.BUTTON: {"custom_id": 100, "label": 80, "url": 512},
    ComponentType.SELECT: MENU,
    ComponentType.USER_SELECT: MENU,
    ComponentType.ROLE_SELECT: MENU,
    ComponentType.MENTIONABLE_SELECT: MENU,
    ComponentType.CHANNEL_SELECT: MENU,
    ComponentType.TEXT_INPUT: {"custom_id": 100, "label": 45, "placeholder": 100, "value": TALLEST_INPUT},
    ComponentType.LABEL: {"label": 45, "description": 100},
    ComponentType.THUMBNAIL: MEDIUM,
}
RANGES: Final[Mapping[int, Ranges]] = {
    ComponentType.SELECT: {"min_values": (0, 25), "max_values": (1, 25)},
    ComponentType.TEXT_INPUT: {"min_length": (0, TALLEST_INPUT), "max_length": (1, TALLEST_INPUT)},
    ComponentType.CONTAINER: {"accent_color": (0, 0xFFFFFF)},
    ComponentType.SEPARATOR: {"spacing": (1, 2)},
}
REQUIRED: Final[Mapping[int, Sequence[str]]] = {
    ComponentType.SELECT: ("custom_id",),
    ComponentType.USER_SELECT: ("custom_id",),
    ComponentType.ROLE_SELECT: ("custom_id",),
    ComponentType.MENTIONABLE_SELECT: ("custom_id",),
    ComponentType.CHANNEL_SELECT: ("custom_id",),
    ComponentType.TEXT_INPUT: ("custom_id", "style"),
    ComponentType.TEXT: ("content",),
    ComponentType.SECTION: ("accessory",),
    ComponentType.LABEL: ("label", "component"),
}
# How many parts a component is made of: the key they are under, the fewest and the most.
PARTS: Final[Mapping[int, tuple[str, int, int]]] = {
    ComponentType.ROW: ("components", 1, 5),
    ComponentType.SELECT: ("options", 1, 25),
    ComponentType.SECTION: ("components", 1, 3),
    ComponentType.GALLERY: ("items", 1, 10),
    ComponentType.CONTAINER: ("components", 1, 40),
}


def check_components(components: Sequence[Json]) -> Iterator[Violation]:
    """Check each component by itself, and that users' actions can be told apart."""
    everything = list(walk(components))
    for key in ("custom_id", "id"):
        yield from check_distinct([c[key] for c in everything if c.get(key)], "components", key)
    for component in everything:
        yield from _check_component(component)


def _check_component(component: Json) -> Iterator[Violation]:
    kind = component["type"]
    path = f"component {component.get('custom_id') or kind}"
    yield from check_lengths(component, LENGTHS.get(kind, {}), path)
    yield from check_ranges(component, RANGES.get(kind, {}), path)
    yield from check_present(component, REQUIRED.get(kind, ()), path)
    if kind in PARTS:
        key, fewest, most = PARTS[kind]
        yield from check_count(component.get(key) or [], fewest, most, f"{path}.{key}")
    if kind in CHECKS:
        yield from CHECKS[kind](component, path)


def _check_row(row: Json, path: str) -> Iterator[Violation]:
    kinds = [component["type"] for component in row.get("components") or []]
    if len(kinds) > 1 and set(kinds) != {ComponentType.BUTTON}:
        yield Violation(Rule.COUNT, path, "a menu or a text input needs a row of its own")


def _check_button(button: Json, path: str) -> Iterator[Violation]:
    yield from check_among(button.get("style"), STYLES, f"{path}.style")
    if not button.get("label") and not button.get("emoji"):
        yield Violation(Rule.SHAPE, path, "a button needs a label or an emoji")
    wanted, other = ("url", "custom_id") if button.get("style") == LINK else ("custom_id", "url")
    if not button.get(wanted) or button.get(other):
        yield Violation(Rule.SHAPE, path, f"a button of this style has a {wanted} and no {other}")


def _check_menu(menu: Json, path: str) -> Iterator[Violation]:
    options = menu.get("options") or []
    for number, option in enumerate(options):
        yield from check_lengths(option, OPTION, f"{path}.options.{number}")
        yield from check_present(option, ("label", "value"), f"{path}.options.{number}")
    yield from check_distinct([option.get("value") for option in options], f"{path}.options", "value")
    yield from check_order({"min_values": 1, "max_values": 1} | menu, "min_values", "max_values", path)
    most = menu.get("max_values") or 1
    if options and most > len(options):
        yield Violation(Rule.COUNT, path, "max_values exceeds the number of options")
    if sum(bool(option.get("default")) for option in options) > most:
        yield Violation(Rule.COUNT, path, "more options are chosen beforehand than may be")


def _check_input(field: Json, path: str) -> Iterator[Violation]:
    yield from check_among(field.get("style"), (1, 2), f"{path}.style")
    yield from check_order(field, "min_length", "max_length", path)
    most = field.get("max_length") or TALLEST_INPUT
    if len(field.get("value") or "") > most:
        yield Violation(Rule.LENGTH, f"{path}.value", f"is longer than the {most} characters one may type")


def _check_thumbnail(thumbnail: Json, path: str) -> Iterator[Violation]:
    yield from check_present(thumbnail.get("media") or {}, ("url",), f"{path}.media")


def _check_gallery(gallery: Json, path: str) -> Iterator[Violation]:
    for number, item in enumerate(gallery.get("items") or []):
        yield from check_lengths(item, MEDIUM, f"{path}.items.{number}")
        yield from check_present(item.get("media") or {}, ("url",), f"{path}.items.{number}.media")


def _check_file(file: Json, path: str) -> Iterator[Violation]:
    if not str((file.get("file") or {}).get("url")).startswith("attachment://"):
        yield Violation(Rule.SHAPE, path, "a file is one that is uploaded: attachment://NAME")


CHECKS: Final[Mapping[int, Callable[[Json, str], Iterator[Violation]]]] = {
    ComponentType.ROW: _check_row,
    ComponentType.BUTTON: _check_button,
    ComponentType.SELECT: _check_menu,
    ComponentType.TEXT_INPUT: _check_input,
    ComponentType.THUMBNAIL: _check_thumbnail,
    ComponentType.GALLERY: _check_gallery,
    ComponentType.FILE: _check_file,
}
