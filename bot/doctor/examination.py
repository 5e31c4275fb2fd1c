"""Every check, one after the other; whatever goes wrong in one is what it found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

import structlog

from bot.doctor.account import check_account
from bot.doctor.chat_model import check_chat_model
from bot.doctor.diagnosis import Check, Diagnosis, diagnose, phrase_diagnosis
from bot.doctor.installation import (
    check_data_folder,
    check_gaps,
    check_model,
    check_records,
    check_settings,
    check_space,
    check_store,
)
from bot.doctor.portal import DiscordPortal
from bot.invite import read_application_id
from bot.settings import Settings
from bot.words import load_words

log = structlog.get_logger(__name__)

INSTALLATION: dict[Check, Callable[[Settings], Diagnosis]] = {
    "data_folder": check_data_folder,
    "space": check_space,
    "model": check_model,
    "store": check_store,
    "gaps": check_gaps,
    "records": check_records,
    "chat_model": check_chat_model,
}


def examine() -> Iterator[Diagnosis]:
    """Yield what each check finds, as it finds it; never raises."""
    settings, found = check_settings()
    yield found
    if settings is None:
        return
    for check, look in INSTALLATION.items():
        yield from attempt(check, map(look, [settings]))
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    shape = check_token(token)
    yield shape
    if shape.status == "fine":
        yield from attempt("discord", _ask_discord(token))


def check_token(token: str) -> Diagnosis:
    """Look at the token's shape alone: what is no token must not be sent anywhere."""
    if not token:
        return diagnose("token", "warning", "absent")
    if read_application_id(token) is None:
        return diagnose("token", "broken", "misshapen")
    return diagnose("token", "fine", "shaped")


def attempt(check: Check, found: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
    """Yield what a check finds as it looks; that it broke, where it does."""
    try:
        yield from found
    except Exception as error:
        log.exception("a check failed", check=check)
        words = load_words()["doctor"]["unforeseen"]
        yield phrase_diagnosis(check, "broken", words, {"error": type(error).__name__})


def _ask_discord(token: str) -> Iterator[Diagnosis]:
    async def ask() -> list[Diagnosis]:
        async with DiscordPortal(token) as portal:
            return await check_account(portal)

    yield from asyncio.run(ask())
