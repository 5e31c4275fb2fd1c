"""The limits of forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.protocol import ComponentType, Json

from .bounds import Lengths, check_count, check_lengths, check_present
from .components import check_components
from .layouts import MENUS, check_places

FIELDS = 5
MODAL: Final[Lengths] = {"custom_id": 100, "title": 45}
BLOCKS: Final = (ComponentType.ROW, ComponentType.LABEL, ComponentType.TEXT)
INSIDE: Final[Mapping[int, tuple[int, ...]]] = {ComponentType.ROW: (ComponentType.TEXT_INPUT,)}
LABELLED: Final = MENUS | {
    ComponentType.TEXT_INPUT,
    ComponentType.UPLOAD,
    ComponentType.RADIO_GROUP,
    ComponentType.CHECKBOX_GROUP,
    ComponentType.CHECKBOX,
}


def check_modal(modal: Json) -> Iterator[Violation]:
    """Check a form that is shown to a user."""
    components = modal["components"]
    yield from check_lengths(modal, MODAL, "modal")
    yield from check_present(modal, MODAL, "modal")
    yield from check_count(components, 1, FIELDS, "modal.components")
    yield from check_places(components, BLOCKS, INSIDE)
    yield from check_components(components)
    for component in components:
        yield from _check_label(component)


def _check_label(component: Json) -> Iterator[Violation]:
    match component["type"]:
        case ComponentType.LABEL:
            field = component.get("component") or {}
            yield from check_places([field] if field else [], LABELLED, INSIDE)
            if field.get("label"):
                yield Violation(Rule.SHAPE, "modal.components", "what stands in a label has no label of its own")
            if field.get("disabled"):
                yield Violation(Rule.SHAPE, "modal.components", "nothing in a form can be disabled")
        case ComponentType.ROW:
            for field in component.get("components") or []:
                yield from check_present(field, ("label",), "modal.components")
