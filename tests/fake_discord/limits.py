"""The limits Discord documents, checked on what the bot sends.

Each check yields the rules that a body breaks. Discord refuses a body that breaks a limit; the
last two checks are about what Discord would let through and no bot of ours may send.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from .journal import Rule, Violation
from .payloads import UPLOAD_LIMIT, walk
from .protocol import ComponentType, Json, MessageFlag

CONTENT = 2000
EMBEDS, EMBED_TEXT = 10, 6000
ROWS, ROW_WIDTH = 5, 5
COMPONENTS, COMPONENT_TEXT = 40, 4000
FILES, ALT_TEXT = 10, 1024
CHOICES = 25

Lengths = Mapping[str, int]

MODAL: Final[Lengths] = {"custom_id": 100, "title": 45}
CHOICE: Final[Lengths] = {"name": 100, "value": 100}
EMBED: Final[Lengths] = {"title": 256, "description": 4096}
EMBED_PARTS: Final[Mapping[str, Lengths]] = {"footer": {"text": 2048}, "author": {"name": 256}}
FIELD: Final[Lengths] = {"name": 256, "value": 1024}
OPTION: Final[Lengths] = {"label": 100, "value": 100, "description": 100}
COMPONENT: Final[Mapping[int, Lengths]] = {
    ComponentType.BUTTON: {"custom_id": 100, "label": 80, "url": 512},
    ComponentType.SELECT: {"custom_id": 100, "placeholder": 150},
    ComponentType.TEXT_INPUT: {"custom_id": 100, "label": 45, "placeholder": 100, "value": 4000},
    ComponentType.LABEL: {"label": 45, "description": 100},
    ComponentType.THUMBNAIL: {"description": 1024},
}
REQUIRED: Final[Mapping[int, Sequence[str]]] = {
    ComponentType.SELECT: ("custom_id",),
    ComponentType.TEXT_INPUT: ("custom_id",),
    ComponentType.TEXT: ("content",),
    ComponentType.LABEL: ("label",),
}
# How many parts a component is made of: the key they are under, the fewest and the most.
PARTS: Final[Mapping[int, tuple[str, int, int]]] = {
    ComponentType.ROW: ("components", 1, 5),
    ComponentType.SELECT: ("options", 1, 25),
    ComponentType.SECTION: ("components", 1, 3),
    ComponentType.GALLERY: ("items", 1, 10),
}


def check_message(body: Json, files: Mapping[str, bytes], edited: Json | None = None) -> Iterator[Violation]:
    """Check the body of a new message, or of an edit of an existing one."""
    flags = (body.get("flags") or 0) | (edited["flags"] if edited else 0)
    yield from _length(body.get("content"), CONTENT, "content")
    yield from check_embeds(body.get("embeds") or [])
    if flags & MessageFlag.COMPONENTS_V2:
        yield from check_layout(body)
    else:
        yield from check_rows(body.get("components") or [])
    yield from check_components(body.get("components") or [])
    yield from check_files(body, files, edited)
    contents = ("content", "embeds", "components")
    if not edited and not files and not any(body.get(key) for key in contents):
        yield Violation(Rule.SHAPE, "", "cannot send an empty message")


def check_embeds(embeds: Sequence[Json]) -> Iterator[Violation]:
    """Check each embed, and the text of all of them together."""
    yield from _count(embeds, 0, EMBEDS, "embeds")
    texts = [text for embed in embeds for text in embed_texts(embed)]
    yield from _length("".join(texts), EMBED_TEXT, "embeds")
    for number, embed in enumerate(embeds):
        yield from _check_embed(embed, f"embeds.{number}")


def _check_embed(embed: Json, path: str) -> Iterator[Violation]:
    yield from _lengths(embed, EMBED, path)
    for part, limits in EMBED_PARTS.items():
        yield from _lengths(embed.get(part) or {}, limits, f"{path}.{part}")
    fields = embed.get("fields") or []
    yield from _count(fields, 0, 25, f"{path}.fields")
    for number, entry in enumerate(fields):
        yield from _lengths(entry, FIELD, f"{path}.fields.{number}")
        yield from _present(entry, FIELD, f"{path}.fields.{number}")


def embed_texts(embed: Json) -> Iterator[str]:
    """Yield the texts of an embed in the order a reader meets them."""
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for entry in embed.get("fields") or []:
        yield entry["name"]
        yield entry["value"]
    yield (embed.get("footer") or {}).get("text") or ""


def check_layout(body: Json) -> Iterator[Violation]:
    """Check a message that is made of components only."""
    components = list(walk(body.get("components") or []))
    yield from _count(components, 0, COMPONENTS, "components")
    texts = [c["content"] for c in components if c["type"] == ComponentType.TEXT]
    yield from _length("".join(texts), COMPONENT_TEXT, "components")
    for key in ("content", "embeds"):
        if body.get(key):
            yield Violation(Rule.SHAPE, key, "cannot stand beside a layout of components")


def check_rows(components: Sequence[Json]) -> Iterator[Violation]:
    """Check the rows of buttons and menus below an ordinary message."""
    yield from _count(components, 0, ROWS, "components")
    for number, row in enumerate(components):
        if row["type"] != ComponentType.ROW:
            detail = "only rows can stand here without the flag for layouts"
            yield Violation(Rule.SHAPE, f"components.{number}", detail)


def check_components(components: Sequence[Json]) -> Iterator[Violation]:
    """Check each component by itself, and that users' actions can be told apart."""
    ids = Counter(c["custom_id"] for c in walk(components) if c.get("custom_id"))
    for custom_id, uses in ids.items():
        if uses > 1:
            yield Violation(Rule.SHAPE, "components", f"custom_id {custom_id!r} is used twice")
    for component in walk(components):
        yield from _check_component(component)


def _check_component(component: Json) -> Iterator[Violation]:
    kind = component["type"]
    path = f"component {component.get('custom_id') or kind}"
    yield from _lengths(component, COMPONENT.get(kind, {}), path)
    yield from _present(component, REQUIRED.get(kind, ()), path)
    if kind in PARTS:
        key, fewest, most = PARTS[kind]
        yield from _count(component.get(key) or [], fewest, most, f"{path}.{key}")
    if kind == ComponentType.ROW:
        yield from _check_row_width(component)
    if kind == ComponentType.BUTTON:
        yield from _check_button(component, path)
    if kind == ComponentType.SELECT:
        yield from _check_options(component, path)


def _check_row_width(row: Json) -> Iterator[Violation]:
    kinds = [component["type"] for component in row["components"]]
    if len(kinds) > 1 and set(kinds) != {ComponentType.BUTTON}:
        yield Violation(Rule.COUNT, "components", "a menu or a text input needs a row of its own")


def _check_button(button: Json, path: str) -> Iterator[Violation]:
    if not button.get("label") and not button.get("emoji"):
        yield Violation(Rule.SHAPE, path, "a button needs a label or an emoji")
    if bool(button.get("custom_id")) == bool(button.get("url")):
        yield Violation(Rule.SHAPE, path, "a button has either a custom_id or a url")


def _check_options(menu: Json, path: str) -> Iterator[Violation]:
    options = menu.get("options") or []
    for number, option in enumerate(options):
        yield from _lengths(option, OPTION, f"{path}.options.{number}")
        yield from _present(option, ("label", "value"), f"{path}.options.{number}")
    if len({option["value"] for option in options}) < len(options):
        yield Violation(Rule.SHAPE, path, "two options have the same value")
    if (menu.get("max_values") or 1) > len(options):
        yield Violation(Rule.COUNT, path, "max_values exceeds the number of options")


def check_files(body: Json, files: Mapping[str, bytes], edited: Json | None) -> Iterator[Violation]:
    """Check the uploads, their alternative text, and that every file referred to exists."""
    yield from _count(list(files), 0, FILES, "files")
    if (size := sum(map(len, files.values()))) > UPLOAD_LIMIT:
        yield Violation(Rule.LENGTH, "files", f"{size} bytes, at most {UPLOAD_LIMIT}")
    for number, entry in enumerate(body.get("attachments") or []):
        yield from _length(entry.get("description"), ALT_TEXT, f"attachments.{number}")
    known = {*files, *(entry["filename"] for entry in (edited or {}).get("attachments", []))}
    for name in set(re.findall(r'"attachment://([^"]+)"', json.dumps(body))) - known:
        yield Violation(Rule.SHAPE, "files", f"{name} is referred to but was not uploaded")


def check_modal(modal: Json) -> Iterator[Violation]:
    """Check a form that is shown to a user."""
    yield from _lengths(modal, MODAL, "modal")
    yield from _present(modal, MODAL, "modal")
    yield from _count(modal["components"], 1, 5, "modal.components")
    yield from check_components(modal["components"])


def check_choices(choices: Sequence[Json]) -> Iterator[Violation]:
    """Check the suggestions offered while a user types."""
    yield from _count(choices, 0, CHOICES, "choices")
    for number, choice in enumerate(choices):
        yield from _lengths(choice, CHOICE, f"choices.{number}")
        yield from _present(choice, ("name",), f"choices.{number}")


def check_mentions(body: Json) -> Iterator[Violation]:
    """Check that no text of the bot can notify anybody on its own."""
    texts = [c for c in walk(body.get("components") or []) if c["type"] == ComponentType.TEXT]
    if (body.get("content") or texts) and (body.get("allowed_mentions") or {}).get("parse") != []:
        yield Violation(Rule.MENTIONS, "allowed_mentions", "parse must be present and empty")


def check_secrets(sent: Iterable[bytes], secrets: Iterable[str]) -> Iterator[Violation]:
    """Check that nothing which is sent holds a secret; never repeat the secret itself."""
    everything = b"\0".join(sent)
    for secret in secrets:
        if secret.encode() in everything:
            yield Violation(Rule.SECRET, "", f"holds the secret that begins with {secret[:3]!r}")


def _lengths(owner: Json, limits: Lengths, path: str) -> Iterator[Violation]:
    return chain.from_iterable(_length(owner.get(key), most, f"{path}.{key}") for key, most in limits.items())


def _length(text: object, most: int, path: str) -> Iterator[Violation]:
    if isinstance(text, str) and len(text) > most:
        yield Violation(Rule.LENGTH, path, f"{len(text)} characters, at most {most}")


def _count(parts: Sequence[object], fewest: int, most: int, path: str) -> Iterator[Violation]:
    if not fewest <= len(parts) <= most:
        yield Violation(Rule.COUNT, path, f"{len(parts)} parts, between {fewest} and {most}")


def _present(owner: Json, keys: Iterable[str], path: str) -> Iterator[Violation]:
    for key in keys:
        if not str(owner.get(key) or "").strip():
            yield Violation(Rule.SHAPE, f"{path}.{key}", "is required")
