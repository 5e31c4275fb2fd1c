"""Controls that only those may use who may manage the server."""

from __future__ import annotations

from contextlib import suppress

import discord

from bot.calls import tell_privately
from bot.translation import choose_language
from bot.words import load_words


class ManagersOnly:
    """Mixed into a control: whoever may not manage the server is told that it is not theirs."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Tell whether it is one of the managers who taps."""
        return await admit_manager(interaction)


async def admit_manager(interaction: discord.Interaction) -> bool:
    """Tell whether somebody may manage the server they are in; who may not is told so."""
    if interaction.permissions.manage_guild:
        return True
    words = load_words(choose_language(interaction.locale.value))["settings"]
    with suppress(discord.HTTPException):
        await tell_privately(interaction, words["not_yours"])
    return False
