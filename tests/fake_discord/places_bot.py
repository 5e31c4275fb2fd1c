"""A bot that tells where it is used and by whom, and tries what it may not be allowed to."""

import io
import json
import os
from collections.abc import Awaitable

import discord
from discord import app_commands, ui

client = discord.Client(
    intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
    allowed_mentions=discord.AllowedMentions.none(),
)
tree = app_commands.CommandTree(
    client,
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
)
Interaction = discord.Interaction[discord.Client]
remembered: list[Interaction] = []
written: list[discord.Message] = []


def describe(interaction: Interaction) -> str:
    """Return what the bot knows of a place and a person, as JSON."""
    here = interaction.context
    facts = {
        "context": [here.guild, here.dm_channel, here.private_channel].index(True),
        "guild": interaction.guild_id is not None,
        "of_guild": interaction.is_guild_integration(),
        "of_user": interaction.is_user_integration(),
        "member": isinstance(interaction.user, discord.Member),
        "manager": interaction.permissions.manage_guild,
        "threads": interaction.app_permissions.create_public_threads,
        "locale": [str(interaction.locale), interaction.guild_locale and str(interaction.guild_locale)],
    }
    return json.dumps(facts)


async def attempt(action: Awaitable[object]) -> str:
    """Return how it went: done, or the code with which Discord refuses it."""
    try:
        await action
    except discord.HTTPException as error:
        return str(error.code)
    return "done"


class Form(ui.Modal, title="Anything"):
    """Is answered with where it was sent."""

    mood: ui.Label["Form"] = ui.Label(
        text="Mood",
        component=ui.Select["Form"](
            required=False, options=[discord.SelectOption(label="Good"), discord.SelectOption(label="Bad")]
        ),
    )

    async def on_submit(self, interaction: Interaction) -> None:
        """Tell where."""
        assert isinstance(self.mood.component, ui.Select)
        await interaction.response.send_message(f"{describe(interaction)}{self.mood.component.values}")


class Buttons(ui.View):
    """Two ways to go on, known by their ids alone."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Again", custom_id="again")
    async def again(self, interaction: Interaction, _: ui.Button["Buttons"]) -> None:
        """Tell where the button was clicked."""
        await interaction.response.send_message(describe(interaction))

    @ui.button(label="Form", custom_id="form")
    async def form(self, interaction: Interaction, _: ui.Button["Buttons"]) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())


@tree.command()
async def where(interaction: Interaction, note: str = "") -> None:
    """Tell where; being asked a second time is no error."""
    await attempt(interaction.response.send_message(describe(interaction) + note, view=Buttons()))


@where.autocomplete("note")
async def suggest(interaction: Interaction, _: str) -> list[app_commands.Choice[str]]:
    """Suggest the context and whether it is a guild's."""
    known = json.loads(describe(interaction))
    return [app_commands.Choice(name=f"{known['context']} {known['guild']}", value="x")]


@tree.command()
@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def settings(interaction: Interaction) -> None:
    """Tell who manages the guild."""
    await interaction.response.send_message(describe(interaction))


@tree.context_menu(name="Quote it")
async def quote(interaction: Interaction, message: discord.Message) -> None:
    """Tell what a message says, to one person only."""
    await interaction.response.send_message(f"{message.author.name}: {message.content}", ephemeral=True, view=Buttons())


@tree.context_menu(name="Look up")
async def look_up(interaction: Interaction, person: discord.Member | discord.User) -> None:
    """Tell who a person is."""
    known = person.resolved_permissions if isinstance(person, discord.Member) else None
    await interaction.response.send_message(f"{person.name} {known and known.manage_guild}")


@tree.command()
async def chatter(interaction: Interaction) -> None:
    """Answer, and go on and on."""
    await interaction.response.send_message("0")
    told = [await attempt(interaction.followup.send(str(number))) for number in range(1, 7)]
    await interaction.edit_original_response(content=" ".join(told))


@tree.command()
async def whisper(interaction: Interaction) -> None:
    """Answer everybody, then add something for one person, and change both."""
    picture = discord.File(io.BytesIO(b"old"), "old.png")
    await interaction.response.send_message("to all", file=picture)
    added = await interaction.followup.send("to you", ephemeral=True, wait=True)
    await added.edit(content="to you only")
    await interaction.edit_original_response(attachments=[discord.File(io.BytesIO(b"new"), "new.png")])


@tree.command()
async def postpone(interaction: Interaction) -> None:
    """Begin in public, and go on in private, which Discord does not let happen."""
    await interaction.response.defer(thinking=True)
    await interaction.followup.send("late", ephemeral=True)


@tree.command()
async def remember(interaction: Interaction) -> None:
    """Answer, and keep the token."""
    await interaction.response.send_message("kept")
    remembered.append(interaction)


@tree.command()
async def recall(interaction: Interaction) -> None:
    """Change the answer whose token was kept."""
    await interaction.response.send_message(await attempt(remembered[-1].edit_original_response(content="changed")))


@tree.command()
async def write(interaction: Interaction) -> None:
    """Write to the person in private."""
    await interaction.response.send_message(await attempt(interaction.user.send("hello")))


@tree.command()
async def thread(interaction: Interaction) -> None:
    """Open a thread beside the answer."""
    assert isinstance(interaction.channel, discord.TextChannel)
    public = discord.ChannelType.public_thread
    opening = interaction.channel.create_thread(name="Beside", type=public)
    await interaction.response.send_message(await attempt(opening))


@client.event
async def setup_hook() -> None:
    """Register the commands and the buttons."""
    client.add_view(Buttons())
    await tree.sync()


@client.event
async def on_message(message: discord.Message) -> None:
    """Do what people say."""
    if message.author.bot:
        return
    written.append(message)
    if "thread" in message.content:
        opened = await message.create_thread(name="On it")
        await opened.send("in here")
        await message.channel.send(await attempt(message.create_thread(name="Again")))
    elif "language" in message.content:
        speaks = message.guild and str(message.guild.preferred_locale)
        await message.channel.send(f"{speaks=}")
    elif "before" in message.content:
        await message.channel.send(await attempt(written[-2].reply("about that")))
    elif "delete" in message.content:
        answer = await message.reply(await attempt(message.delete()))
        if "all" in message.content:
            await answer.delete()
    else:
        member = isinstance(message.author, discord.Member)
        place = isinstance(message.channel, discord.Thread)
        await message.channel.send(f"{message.clean_content} {member=} {place=}")


@client.event
async def on_raw_message_delete(gone: discord.RawMessageDeleteEvent) -> None:
    """Print what is gone."""
    print(f"gone: {gone.message_id}")


@client.event
async def on_thread_create(opened: discord.Thread) -> None:
    """Print what was opened."""
    print(f"opened: {opened.name}")


client.run(os.environ["DISCORD_TOKEN"])
