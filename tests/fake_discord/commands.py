"""Which commands a person finds where, and what using one sends."""

from __future__ import annotations

from collections.abc import Sequence

from .payloads import member
from .protocol import CommandType, Context, Installation, Json, Permission
from .whereabouts import Profile, context_of, installation_at
from .world import World


def find_command(world: World, kind: CommandType, name: str, person: Json, channel: Json) -> Json:
    """Return the command a person sees under this name; `LookupError` where there is none, or none for them there."""
    registered = {command["name"]: command for command in world.registered if command["type"] == kind}
    if name not in registered:
        raise LookupError(f"no command {name!r}; there are {sorted(registered)}")
    command = registered[name]
    if reason := _find_obstacle(command, world.profile(person), channel, world.guild_id):
        raise LookupError(f"no command {name!r} for {person['username']} here: {reason}")
    return command


def _find_obstacle(command: Json, profile: Profile, channel: Json, home: str) -> str | None:
    context, installation = context_of(channel), installation_at(channel, home)
    if context not in _list_contexts(command):
        return f"it is not for the context {context.name}"
    if context != Context.BOT_DM and installation not in _list_installations(command):
        return f"it is not for the installation by {installation.name}"
    # What is asked of members concerns guilds that have installed the bot.
    if context == Context.GUILD and installation == Installation.GUILD and not _may_use(command, profile.permissions):
        return f"it takes the permissions {Permission(int(command['default_member_permissions']))!r}"
    return None


def _list_contexts(command: Json) -> Sequence[int]:
    if command.get("contexts") is not None:
        return [*command["contexts"]]
    return [Context.GUILD] if command.get("dm_permission") is False else [*Context]


def _list_installations(command: Json) -> Sequence[int]:
    return command.get("integration_types") or [Installation.GUILD]


def _may_use(command: Json, permissions: Permission) -> bool:
    needed = command["default_member_permissions"]
    if needed is None or Permission.ADMINISTRATOR in permissions:
        return True
    # 0 stands for nobody, administrators apart.
    return int(needed) != 0 and int(needed) & ~int(permissions) == 0


def target_message(command: Json, message: Json) -> Json:
    """Return the data of a command from the menu of a message."""
    return _target(command, message["id"], {"messages": {message["id"]: message}})


def target_person(command: Json, person: Json, profile: Profile, channel: Json) -> Json:
    """Return the data of a command from the menu of a person, who in a guild is a member."""
    resolved = {"users": {person["id"]: person}}
    if context_of(channel) == Context.GUILD:
        known = {key: value for key, value in member(person).items() if key not in ("user", "deaf", "mute")}
        resolved["members"] = {person["id"]: known | {"permissions": profile.granted}}
    return _target(command, person["id"], resolved)


def _target(command: Json, target_id: str, resolved: Json) -> Json:
    identity = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return {**identity, "target_id": target_id, "resolved": resolved}
