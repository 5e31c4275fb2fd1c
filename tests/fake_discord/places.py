"""Where people meet: the bot's guild with its threads, private channels, and places that the bot is only brought to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .payloads import member, timestamp
from .protocol import ChannelType, Json, Permission, snowflake

Where = Literal["guild", "dm", "foreign_guild", "group_dm"]
"""The bot's own guild, a private channel with it, and two places where only a person has installed it."""

THREADS = (ChannelType.THREAD, ChannelType.PRIVATE_THREAD)

# What everybody may do where nobody has changed anything; the bot may do no more.
ORDINARY = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_HISTORY
    | Permission.EXTERNAL_EMOJIS
    | Permission.USE_COMMANDS
    | Permission.CREATE_THREADS
    | Permission.SEND_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)


def text_channel(guild_id: str) -> Json:
    """Return a channel of the guild."""
    return {
        "id": snowflake(),
        "type": ChannelType.TEXT,
        "guild_id": guild_id,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
    }


def direct_channel(person: Json) -> Json:
    """Return the private channel between the bot and a person."""
    return {"id": snowflake(), "type": ChannelType.DIRECT, "last_message_id": None, "recipients": [person]}


def group_channel() -> Json:
    """Return a private channel of several people, none of them the bot."""
    identity = {"id": snowflake(), "type": ChannelType.GROUP, "name": "A group", "icon": None}
    return {**identity, "owner_id": snowflake(), "last_message_id": None, "recipients": []}


def thread(parent: Json, owner: Json, body: Json, opened_on: Json | None) -> Json:
    """Return a thread; one that is opened on a message has that message's id."""
    now = timestamp()
    duration = body.get("auto_archive_duration") or 1440
    state = {"archived": False, "locked": False, "archive_timestamp": now, "create_timestamp": now}
    return {
        "id": opened_on["id"] if opened_on else snowflake(),
        "type": body.get("type") or ChannelType.THREAD,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner["id"],
        "name": body["name"],
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": body.get("rate_limit_per_user") or 0,
        "last_message_id": None,
        "flags": 0,
        "thread_metadata": {**state, "auto_archive_duration": duration},
    }


def guild(guild_id: str, locale: str, bot: Json, channels: Sequence[Json], threads: Sequence[Json]) -> Json:
    """Return the guild as the bot gets to know it at login."""
    everyone = {
        "id": guild_id,
        "name": "@everyone",
        "permissions": str(int(ORDINARY)),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0},
    }
    return {
        "id": guild_id,
        "name": "A guild",
        "owner_id": snowflake(),
        "member_count": 2,
        "preferred_locale": locale,
        "roles": [everyone],
        "members": [member(bot)],
        "channels": channels,
        "threads": threads,
    }
