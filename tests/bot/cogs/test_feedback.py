"""Whoever asked may say what they think of a reply, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.records.feedback import LONGEST_COMMENT
from bot.records.records import Records
from tests.bot.seen import MUCH, PLACES, QUESTION, WORDS, repeat
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

THANKS, FIELD = WORDS["feedback"]["thanks"], WORDS["feedback"]["question"]


def list_feedback(data_dir: Path, fake: FakeDiscord, by: str) -> list[dict[str, Any]]:
    """Return what somebody has said of replies."""
    records = Records(sa.URL.create("sqlite", database=str(data_dir / "bot.sqlite3")), 30)
    return records.export_user(int(fake.server.world.person(by)["id"]))["feedback"]


async def ask(fake: FakeDiscord, by: str, where: Where = "guild") -> Reply:
    return await fake.slash("ask", by=by, where=where, question=QUESTION)


@pytest.mark.parametrize("where", PLACES)
async def test_a_thumb_up_is_kept_with_thanks_that_nobody_else_reads(
    where: Where, fake: FakeDiscord, data_dir: Path, ada: str
) -> None:
    reply = await ask(fake, ada, where)
    before = reply.text

    thanked = await fake.click(reply, "👍")

    (kept,) = list_feedback(data_dir, fake, ada)
    assert (kept["thumb"], kept["comment"], kept["kind"]) == ("up", None, "answer")
    assert thanked.text == THANKS
    assert MessageFlag.EPHEMERAL in thanked.flags
    assert reply.text == before


@pytest.mark.parametrize("where", PLACES)
async def test_a_thumb_down_asks_what_was_wrong(where: Where, fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    opened = await fake.click(await ask(fake, ada, where), "👎")
    assert opened.modal is not None
    assert opened.modal["title"] == WORDS["feedback"]["title"]

    thanked = await fake.submit_modal(opened, {FIELD: " It left out the cost. "})

    (kept,) = list_feedback(data_dir, fake, ada)
    assert (kept["thumb"], kept["comment"]) == ("down", "It left out the cost.")
    assert thanked.text == THANKS
    assert MessageFlag.EPHEMERAL in thanked.flags


@pytest.mark.parametrize("written", ["", "   ", "\n"])
async def test_nobody_has_to_say_what_was_wrong(written: str, fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    opened = await fake.click(await ask(fake, ada), "👎")
    thanked = await fake.submit_modal(opened, {FIELD: written})

    (kept,) = list_feedback(data_dir, fake, ada)
    assert (kept["thumb"], kept["comment"]) == ("down", None)
    assert thanked.text == THANKS


async def test_the_longest_comment_is_kept_whole(fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    opened = await fake.click(await ask(fake, ada), "👎")
    await fake.submit_modal(opened, {FIELD: "@everyone " * (LONGEST_COMMENT // 10)})

    assert len(list_feedback(data_dir, fake, ada)[0]["comment"]) == LONGEST_COMMENT - 1


async def test_a_form_that_is_closed_says_nothing(fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    await fake.click(await ask(fake, ada), "👎")

    assert list_feedback(data_dir, fake, ada) == []


async def test_whoever_thinks_again_is_counted_once(fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    reply = await ask(fake, ada)
    await fake.submit_modal(await fake.click(reply, "👎"), {FIELD: "wrong"})
    await fake.click(reply, "👍")

    assert [(each["thumb"], each["comment"]) for each in list_feedback(data_dir, fake, ada)] == [("up", None)]


async def test_each_reply_is_judged_for_itself(fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    await fake.click(await ask(fake, ada), "👍")
    await fake.click(await fake.slash("advise", by=ada, project=MUCH), "👍")

    kept = {each["kind"]: each["verdict"] for each in list_feedback(data_dir, fake, ada)}
    assert kept == {"answer": None, "recommendation": "fine_tuning"}


async def test_nobody_else_is_counted(fake: FakeDiscord, data_dir: Path, ada: str, bob: str) -> None:
    reply = await ask(fake, ada)
    refused = [await fake.click(reply, thumb, by=bob) for thumb in ("👍", "👎")]

    assert [each.text for each in refused] == [WORDS["not_yours"]] * 2
    assert list_feedback(data_dir, fake, bob) == list_feedback(data_dir, fake, ada) == []


async def test_a_thumb_that_comes_twice_is_counted_once(fake: FakeDiscord, data_dir: Path, ada: str) -> None:
    """Discord says that it was acknowledged before, which is no reason to complain."""
    thanked = await fake.click(await ask(fake, ada), "👍")
    await repeat(fake, thanked)

    assert len(list_feedback(data_dir, fake, ada)) == 1
    assert len(thanked.messages) == 1
