"""Whoever asks learns what is kept of them, can have it, and can have it deleted; nobody else can."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cogs.privacy import describe_privacy, pack_export
from bot.controls.privacy import PrivacyAct
from bot.memory import KEPT_FOR
from bot.records.records import Records
from bot.settings import Settings
from bot.words import ENGLISH, list_languages, load_words
from knowledge.signals import Need
from retrieval.questions import load_questions
from tests.bot.conftest import DISCORD_BOT, assert_unharmed
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.protocol import InteractionType

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS, DISCORD_WORDS = load_words()["privacy"], load_words()["discord"]
KEEP_DAYS, GAP_DAYS = (Settings.model_fields[name].default for name in ("keep_days", "gap_days"))
PANEL = describe_privacy(WORDS, KEEP_DAYS, GAP_DAYS)
SUBJECTS = ("conversations", "shown_replies", "feedback")
SECRET = "zanzibar"
PROJECT = f"We have 5000 labelled tickets about {SECRET}, two ML engineers; it is one fixed task in one strict format."
IN_VAIN = "What is the capital of France?"
NEED = load_questions()[Need.DATA_REQUIREMENT].name
LONGER = 1.4
"""How much longer than English another language may be."""


@pytest.fixture
def file(data_dir: Path) -> Path:
    return data_dir / "bot.sqlite3"


def count_kept(file: Path, fake: FakeDiscord, by: str) -> int:
    records = Records(sa.URL.create("sqlite", database=str(file)), KEEP_DAYS)
    return sum(map(len, records.export_user(int(fake.server.world.person(by)["id"])).values()))


def find_words(file: Path, word: str) -> bool:
    """Tell whether a word stands anywhere in a file."""
    return word.encode() in file.read_bytes()


def read_export(fake: FakeDiscord) -> dict[str, Any]:
    """Return what is in the file that was sent last."""
    (content,) = next(call.files for call in reversed(fake.calls) if call.files).values()
    export: dict[str, Any] = json.loads(content)
    return export


def list_labels(reply: Reply) -> list[str]:
    return [part["label"] for part in reply.components if part.get("label")]


async def leave_traces(fake: FakeDiscord, by: str) -> Reply:
    """Leave a conversation, a reply that is kept, and a thumb; return the reply."""
    reply = await fake.slash("advise", project=PROJECT, by=by)
    # The first picture of a process is drawn slowly.
    await fake.until(lambda: reply.messages, within=60)
    thanked = await fake.click(reply, "👍")
    assert DISCORD_WORDS["feedback"]["thanks"] in thanked.text
    return reply


async def open_panel(fake: FakeDiscord, by: str, where: str) -> Reply:
    """Use the command in a server, in a direct message, or where only the user has installed the bot."""
    if where != "user_install":
        return await fake.slash("privacy", by=by, in_dm=where == "dm")
    world, command = fake.server.world, fake.server.world.commands["privacy"]
    data = {"id": command["id"], "name": "privacy", "type": 1, "options": []}
    exchange = world.interact(InteractionType.COMMAND, data, world.person(by), world.general, None)
    exchange.trigger["authorizing_integration_owners"] = {"1": world.person(by)["id"]}
    await fake.server.deliver(exchange)
    await fake.until(lambda: exchange.answered)
    return Reply(exchange)


async def test_the_command_is_there_everywhere(discord: FakeDiscord) -> None:
    await discord.slash("privacy")
    command = discord.server.world.commands["privacy"]

    assert command["default_member_permissions"] is None
    assert (command["contexts"], command["integration_types"]) == ([0, 1, 2], [0, 1])


@pytest.mark.parametrize("where", ["guild", "dm", "user_install"])
async def test_the_panel_tells_what_is_kept_and_only_who_asks_sees_it(where: str, discord: FakeDiscord) -> None:
    panel = await open_panel(discord, "ada", where)

    assert panel.text == PANEL
    assert MessageFlag.EPHEMERAL in panel.flags
    assert list_labels(panel) == [WORDS["export"], WORDS["delete"]]


async def test_it_names_how_long_in_numbers() -> None:
    told = describe_privacy(WORDS, 7, 11)

    assert "7 days" in told
    assert "11 days" in told
    assert f"{KEPT_FOR // 3_600} hours" in told


@pytest.mark.parametrize("where", ["guild", "dm", "user_install"])
async def test_an_export_holds_all_that_is_kept_of_whoever_taps_and_of_nobody_else(
    where: str, discord: FakeDiscord
) -> None:
    asker, other = f"bob-{where}", f"eve-{where}"
    await leave_traces(discord, asker)
    await discord.slash("advise", project="Help me with another project", by=other)
    panel = await open_panel(discord, asker, where)

    sent = await discord.click(panel, WORDS["export"])

    assert sent.text == WORDS["exported"]
    assert MessageFlag.EPHEMERAL in sent.flags
    (attached,) = sent.messages[0]["attachments"]
    assert attached["filename"].endswith(".json")
    export = read_export(discord)
    assert {subject: len(export[subject]) for subject in SUBJECTS} == dict.fromkeys(SUBJECTS, 1)
    assert export["conversations"][0]["content"]["profile"]["told"] == [PROJECT]
    assert {row["user"] for subject in SUBJECTS for row in export[subject]} == {
        int(discord.server.world.person(asker)["id"])
    }


async def test_whoever_left_nothing_is_told_so(discord: FakeDiscord) -> None:
    sent = await discord.click(await discord.slash("privacy", by="cleo"), WORDS["export"])

    assert sent.text == WORDS["nothing"]
    assert not sent.messages[0]["attachments"]


async def test_deleting_takes_two_taps_and_can_be_thought_over(discord: FakeDiscord, file: Path) -> None:
    await leave_traces(discord, "dan")
    panel = await discord.slash("privacy", by="dan")

    sure = await discord.click(panel, WORDS["delete"])
    assert sure.text == WORDS["sure"]
    (button,) = [part for part in sure.components if part.get("label") == WORDS["erase"]]
    assert button["style"] == 4

    back = await discord.click(sure, WORDS["back"])
    assert back.text == PANEL
    assert [message["id"] for message in back.messages] == [panel.messages[0]["id"]]
    assert count_kept(file, discord, "dan") == 3


async def test_nothing_is_left_of_whoever_deletes_it_and_all_of_everybody_else(
    discord: FakeDiscord, file: Path
) -> None:
    """Neither in the records nor in memory: buttons find nothing, and the next message begins anew."""
    reply = await leave_traces(discord, "finn")
    await leave_traces(discord, "gina")
    sure = await discord.click(await discord.slash("privacy", by="finn"), WORDS["delete"])

    erased = await discord.click(sure, WORDS["erase"])

    assert erased.text == WORDS["erased"].format(count=3)
    assert list_labels(erased) == []
    assert count_kept(file, discord, "finn") == 0
    assert count_kept(file, discord, "gina") == 3
    assert (await discord.click(reply, DISCORD_WORDS["card"]["why"])).text == DISCORD_WORDS["over"]
    finn, gina, newcomer = [
        (await discord.slash("whatif", need=NEED, answer="A handful or none", by=by)).text
        for by in ("finn", "gina", "newcomer")
    ]
    assert finn == newcomer != gina


async def test_a_question_that_waits_for_consent_is_forgotten_too(discord: FakeDiscord) -> None:
    mine = await discord.slash("ask", question=IN_VAIN, by="hana")
    others = await discord.slash("ask", question=IN_VAIN, by="ivan")
    sure = await discord.click(await discord.slash("privacy", by="hana"), WORDS["delete"])
    await discord.click(sure, WORDS["erase"])

    told = await discord.click(mine, DISCORD_WORDS["gap"]["send"])
    thanked = await discord.click(others, DISCORD_WORDS["gap"]["send"])

    assert told.text == DISCORD_WORDS["gap"]["gone"]
    assert DISCORD_WORDS["gap"]["thanks"] in thanked.text


async def test_the_buttons_work_after_a_restart_and_nothing_is_left_in_the_file(
    bot_env: dict[str, str], tmp_path: Path
) -> None:
    """Not even where SQLite would write next; and the panel tells the days that are set."""
    file = tmp_path / "bot.sqlite3"
    env = {**bot_env, "DATABASE_URL": f"sqlite:///{file}", "KEEP_DAYS": "7", "GAP_DAYS": "11"}
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env=env)
        await fake.ready()
        await leave_traces(fake, "ada")
        panel = await fake.slash("privacy", by="ada")
        assert panel.text == describe_privacy(WORDS, 7, 11)
        assert await fake.stop_bot() == 0
        assert find_words(file, SECRET)

        await fake.start_bot(*DISCORD_BOT, env=env)
        await fake.ready()
        await fake.click(panel, WORDS["export"])
        assert read_export(fake)["conversations"][0]["content"]["profile"]["told"] == [PROJECT]
        erased = await fake.click(await fake.click(panel, WORDS["delete"]), WORDS["erase"])

        assert erased.text == WORDS["erased"].format(count=3)
        assert not find_words(file, SECRET)
        assert_unharmed(fake)


async def test_a_broken_database_is_told_and_a_mended_one_works(bot_env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite3"
    break_file(file)
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DATABASE_URL": f"sqlite:///{file}"})
        await fake.ready()
        panel = await fake.slash("privacy")
        exported = await fake.click(panel, WORDS["export"])
        sure = await fake.click(panel, WORDS["delete"])
        erased = await fake.click(sure, WORDS["erase"])

        assert exported.text == WORDS["failed"]
        assert WORDS["failed"] in erased.text
        assert MessageFlag.EPHEMERAL in exported.flags & erased.flags
        assert sure.text == WORDS["sure"]

        mend_file(file)
        erased = await fake.click(sure, WORDS["erase"])

        assert erased.text == WORDS["erased"].format(count=0)
        assert_unharmed(fake)


async def test_a_large_export_is_packed_to_get_through() -> None:
    kept = {"conversations": [{"content": "Zürich " * 1_000}]}

    name, content = pack_export(kept, 10_000)
    packed_name, packed = pack_export(kept, 5_000)

    assert name.endswith(".json")
    assert json.loads(content) == kept
    assert packed_name.endswith(".zip")
    assert len(packed) <= 5_000
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read(name) == content


@pytest.mark.parametrize("language", list_languages())
async def test_the_panel_keeps_discords_limits_in_every_language(language: str) -> None:
    longer, words = LONGER if language == ENGLISH else 1.0, load_words(language)["privacy"]

    assert len(describe_privacy(words, 3_650, 3_650)) * longer <= 4_000
    for told in ("sure", "erased", "exported", "nothing", "failed"):
        assert len(words[told]) * longer <= 2_000
    for act in PrivacyAct:
        assert len(words[act]) * longer <= 80


def break_file(file: Path) -> None:
    file.write_text("no database " * 100)


def mend_file(file: Path) -> None:
    """Move it away, as the log advises."""
    file.unlink()
