"""Messages and forms that are larger, more or other than Discord takes break exactly one rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from . import ComponentType, MessageFlag, Rule
from .journal import Violation
from .limits import check_mentions, check_message, check_modal
from .protocol import Json


def part(kind: ComponentType, *components: Json, **rest: Any) -> Json:
    """Return a component, and those inside it if there are any."""
    inner = {"components": list(components)} if components else {}
    return {"type": kind, **inner, **rest}


def button(number: int = 0, **rest: Any) -> Json:
    """Return a button that differs from the others by its number."""
    return part(ComponentType.BUTTON, style=1, label="b", custom_id=f"button-{number}") | rest


def menu(options: int = 1, **rest: Any) -> Json:
    """Return a menu with so many options."""
    return offer(*[{"label": str(number)} for number in range(options)], **rest)


def offer(*options: Json, **rest: Any) -> Json:
    """Return a menu with these options."""
    offered = [{"value": option["label"], **option} for option in options]
    return part(ComponentType.SELECT, custom_id="menu", options=offered) | rest


def row(*components: Json) -> Json:
    """Return a row of components."""
    return part(ComponentType.ROW, *components)


def text(content: str = "x") -> Json:
    """Return a text of a layout."""
    return part(ComponentType.TEXT, content=content)


def section(*texts: Json, **rest: Any) -> Json:
    """Return texts with a button beside them."""
    return part(ComponentType.SECTION, *texts) | {"accessory": button()} | rest


def gallery(*items: Json) -> Json:
    """Return pictures."""
    return part(ComponentType.GALLERY, items=list(items))


def container(*components: Json, **rest: Any) -> Json:
    """Return a box around components."""
    return part(ComponentType.CONTAINER, *components, **rest)


def thumbnail(**rest: Any) -> Json:
    """Return a small picture."""
    return part(ComponentType.THUMBNAIL, media={"url": "https://example.org/x.png"}) | rest


def layout(*components: Json, **rest: Any) -> Json:
    """Return a message made of components only."""
    return {"components": list(components), "flags": MessageFlag.COMPONENTS_V2, **rest}


def with_row(*components: Json) -> Json:
    """Return a message with a row below it."""
    return {"content": "x", "components": [row(*components)]}


PICTURE = {"media": {"url": "attachment://a.png"}}
LISTED = {"id": 0, "filename": "a.png", "description": "x" * 1024}
FILE = part(ComponentType.FILE, file={"url": "attachment://a.png"})
FILES = {"a.png": b"pixels"}
EDITED: Json = {
    "content": "x",
    "embeds": [],
    "components": [],
    "flags": 0,
    "attachments": [{"id": "7", "filename": "a.png"}],
}

FINE: list[Json] = [
    {"content": "x" * 2000},
    {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2000}]},
    with_row(*map(button, range(5))),
    with_row(menu(25, min_values=0, max_values=25)),
    with_row(part(ComponentType.USER_SELECT, custom_id="people")),
    with_row(button(style=5, url="https://example.org", custom_id=None)),
    layout(text("x" * 4000)),
    layout(*[text()] * 39, part(ComponentType.SEPARATOR, spacing=2)),
    layout(container(row(button(1)), section(text(), text(), text()), text(), accent_color=0xFFFFFF)),
    layout(section(text(), accessory=thumbnail(description="x" * 1024))),
    layout(*[gallery(*[{**PICTURE, "description": "x" * 1024}] * 10), FILE], attachments=[LISTED]),
]
TOO_MUCH: list[tuple[Json, Rule]] = [
    ({"content": "x" * 2001}, Rule.LENGTH),
    ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, Rule.LENGTH),
    ({"embeds": [{"title": "x", "fields": [{"name": "x", "value": " "}]}]}, Rule.SHAPE),
    ({"embeds": [{"title": "x", "image": {"url": "attachment://none.png"}}]}, Rule.SHAPE),
    ({"content": "x", "attachments": [{**LISTED, "description": "x" * 1025}]}, Rule.LENGTH),
    ({"content": "x", "attachments": [{**LISTED, "id": 1}]}, Rule.SHAPE),
    (with_row(*map(button, range(6))), Rule.COUNT),
    (with_row(button(), button()), Rule.SHAPE),
    (with_row(button(custom_id="x" * 101)), Rule.LENGTH),
    (with_row(button(label="x" * 81)), Rule.LENGTH),
    (with_row(button(label="")), Rule.SHAPE),
    (with_row(button(style=7)), Rule.SHAPE),
    (with_row(button(style=5)), Rule.SHAPE),
    (with_row(button(url="https://example.org")), Rule.SHAPE),
    (with_row(button(id=3), button(1, id=3)), Rule.SHAPE),
    (with_row(button(), menu()), Rule.COUNT),
    (with_row(menu(0)), Rule.COUNT),
    (with_row(menu(26)), Rule.COUNT),
    (with_row(offer({"label": "x" * 101, "value": "x"})), Rule.LENGTH),
    (with_row(offer({"label": "x", "description": "x" * 101})), Rule.LENGTH),
    (with_row(offer({"label": "x"}, {"label": "x"})), Rule.SHAPE),
    (with_row(offer({"label": "a", "default": True}, {"label": "b", "default": True})), Rule.COUNT),
    (with_row(menu(2, max_values=3)), Rule.COUNT),
    (with_row(menu(2, min_values=2)), Rule.SHAPE),
    (with_row(menu(placeholder="x" * 151)), Rule.LENGTH),
    (with_row(part(ComponentType.TEXT_INPUT, custom_id="x", style=1)), Rule.SHAPE),
    ({"content": "x", "components": [row(button(number)) for number in range(6)]}, Rule.COUNT),
    ({"content": "x", "components": [text()]}, Rule.SHAPE),
    (layout(*[text()] * 41), Rule.COUNT),
    (layout(container(*[text()] * 40)), Rule.COUNT),
    (layout(*[text("x" * 2001)] * 2), Rule.LENGTH),
    (layout(text("語" * 3400)), Rule.LENGTH),
    (layout(text(" ")), Rule.SHAPE),
    (layout(text(), content="x"), Rule.SHAPE),
    (layout(text(), embeds=[{"title": "x"}]), Rule.SHAPE),
    (layout(button()), Rule.SHAPE),
    (layout(thumbnail()), Rule.SHAPE),
    (layout(container(container(text()))), Rule.SHAPE),
    (layout(part(ComponentType.CONTAINER)), Rule.COUNT),
    (layout(container(text(), accent_color=0x1000000)), Rule.COUNT),
    (layout(section(*[text()] * 4)), Rule.COUNT),
    (layout(section(text(), accessory=None)), Rule.SHAPE),
    (layout(section(text(), accessory=text())), Rule.SHAPE),
    (layout(section(row(button(1)))), Rule.SHAPE),
    (layout(section(text(), accessory=thumbnail(media={}))), Rule.SHAPE),
    (layout(section(text(), accessory=thumbnail(description="x" * 1025))), Rule.LENGTH),
    (layout(gallery()), Rule.COUNT),
    (layout(gallery(*[PICTURE] * 11)), Rule.COUNT),
    (layout(gallery({**PICTURE, "description": "x" * 1025})), Rule.LENGTH),
    (layout(gallery({"media": {"url": "attachment://b.png"}})), Rule.SHAPE),
    (layout({**FILE, "file": {"url": "https://example.org/a.png"}}), Rule.SHAPE),
    (layout(part(ComponentType.SEPARATOR, spacing=3)), Rule.COUNT),
]


def rules(violations: Iterable[Violation]) -> list[Rule]:
    """Return the rules that are broken."""
    return [violation.rule for violation in violations]


@pytest.mark.parametrize("body", FINE)
def test_a_message_may_be_as_large_as_discord_allows(body: Json) -> None:
    assert list(check_message(body, FILES)) == []


@pytest.mark.parametrize(("body", "rule"), TOO_MUCH)
def test_a_message_beyond_a_limit_breaks_one_rule(body: Json, rule: Rule) -> None:
    assert rules(check_message(body, FILES)) == [rule]


@pytest.mark.parametrize("content", ["", " ", None])
def test_a_message_needs_something_to_show(content: str | None) -> None:
    assert rules(check_message({"content": content}, {})) == [Rule.SHAPE]
    assert rules(check_message({"content": content, "attachments": []}, {}, EDITED)) == [Rule.SHAPE]
    assert list(check_message({"content": content}, FILES)) == []


@pytest.mark.parametrize("name", ["a b.png", "ä.png", "", "a/b.png"])
def test_a_file_has_a_plain_name(name: str) -> None:
    assert rules(check_message({}, {name: b""})) == [Rule.SHAPE]


def test_an_edit_refers_to_what_stays_attached() -> None:
    shown = {"embeds": [{"image": {"url": "attachment://a.png"}}]}

    assert list(check_message(shown, {}, EDITED)) == []
    assert list(check_message({**shown, "attachments": [{"id": "7"}]}, {}, EDITED)) == []
    assert rules(check_message({**shown, "attachments": []}, {}, EDITED)) == [Rule.SHAPE]


def test_a_message_becomes_a_layout_only_without_its_content() -> None:
    assert rules(check_message(layout(text()), {}, EDITED)) == [Rule.SHAPE]
    assert list(check_message(layout(text(), content=None), {}, EDITED)) == []


@pytest.mark.parametrize(
    "allowed",
    [None, {}, {"parse": ["everyone"]}, {"parse": ["users"]}, {"parse": [], "users": [7]}, {"parse": [], "roles": [7]}],
)
def test_nobody_is_called_but_who_is_replied_to(allowed: Json | None) -> None:
    fine = {"parse": [], "replied_user": True}
    for body in ({"content": "x"}, layout(text())):
        assert rules(check_mentions({**body, "allowed_mentions": allowed})) == [Rule.MENTIONS]
        assert list(check_mentions({**body, "allowed_mentions": fine})) == []


def field(**rest: Any) -> Json:
    """Return a field of a form."""
    return part(ComponentType.TEXT_INPUT, custom_id="field", style=1) | rest


def label(component: Json, **rest: Any) -> Json:
    """Return a field with its label."""
    return part(ComponentType.LABEL, label="x", component=component) | rest


def form(*components: Json, **rest: Any) -> Json:
    """Return a form."""
    return {"custom_id": "form", "title": "x" * 45, "components": list(components)} | rest


FINE_FORMS = [
    form(label(field(value="x" * 4000), label="x" * 45, description="x" * 100)),
    form(label(menu(25)), *[text()] * 4),
    form(row(field(label="x"))),
]
BAD_FORMS = [
    (form(label(field()), title="x" * 46), Rule.LENGTH),
    (form(label(field()), custom_id="x" * 101), Rule.LENGTH),
    (form(), Rule.COUNT),
    (form(*[text()] * 6), Rule.COUNT),
    (form(label(field(), label="x" * 46)), Rule.LENGTH),
    (form(label(field(), description="x" * 101)), Rule.LENGTH),
    (form(label(field(label="x"))), Rule.SHAPE),
    (form(label(field(style=3))), Rule.SHAPE),
    (form(label(field(placeholder="x" * 101))), Rule.LENGTH),
    (form(label(field(max_length=4001))), Rule.COUNT),
    (form(label(field(min_length=3, max_length=2))), Rule.SHAPE),
    (form(label(field(max_length=2, value="xxx"))), Rule.LENGTH),
    (form(label(field()), label(field())), Rule.SHAPE),
    (form(label(menu(disabled=True))), Rule.SHAPE),
    (form(label(text())), Rule.SHAPE),
    (form(row(menu(label="x"))), Rule.SHAPE),
    (form(menu()), Rule.SHAPE),
    (form(row(field())), Rule.SHAPE),
]


@pytest.mark.parametrize("body", FINE_FORMS)
def test_a_form_may_be_as_large_as_discord_allows(body: Json) -> None:
    assert list(check_modal(body)) == []


@pytest.mark.parametrize(("body", "rule"), BAD_FORMS)
def test_a_form_beyond_a_limit_breaks_one_rule(body: Json, rule: Rule) -> None:
    assert rules(check_modal(body)) == [rule]
