"""Those who may manage a server settle how the bot behaves there, and nobody else does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from discord import ui

from bot.cogs.settings import lay_out_settings
from bot.controls.settings import Switch, name_language
from bot.records.records import Records
from bot.records.servers import ServerSettings
from bot.words import ENGLISH, list_languages, load_words
from tests.bot.conftest import DISCORD_BOT, assert_unharmed, wait_for
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.protocol import InteractionType, Json

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = load_words()["settings"]
DEFAULTS = ServerSettings()
EVERYTHING = ServerSettings(
    channels=frozenset(range(10**18, 10**18 + 25)), private=True, threads=False, feedback=False, language="en"
)
CHANNEL_MENU = 8
MANAGE_GUILD = 1 << 5
QUESTION = "which of the two needs more data?"
LONGER = 1.4
"""How much longer than English another language may be."""


def load_settings(file: Path, fake: FakeDiscord) -> ServerSettings:
    """Return what is kept of the server."""
    url = sa.URL.create("sqlite", database=str(file))
    return Records(url, 30).servers.load_server(int(fake.server.world.guild_id))


@pytest.fixture
def file(data_dir: Path) -> Path:
    return data_dir / "bot.sqlite3"


async def open_afresh(fake: FakeDiscord) -> Reply:
    """Open a panel on the defaults."""
    return await fake.click(await fake.slash("settings"), WORDS["reset"])


async def use(
    fake: FakeDiscord, kind: InteractionType, data: Json, source: Json | None = None, *, permissions: int = MANAGE_GUILD
) -> Reply:
    """Do what somebody does who has these permissions."""
    world = fake.server.world
    exchange = world.interact(kind, data, world.person("eve"), world.general, source)
    exchange.trigger["member"]["permissions"] = str(permissions)
    await fake.server.deliver(exchange)
    await fake.until(lambda: exchange.answered)
    return Reply(exchange)


async def tap(fake: FakeDiscord, reply: Reply, custom_id: str, *, permissions: int = MANAGE_GUILD) -> Reply:
    message, button = reply.find_button(custom_id)
    data = {"custom_id": custom_id, "component_type": button["type"]}
    return await use(fake, InteractionType.COMPONENT, data, message, permissions=permissions)


async def pick_channels(fake: FakeDiscord, panel: Reply, *channels: str, permissions: int = MANAGE_GUILD) -> Reply:
    resolved = {channel: {"id": channel, "type": 0, "name": "a channel", "permissions": "0"} for channel in channels}
    data = {"custom_id": "settings:channels", "component_type": CHANNEL_MENU, "values": list(channels)}
    if channels:
        data["resolved"] = {"channels": resolved}
    return await use(fake, InteractionType.COMPONENT, data, panel.messages[0], permissions=permissions)


def list_preselected(panel: Reply) -> list[str]:
    (menu,) = [part for part in panel.components if part["type"] == CHANNEL_MENU]
    return [str(each["id"]) for each in menu.get("default_values") or []]


async def test_the_command_is_for_servers_and_those_who_manage_them(discord: FakeDiscord) -> None:
    await open_afresh(discord)
    command = discord.server.world.commands["settings"]

    assert command["default_member_permissions"] in {MANAGE_GUILD, str(MANAGE_GUILD)}
    assert (command["contexts"], command["integration_types"]) == ([0], [0])


async def test_the_panel_says_in_sentences_what_holds_and_only_who_opens_it_sees_it(discord: FakeDiscord) -> None:
    await open_afresh(discord)
    panel = await discord.slash("settings")

    assert MessageFlag.EPHEMERAL in panel.flags
    for sentence in (
        WORDS["everywhere"],
        WORDS["private"]["is_off"],
        WORDS["threads"]["is_on"],
        WORDS["feedback"]["is_on"],
        WORDS["language"]["as_discord"],
    ):
        assert sentence in panel.text


@pytest.mark.parametrize(("switch", "default"), [("private", False), ("threads", True), ("feedback", True)])
async def test_a_switch_turns_a_setting_over_and_back_in_the_same_panel(
    switch: str, *, default: bool, discord: FakeDiscord, file: Path
) -> None:
    panel, words = await open_afresh(discord), WORDS[switch]
    back, forth = ("turn_off", "turn_on") if default is False else ("turn_on", "turn_off")
    told = {True: words["is_on"], False: words["is_off"]}

    turned = await discord.click(panel, words[forth])

    assert load_settings(file, discord) == DEFAULTS.model_copy(update={switch: not default})
    assert told[not default] in turned.text
    assert told[default] not in turned.text
    assert [message["id"] for message in turned.messages] == [panel.messages[0]["id"]]

    turned = await discord.click(turned, words[back])

    assert load_settings(file, discord) == DEFAULTS
    assert told[default] in turned.text


async def test_what_is_switched_holds_at_once(discord: FakeDiscord) -> None:
    panel = await open_afresh(discord)
    openly = await discord.slash("ask", question=QUESTION)
    await discord.click(panel, WORDS["private"]["turn_on"])
    privately = await discord.slash("ask", question=QUESTION)
    await open_afresh(discord)

    assert MessageFlag.EPHEMERAL not in openly.flags
    assert MessageFlag.EPHEMERAL in privately.flags


async def test_a_tap_does_what_its_label_said_although_the_panel_is_old(discord: FakeDiscord, file: Path) -> None:
    """Two people, or one in haste, tap the same button: the second tap changes nothing more."""
    panel = await open_afresh(discord)

    await asyncio.gather(*(tap(discord, panel, "settings:private:on") for _ in range(2)))

    assert load_settings(file, discord).private


async def test_quick_changes_of_different_settings_are_all_kept(discord: FakeDiscord, file: Path) -> None:
    panel = await open_afresh(discord)
    general = discord.server.world.general["id"]

    await asyncio.gather(
        tap(discord, panel, "settings:private:on"),
        tap(discord, panel, "settings:threads:off"),
        tap(discord, panel, "settings:feedback:off"),
        pick_channels(discord, panel, general),
    )

    changed = {"private": True, "threads": False, "feedback": False, "channels": frozenset({int(general)})}
    assert load_settings(file, discord) == DEFAULTS.model_copy(update=changed)


async def test_channels_are_picked_and_none_means_everywhere(discord: FakeDiscord, file: Path) -> None:
    """A channel that is gone is still told, but not offered to Discord as chosen."""
    panel, general, gone = await open_afresh(discord), discord.server.world.general["id"], "17"

    picked = await pick_channels(discord, panel, general, gone)

    assert load_settings(file, discord).channels == {int(general), int(gone)}
    assert f"<#{general}>" in picked.text
    assert list_preselected(picked) == [general]

    picked = await pick_channels(discord, panel)

    assert load_settings(file, discord) == DEFAULTS
    assert WORDS["everywhere"] in picked.text
    assert list_preselected(picked) == []


async def test_a_language_is_picked_or_left_to_discord(discord: FakeDiscord, file: Path) -> None:
    panel, name = await open_afresh(discord), name_language(ENGLISH)

    picked = await discord.select(panel, name)

    assert load_settings(file, discord).language == ENGLISH
    assert WORDS["language"]["chosen"].format(language=name) in picked.text

    left = await discord.select(panel, WORDS["as_discord"])

    assert load_settings(file, discord) == DEFAULTS
    assert WORDS["language"]["as_discord"] in left.text


async def test_reset_goes_back_to_the_defaults(discord: FakeDiscord, file: Path) -> None:
    panel = await open_afresh(discord)
    await discord.click(panel, WORDS["threads"]["turn_off"])
    await discord.select(panel, name_language(ENGLISH))

    reset = await discord.click(panel, WORDS["reset"])

    assert load_settings(file, discord) == DEFAULTS
    assert WORDS["threads"]["is_on"] in reset.text
    assert WORDS["language"]["as_discord"] in reset.text


@pytest.mark.parametrize("permissions", [0, ~MANAGE_GUILD & ((1 << 51) - 1)])
async def test_whoever_may_not_manage_the_server_changes_nothing(
    permissions: int, discord: FakeDiscord, file: Path
) -> None:
    """Neither by the command, which a server may have given to them, nor by a panel of somebody else."""
    panel = await open_afresh(discord)
    command = discord.server.world.commands["settings"]
    opened = {"id": command["id"], "name": "settings", "type": 1, "options": []}
    before = panel.text

    refused = [
        await use(discord, InteractionType.COMMAND, opened, permissions=permissions),
        await tap(discord, panel, "settings:private:on", permissions=permissions),
        await tap(discord, panel, "settings:reset", permissions=permissions),
        await pick_channels(discord, panel, discord.server.world.general["id"], permissions=permissions),
    ]

    assert [reply.text for reply in refused] == [WORDS["not_yours"]] * len(refused)
    assert all(MessageFlag.EPHEMERAL in reply.flags for reply in refused)
    assert load_settings(file, discord) == DEFAULTS
    assert panel.text == before


async def test_settings_and_panels_outlive_a_restart_and_go_with_the_bot(
    bot_env: dict[str, str], tmp_path: Path
) -> None:
    """A server that cannot be reached for a while is no server that the bot has left."""
    file = tmp_path / "bot.sqlite3"
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DATABASE_URL": f"sqlite:///{file}"})
        await fake.ready()
        panel = await fake.slash("settings")
        await fake.click(panel, WORDS["private"]["turn_on"])
        assert await fake.stop_bot() == 0

        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DATABASE_URL": f"sqlite:///{file}"})
        await fake.ready()
        turned = await fake.click(panel, WORDS["threads"]["turn_off"])

        assert WORDS["private"]["is_on"] in turned.text
        assert WORDS["threads"]["is_off"] in turned.text
        settled = DEFAULTS.model_copy(update={"private": True, "threads": False})
        assert load_settings(file, fake) == settled

        guild = {"id": fake.server.world.guild_id}
        await fake.server.gateway.dispatch("GUILD_DELETE", {**guild, "unavailable": True})
        assert (await fake.dm("hello")).messages
        assert load_settings(file, fake) == settled

        await fake.server.gateway.dispatch("GUILD_DELETE", guild)
        await wait_for(lambda: load_settings(file, fake) == DEFAULTS)
        assert_unharmed(fake)


async def test_a_broken_database_costs_no_more_than_the_change(bot_env: dict[str, str], tmp_path: Path) -> None:
    """Whoever changes something is told, answers are private meanwhile, and once the file is mended the tap works."""
    file = tmp_path / "bot.sqlite3"
    break_file(file)
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DATABASE_URL": f"sqlite:///{file}"})
        await fake.ready()
        panel = await fake.slash("settings")

        for told in [
            await fake.click(panel, WORDS["threads"]["turn_off"]),
            await fake.click(panel, WORDS["reset"]),
            await pick_channels(fake, panel, fake.server.world.general["id"]),
        ]:
            assert WORDS["failed"] in told.text
            assert MessageFlag.EPHEMERAL in told.flags
            assert WORDS["private"]["is_on"] in panel.text
            assert WORDS["everywhere"] in panel.text
        assert "the settings of a server could not be kept" in fake.log

        mend_file(file)
        turned = await fake.click(panel, WORDS["threads"]["turn_off"])

        assert WORDS["threads"]["is_off"] in turned.text
        assert WORDS["private"]["is_off"] in turned.text
        assert load_settings(file, fake) == ServerSettings(threads=False)
        assert_unharmed(fake)


@pytest.mark.parametrize("held", [DEFAULTS, EVERYTHING])
@pytest.mark.parametrize("language", list_languages())
async def test_the_panel_keeps_discords_limits_in_every_language(language: str, held: ServerSettings) -> None:
    longer = LONGER if language == ENGLISH else 1.0
    panel = lay_out_settings(held, language, None)

    assert panel.content_length() * longer <= 4_000
    for label in list_labels(panel, ui.Button, "label"):
        assert len(label) * longer <= 80
    for placeholder in list_labels(panel, ui.ChannelSelect, "placeholder"):
        assert len(placeholder) * longer <= 150
    assert len(load_words(language)["settings"]["as_discord"]) * longer <= 100


def list_labels(panel: ui.LayoutView, kind: type[Any], name: str) -> list[str]:
    """Return the labels of all controls of a kind, at least one."""
    controls = [part.item for part in panel.walk_children() if isinstance(part, ui.DynamicItem)]
    labels = [getattr(control, name) for control in controls if isinstance(control, kind)]
    assert labels
    return labels


@pytest.mark.parametrize("language", list_languages())
async def test_every_language_there_are_words_in_has_a_name(language: str) -> None:
    assert name_language(language) != language


async def test_every_switch_is_a_setting() -> None:
    assert {switch.value for switch in Switch} <= ServerSettings.model_fields.keys()


def break_file(file: Path) -> None:
    file.write_text("no database " * 100)


def mend_file(file: Path) -> None:
    """Move it away, as the log advises."""
    file.unlink()
