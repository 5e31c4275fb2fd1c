"""The limits of messages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tests.fake_discord.journal import Rule, Violation
from tests.fake_discord.payloads import UPLOAD_LIMIT, walk
from tests.fake_discord.protocol import ComponentType, Json, MessageFlag

from .bounds import check_count, check_length
from .components import check_components
from .embeds import check_embeds
from .layouts import check_layout, check_rows

CONTENT = 2000
FILES, ALT_TEXT = 10, 1024

FILE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,1024}")
REFERENCE = re.compile(r'"attachment://([^"]*)"')
# What a layout of components does not stand beside.
LEGACY = ("content", "embeds", "poll", "sticker_ids")
CONTENTS: Final = (*LEGACY, "components", "attachments")


def check_message(body: Json, files: Mapping[str, bytes], edited: Json | None = None) -> Iterator[Violation]:
    """Check the body of a new message, or of an edit of an existing one."""
    flags = (body.get("flags") or 0) | (edited["flags"] if edited else 0)
    whole = (edited or {}) | body
    yield from check_length(body.get("content"), CONTENT, "content")
    yield from check_embeds(body.get("embeds") or [])
    if flags & MessageFlag.COMPONENTS_V2:
        yield from _check_legacy(whole)
        yield from check_layout(body.get("components") or [])
    else:
        yield from check_rows(body.get("components") or [])
    yield from check_components(body.get("components") or [])
    yield from check_files(body, files, edited)
    if not files and not any(_has_content(whole.get(key)) for key in CONTENTS):
        yield Violation(Rule.SHAPE, "", "cannot send an empty message")


def _has_content(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _check_legacy(message: Json) -> Iterator[Violation]:
    for key in LEGACY:
        if message.get(key):
            yield Violation(Rule.SHAPE, key, "cannot stand beside a layout of components")


def check_files(body: Json, files: Mapping[str, bytes], edited: Json | None) -> Iterator[Violation]:
    """Check the uploads, their names and alternative texts, and that every file referred to exists."""
    yield from check_count(list(files), 0, FILES, "files")
    if (size := sum(map(len, files.values()))) > UPLOAD_LIMIT:
        yield Violation(Rule.LENGTH, "files", f"{size} bytes, at most {UPLOAD_LIMIT}")
    for name in files:
        if not FILE_NAME.fullmatch(name):
            yield Violation(Rule.SHAPE, "files", f"{name!r} has other characters than letters, digits, '-', '_', '.'")
    kept = _kept_attachments(body, edited)
    yield from _check_attachments(body, files, kept)
    known = {*files, *kept.values()}
    for name in sorted(set(REFERENCE.findall(json.dumps(body))) - known):
        yield Violation(Rule.SHAPE, "files", f"{name} is referred to but was not uploaded")


def _kept_attachments(body: Json, edited: Json | None) -> dict[str, str]:
    current = {str(entry["id"]): entry["filename"] for entry in (edited or {}).get("attachments", [])}
    if body.get("attachments") is None:
        return current
    listed = {str(entry["id"]) for entry in body["attachments"]}
    return {number: name for number, name in current.items() if number in listed}


def _check_attachments(body: Json, files: Mapping[str, bytes], kept: Mapping[str, str]) -> Iterator[Violation]:
    known = {*map(str, range(len(files))), *kept}
    for number, entry in enumerate(body.get("attachments") or []):
        yield from check_length(entry.get("description"), ALT_TEXT, f"attachments.{number}")
        if str(entry["id"]) not in known:
            yield Violation(Rule.SHAPE, f"attachments.{number}.id", "is neither uploaded nor attached already")


def check_mentions(body: Json) -> Iterator[Violation]:
    """Check that no text of the bot can notify anybody on its own; who is replied to may be."""
    texts = [c for c in walk(body.get("components") or []) if c["type"] == ComponentType.TEXT]
    allowed = body.get("allowed_mentions") or {}
    if (body.get("content") or texts) and (allowed.get("parse") != [] or allowed.get("users") or allowed.get("roles")):
        yield Violation(Rule.MENTIONS, "allowed_mentions", "parse must be present and empty, and nobody be listed")


def check_secrets(sent: Iterable[bytes], secrets: Iterable[str]) -> Iterator[Violation]:
    """Check that nothing which is sent holds a secret; never repeat the secret itself."""
    everything = b"\0".join(sent)
    for secret in secrets:
        if secret.encode() in everything:
            yield Violation(Rule.SECRET, "", f"holds the secret that begins with {secret[:3]!r}")
