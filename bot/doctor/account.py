"""The checks that ask Discord: the login, intents, permissions in each server, commands, User Install."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from discord import ApplicationFlags, Permissions

from bot.doctor.commands import Differences, compare_commands, list_commands
from bot.doctor.diagnosis import Check, Diagnosis, diagnose, phrase_diagnosis
from bot.doctor.portal import Application, Payload, Portal, PortalError, Server
from bot.invite import FOR_USER, PERMISSIONS, name_permissions
from bot.words import load_words

T = TypeVar("T")


async def check_account(portal: Portal) -> list[Diagnosis]:
    """Return what Discord says about the bot; one line only where it does not let it in."""
    try:
        application = await portal.fetch_application()
    except PortalError as error:
        return [diagnose_trouble("discord", error)]
    return [
        check_login(application),
        check_intents(application),
        *await _judge("servers", portal.fetch_servers(), check_servers),
        *await _judge("commands", portal.fetch_commands(application.id), partial(check_commands, list_commands())),
        check_user_install(application),
    ]


def check_login(application: Application) -> Diagnosis:
    """Say that the bot is let in, and whether what people do in Discord reaches it."""
    if application.interactions_endpoint_url:
        return diagnose("discord", "broken", "diverted", url=application.interactions_endpoint_url)
    return diagnose("discord", "fine", "let_in", name=application.name)


def check_intents(application: Application) -> Diagnosis:
    """Look for privileged intents that are on, each of which has a flag for small bots and one for large ones."""
    flags = {flag for flag, on in ApplicationFlags._from_value(application.flags) if on}  # noqa: SLF001
    names = load_words()["doctor"]["intent_names"]
    on = [name for key, name in names.items() if flags & {f"gateway_{key}", f"gateway_{key}_limited"}]
    if on:
        return diagnose("intents", "warning", "needless", intents=", ".join(on))
    return diagnose("intents", "fine", "unused")


def check_servers(servers: Iterable[Server]) -> list[Diagnosis]:
    """Name each server where permissions are missing, with these; whoever may do everything lacks none."""
    lacking = {server: PERMISSIONS & ~Permissions(server.permissions) for server in servers}
    if not lacking:
        return [diagnose("servers", "warning", "nowhere")]
    found = [
        diagnose("servers", "warning", "lacking", server=server.name, permissions=name_permissions(missing))
        for server, missing in lacking.items()
        if missing and not Permissions(server.permissions).administrator
    ]
    return found or [diagnose("servers", "fine", "allowed", count=len(lacking))]


def check_commands(wanted: Sequence[Payload], registered: Iterable[Payload]) -> list[Diagnosis]:
    """Name each command that Discord does not have as it is wanted."""
    differences = compare_commands(wanted, registered)
    if differences == Differences((), (), ()):
        return [diagnose("commands", "fine", "registered", count=len(wanted))]
    words = load_words()["doctor"]["differences"]
    said = [words[kind].format(names=", ".join(names)) for kind, names in vars(differences).items() if names]
    return [diagnose("commands", "warning", "different", differences="; ".join(said))]


def check_user_install(application: Application) -> Diagnosis:
    if str(FOR_USER) in (application.integration_types_config or {}):
        return diagnose("user_install", "fine", "enabled")
    return diagnose("user_install", "warning", "disabled")


def diagnose_trouble(check: Check, error: PortalError) -> Diagnosis:
    """Say in one line why Discord did not tell what it was asked."""
    words = load_words()["doctor"]["failures"]
    values = {"asked": words["asked"][check], "detail": error.detail}
    return phrase_diagnosis(check, "broken", words[error.trouble], values)


async def _judge(check: Check, asked: Awaitable[T], judge: Callable[[T], list[Diagnosis]]) -> list[Diagnosis]:
    try:
        return judge(await asked)
    except PortalError as error:
        return [diagnose_trouble(check, error)]
