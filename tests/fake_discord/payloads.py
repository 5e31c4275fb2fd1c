"""Discord's objects as JSON, with the keys that discord.py reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime

from .protocol import CommandType, InteractionType, Json, MessageFlag, snowflake

UPLOAD_LIMIT = 10 * 1024 * 1024


def timestamp() -> str:
    """Return the present moment."""
    return datetime.now(UTC).isoformat()


def user(name: str, *, bot: bool = False) -> Json:
    """Return a new account."""
    return {
        "id": snowflake(),
        "username": name,
        "global_name": name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
    }


def member(account: Json) -> Json:
    """Return the account as a member of a guild."""
    return {
        "user": account,
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def application(bot: Json, owner: Json) -> Json:
    """Return what Discord knows of the application behind the bot."""
    return {
        "id": bot["id"],
        "name": bot["username"],
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": owner,
        "team": None,
    }


def command(application_id: str, body: Json) -> Json:
    """Return a command as it is kept once it is registered."""
    needed = body.get("default_member_permissions")
    defaults = {"application_id": application_id, "type": CommandType.SLASH, "description": "", "version": snowflake()}
    return {
        "id": snowflake(),
        **defaults,
        **body,
        "default_member_permissions": None if needed is None else str(needed),
    }


def message(channel_id: str, author: Json) -> Json:
    """Return a new, still empty message."""
    return {
        "id": snowflake(),
        "type": 0,
        "channel_id": channel_id,
        "author": author,
        "content": "",
        "timestamp": timestamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }


def refer(target: Json, replied_to: Json) -> None:
    """Make a message a reply, which addresses the author it replies to."""
    target["type"] = 19
    keys = {"message_id": replied_to["id"], "channel_id": replied_to["channel_id"]}
    target["message_reference"] = keys
    target["referenced_message"] = replied_to
    target["mentions"].append(replied_to["author"])


def interaction(application_id: str, kind: InteractionType, data: Json) -> Json:
    """Return what the bot is told when a person uses it, but for who, where and on whose behalf."""
    return {
        "id": snowflake(),
        "application_id": application_id,
        "type": kind,
        "token": f"interaction-token-{snowflake()}",
        "version": 1,
        "data": data,
        "attachment_size_limit": UPLOAD_LIMIT,
    }


def interaction_metadata(trigger: Json) -> Json:
    """Return what a message tells of the interaction it answers."""
    account = trigger["user"] if "user" in trigger else trigger["member"]["user"]
    owners = trigger["authorizing_integration_owners"]
    identity = {"id": trigger["id"], "type": trigger["type"], "user": account}
    return {**identity, "authorizing_integration_owners": owners}


def fill(target: Json, body: Json, files: dict[str, bytes]) -> None:
    """Change a message the way a body says; what the body does not name stays."""
    named = target | body
    target["content"] = named["content"] or ""
    target["embeds"] = [{"type": "rich", **embed} for embed in named["embeds"]]
    target["components"] = deepcopy(named["components"])
    target["flags"] = (body.get("flags") or 0) | (target["flags"] & ~MessageFlag.LOADING)
    target["attachments"] = _attachments(target["attachments"], named["attachments"], files)
    for number, component in enumerate(walk(target["components"]), 1):
        component.setdefault("id", number)


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Yield every component, each before those inside it."""
    for component in components:
        yield component
        inner = [component[key] for key in ("accessory", "component") if component.get(key)]
        yield from walk([*component.get("components", []), *inner])


def _attachments(current: list[Json], listed: list[Json], files: dict[str, bytes]) -> list[Json]:
    kept_ids = {str(entry["id"]) for entry in listed}
    described = {entry.get("filename"): entry.get("description") for entry in listed}
    kept = [entry for entry in current if entry["id"] in kept_ids]
    return kept + [_attachment(name, data, described.get(name)) for name, data in files.items()]


def _attachment(name: str, data: bytes, description: str | None) -> Json:
    address = f"https://cdn.discord.invalid/{name}"
    return {
        "id": snowflake(),
        "filename": name,
        "size": len(data),
        "url": address,
        "proxy_url": address,
        "description": description,
    }
