"""/cost: three ways of using a model, by somebody's own prices, in words and as a picture."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.calls import acknowledge, insist, tell_privately
from bot.costs import LONGEST_CODE, phrase_costs, read_costs, read_currency
from bot.delivery import Delivery
from bot.errors import CostError
from bot.layout import escape_markup, lay_text
from bot.pictures.costs import draw_costs
from bot.pool import compute
from bot.sending import open_files
from bot.translation import name_text
from bot.words import load_words

Price = app_commands.Range[float, 0.0]
Tokens = app_commands.Range[int, 0]


class CostCog(commands.Cog):
    """Costs by command."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    @app_commands.command(name=name_text("commands.cost.name"), description=name_text("commands.cost.description"))
    @app_commands.describe(**{name: name_text(f"cost.options.{name}") for name in load_words()["cost"]["options"]})
    async def cost(
        self,
        interaction: discord.Interaction,
        requests: app_commands.Range[int, 1],
        fixed_tokens: Tokens,
        variable_tokens: Tokens,
        output_tokens: Tokens,
        input_price: Price,
        output_price: Price,
        cached_price: Price | None = None,
        tuned_one_off: Price | None = None,
        tuned_input_price: Price | None = None,
        tuned_output_price: Price | None = None,
        tuned_hosting: Price | None = None,
        tuned_prompt_tokens: Tokens | None = None,
        months: app_commands.Range[int, 1, 120] | None = None,
        currency: app_commands.Range[str, 1, LONGEST_CODE] | None = None,
    ) -> None:
        given: dict[str, float | None] = {
            "requests": requests,
            "fixed_tokens": fixed_tokens,
            "variable_tokens": variable_tokens,
            "output_tokens": output_tokens,
            "input_price": input_price,
            "output_price": output_price,
            "cached_price": cached_price,
            "tuned_one_off": tuned_one_off,
            "tuned_input_price": tuned_input_price,
            "tuned_output_price": tuned_output_price,
            "tuned_hosting": tuned_hosting,
            "tuned_prompt_tokens": tuned_prompt_tokens,
            "months": months,
        }
        await self._answer(interaction, given, currency)

    async def _answer(
        self, interaction: discord.Interaction, given: dict[str, float | None], currency: str | None
    ) -> None:
        """Show the comparison with its picture; what breaks a rule is told to nobody but who gave it."""
        async with self.delivery.work():
            if not await self.delivery.admit(interaction):
                return
            try:
                comparison, sign = read_costs(given), read_currency(currency)
            except CostError as error:
                await tell_privately(interaction, escape_markup(str(error)))
                return
            await acknowledge(interaction, private=await self.delivery.premises.is_private(interaction))
            picture = await compute(draw_costs, comparison, sign)
            (view,) = lay_text(phrase_costs(comparison, sign), [picture])
            await insist(lambda: interaction.edit_original_response(view=view, attachments=open_files([picture])))
