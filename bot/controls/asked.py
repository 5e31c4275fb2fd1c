"""Controls that only the one who asked may use."""

from __future__ import annotations

from contextlib import suppress

import discord

from bot.translation import choose_language
from bot.words import load_words

LONGEST_LABEL = 80
"""Characters of a button's label."""


class AskersOnly:
    """Mixed into a control: whoever else taps it is told that it is not theirs."""

    asker: int

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Tell whether it is the asker who taps."""
        if interaction.user.id == self.asker:
            return True
        words = load_words(choose_language(interaction.locale.value))
        with suppress(discord.HTTPException):
            await interaction.response.send_message(words["discord"]["not_yours"], ephemeral=True)
        return False
