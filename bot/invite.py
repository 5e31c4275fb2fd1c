"""What the bot has to be allowed in a server, and the links that install it with just that."""

from __future__ import annotations

import base64
import binascii
import re

from discord import Permissions
from discord.utils import oauth_url

from bot.errors import ConfigurationError
from bot.settings import Settings
from bot.words import load_words

PERMISSIONS = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
    attach_files=True,
)
"""All that the bot needs; whoever installs it, checks it or writes about it takes it from here."""
IN_SERVER, FOR_USER = 0, 1
"""Discord's integration types."""
TOKEN = re.compile(r"([\w-]+)\.[\w-]+\.[\w-]+", re.ASCII)
ID = re.compile(rb"[0-9]{15,20}")


def read_application_id(token: str) -> int | None:
    """Return the id in the first part of a bot's token; None where the token does not have that shape."""
    shaped = TOKEN.fullmatch(token.strip())
    try:
        # Discord leaves out the padding, and the decoder takes more of it than is needed.
        decoded = base64.urlsafe_b64decode(f"{shaped[1]}==") if shaped else b""
    except binascii.Error:
        return None
    return int(decoded) if ID.fullmatch(decoded) else None


def find_application_id(settings: Settings) -> int:
    """Return the id in the token; ConfigurationError, without the token, where there is none."""
    if settings.discord_token is None:
        remedy = "set it or give --application-id"
        raise ConfigurationError(f"DISCORD_TOKEN must hold the bot's token and is not set; {remedy}")
    found = read_application_id(settings.discord_token.get_secret_value())
    if found is None:
        rule = "DISCORD_TOKEN must begin with the application's id, encoded, and does not"
        raise ConfigurationError(f"{rule}; copy it again from Discord's developer portal or give --application-id")
    return found


def link_server_install(application_id: int) -> str:
    """Return the link that puts the bot into a server, with the permissions it needs."""
    scopes = ("bot", "applications.commands")
    return f"{oauth_url(application_id, permissions=PERMISSIONS, scopes=scopes)}&integration_type={IN_SERVER}"


def link_user_install(application_id: int) -> str:
    """Return the link by which people install the commands for themselves."""
    return f"{oauth_url(application_id, scopes=('applications.commands',))}&integration_type={FOR_USER}"


def name_permissions(permissions: Permissions) -> str:
    """Return the names that Discord shows for permissions, those that the bot needs."""
    granted = dict(permissions)
    return ", ".join(name for flag, name in load_words()["invite"]["permissions"].items() if granted[flag])


def phrase_invitation(application_id: int) -> str:
    """Return both links, and what they ask for."""
    return str(
        load_words()["invite"]["text"].format(
            server=link_server_install(application_id),
            permissions=name_permissions(PERMISSIONS),
            user=link_user_install(application_id),
        )
    )
