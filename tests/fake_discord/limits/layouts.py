"""What may stand where in a message, how much of it, and how much text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.payloads import walk
from tests.fake_discord.protocol import ComponentType, Json

from .bounds import check_count, check_length

ROWS, COMPONENTS, TEXT = 5, 40, 4000
# Discord documents characters, but was seen to fail beyond so many bytes (discord/discord-api-docs, issue 8554).
TEXT_BYTES, TEXT_OVERHEAD = 10_170, 12

MENUS: Final = frozenset(
    {
        ComponentType.SELECT,
        ComponentType.USER_SELECT,
        ComponentType.ROLE_SELECT,
        ComponentType.MENTIONABLE_SELECT,
        ComponentType.CHANNEL_SELECT,
    }
)
BLOCKS: Final = frozenset(
    {
        ComponentType.ROW,
        ComponentType.SECTION,
        ComponentType.TEXT,
        ComponentType.GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
    }
)
INSIDE: Final[Mapping[int, Collection[int]]] = {
    ComponentType.ROW: MENUS | {ComponentType.BUTTON},
    ComponentType.SECTION: {ComponentType.TEXT},
    ComponentType.CONTAINER: BLOCKS,
}
ACCESSORIES: Final = (ComponentType.BUTTON, ComponentType.THUMBNAIL)


def check_layout(components: Sequence[Json]) -> Iterator[Violation]:
    """Check a message that is made of components only."""
    everything = list(walk(components))
    yield from check_count(everything, 0, COMPONENTS, "components")
    yield from _check_text([c.get("content") or "" for c in everything if c["type"] == ComponentType.TEXT])
    yield from check_places(components, BLOCKS | {ComponentType.CONTAINER}, INSIDE)


def _check_text(texts: Sequence[str]) -> Iterator[Violation]:
    yield from check_length("".join(texts), TEXT, "components")
    size = sum(len(text.encode()) + TEXT_OVERHEAD for text in texts)
    if size > TEXT_BYTES and len("".join(texts)) <= TEXT:
        yield Violation(Rule.LENGTH, "components", f"{size} bytes of text, at most {TEXT_BYTES}")


def check_rows(components: Sequence[Json]) -> Iterator[Violation]:
    """Check the rows of buttons and menus below an ordinary message."""
    yield from check_count(components, 0, ROWS, "components")
    yield from check_places(components, {ComponentType.ROW}, INSIDE)


def check_places(
    components: Sequence[Json], allowed: Collection[int], inside: Mapping[int, Collection[int]]
) -> Iterator[Violation]:
    """Check that every component stands where its kind may stand: here those allowed, in others those inside."""
    for component in components:
        kind = component["type"]
        if kind not in allowed:
            yield Violation(Rule.SHAPE, "components", f"a component of type {kind} cannot stand here")
            continue
        yield from check_places(component.get("components") or [], inside.get(kind, ()), inside)
        if accessory := component.get("accessory"):
            yield from check_places([accessory], ACCESSORIES, inside)
