"""The limits of embeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.fake_discord.journal import Violation
from tests.fake_discord.protocol import Json

from .bounds import Lengths, check_count, check_length, check_lengths, check_present

EMBEDS, EMBED_TEXT, FIELDS = 10, 6000, 25

EMBED: Final[Lengths] = {"title": 256, "description": 4096}
PARTS: Final[Mapping[str, Lengths]] = {"footer": {"text": 2048}, "author": {"name": 256}}
FIELD: Final[Lengths] = {"name": 256, "value": 1024}


def check_embeds(embeds: Sequence[Json]) -> Iterator[Violation]:
    """Check each embed, and the text of all of them together."""
    yield from check_count(embeds, 0, EMBEDS, "embeds")
    texts = [text for embed in embeds for text in embed_texts(embed)]
    yield from check_length("".join(texts), EMBED_TEXT, "embeds")
    for number, embed in enumerate(embeds):
        yield from _check_embed(embed, f"embeds.{number}")


def _check_embed(embed: Json, path: str) -> Iterator[Violation]:
    yield from check_lengths(embed, EMBED, path)
    for part, limits in PARTS.items():
        yield from check_lengths(embed.get(part) or {}, limits, f"{path}.{part}")
    fields = embed.get("fields") or []
    yield from check_count(fields, 0, FIELDS, f"{path}.fields")
    for number, entry in enumerate(fields):
        yield from check_lengths(entry, FIELD, f"{path}.fields.{number}")
        yield from check_present(entry, FIELD, f"{path}.fields.{number}")


def embed_texts(embed: Json) -> Iterator[str]:
    """Yield the texts of an embed in the order a reader meets them."""
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for entry in embed.get("fields") or []:
        yield entry["name"]
        yield entry["value"]
    yield (embed.get("footer") or {}).get("text") or ""
