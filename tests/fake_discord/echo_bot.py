"""A bot that does a little of everything the fake answers."""

import io
import os

import discord
from discord import app_commands, ui

client = discord.Client(
    intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
    allowed_mentions=discord.AllowedMentions.none(),
)
tree = app_commands.CommandTree(client)
Interaction = discord.Interaction[discord.Client]


class Form(ui.Modal, title="Tell me more"):
    """Repeats what is written into it, only to the writer."""

    goal: ui.Label["Form"] = ui.Label(text="Goal", component=ui.TextInput["Form"](max_length=100))

    async def on_submit(self, interaction: Interaction) -> None:
        """Answer privately, and add a follow-up."""
        assert isinstance(self.goal.component, ui.TextInput)
        await interaction.response.send_message(self.goal.component.value, ephemeral=True)
        await interaction.followup.send("noted")


class Buttons(ui.View):
    """One button for each way to go on."""

    @ui.button(label="More")
    async def more(self, interaction: Interaction, _: ui.Button["Buttons"]) -> None:
        """Open the form."""
        await interaction.response.send_modal(Form())

    @ui.button(label="Done")
    async def done(self, interaction: Interaction, _: ui.Button["Buttons"]) -> None:
        """Change the message and take the buttons away."""
        await interaction.response.edit_message(content="done", view=None)

    @ui.button(emoji="🗑️")
    async def away(self, interaction: Interaction, _: ui.Button["Buttons"]) -> None:
        """Take the message back."""
        await interaction.response.defer()
        message = await interaction.original_response()
        await message.delete()

    @ui.select(options=[discord.SelectOption(label="Cost"), discord.SelectOption(label="Data")])
    async def pick(self, interaction: Interaction, menu: ui.Select["Buttons"]) -> None:
        """Defer, then change the message."""
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"picked {menu.values[0]}")


@tree.command()
async def echo(interaction: Interaction, text: str) -> None:
    """Defer, then repeat the text with a picture and buttons."""
    await interaction.response.defer(thinking=True)
    picture = discord.File(io.BytesIO(b"pixels"), "echo.png", description="An echo")
    await interaction.edit_original_response(content=text, view=Buttons(), attachments=[picture])


@echo.autocomplete("text")
async def suggest(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Suggest what was typed."""
    return [app_commands.Choice(name=f"{current}!", value=current)]


@tree.command()
async def shout(interaction: Interaction) -> None:
    """Break two rules: mentions are not restricted, and a secret is told."""
    everybody = discord.AllowedMentions.all()
    await interaction.response.send_message(os.environ["API_KEY"], allowed_mentions=everybody)


@tree.command()
async def overflow(interaction: Interaction) -> None:
    """Send more than a message can hold."""
    await interaction.response.send_message("x" * 2001)


@tree.command()
async def sleep(interaction: Interaction) -> None:
    """Never acknowledge."""


@client.event
async def setup_hook() -> None:
    """Register the commands."""
    await tree.sync()


@client.event
async def on_message(message: discord.Message) -> None:
    """Repeat what people say, as far as it can be read."""
    if not message.author.bot:
        async with message.channel.typing():
            await message.reply(f"heard: {message.clean_content}")


client.run(os.environ["DISCORD_TOKEN"])
