"""What an interaction tells of the place it happens at, and of whoever causes it."""

from __future__ import annotations

from dataclasses import dataclass

from .payloads import member
from .places import ORDINARY
from .protocol import ChannelType, Context, Installation, Json, Permission

GUEST = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE
"""What a bot may do where only a person has brought it."""
EVERYTHING = Permission((1 << 51) - 1)


@dataclass(frozen=True)
class Profile:
    """What matters of a person beside the account."""

    locale: str = "en-US"
    permissions: Permission = EVERYTHING
    takes_messages: bool = True

    @property
    def granted(self) -> str:
        """The permissions as Discord tells them: an administrator has them all."""
        total = EVERYTHING if Permission.ADMINISTRATOR in self.permissions else self.permissions
        return str(int(total))


@dataclass(frozen=True)
class Home:
    """The guild that the bot is a member of."""

    id: str
    locale: str


def context_of(channel: Json) -> Context:
    """Return what kind of place a channel is for a command."""
    if "guild_id" in channel:
        return Context.GUILD
    return Context.BOT_DM if channel["type"] == ChannelType.DIRECT else Context.PRIVATE


def installation_at(channel: Json, home: str) -> Installation:
    """Return who has installed the bot where it is used; its own guild has this id."""
    own = channel["type"] == ChannelType.DIRECT or channel.get("guild_id") == home
    return Installation.GUILD if own else Installation.USER


def show_whereabouts(person: Json, profile: Profile, channel: Json, home: Home) -> Json:
    """Return what an interaction tells of the place, of the person, and of what both allow."""
    return {
        "channel": channel,
        "channel_id": channel["id"],
        "context": context_of(channel),
        "authorizing_integration_owners": _find_owners(person, channel, home),
        "app_permissions": str(int(_permit_bot(channel, home))),
        "locale": profile.locale,
        **_show_person(person, profile, channel, home),
    }


def _find_owners(person: Json, channel: Json, home: Home) -> dict[str, str]:
    match installation_at(channel, home.id):
        case Installation.GUILD:
            return {"0": channel.get("guild_id", "0")}
        case Installation.USER:
            return {"1": person["id"]}


def _permit_bot(channel: Json, home: Home) -> Permission:
    match context_of(channel):
        case Context.GUILD:
            return ORDINARY if channel["guild_id"] == home.id else GUEST
        case Context.BOT_DM:
            return GUEST | Permission.EXTERNAL_EMOJIS
        case Context.PRIVATE:
            return GUEST


def _show_person(person: Json, profile: Profile, channel: Json, home: Home) -> Json:
    guild_id = channel.get("guild_id")
    if guild_id is None:
        return {"user": person}
    return {
        "guild_id": guild_id,
        "guild": {"id": guild_id, "locale": home.locale, "features": []},
        "guild_locale": home.locale,
        "member": {**member(person), "permissions": profile.granted},
    }
