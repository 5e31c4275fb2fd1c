"""With a chat model an answer can be watched in Discord as it is written; the whole of it takes the draft's place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bot.layout import escape_markup
from bot.words import load_words
from tests.bot.conftest import DISCORD_BOT, PATIENCE, assert_unharmed
from tests.bot.seen import CARD, QUESTION, list_buttons
from tests.fake_chat_model import Cut, FakeChatModel, Trickle
from tests.fake_discord import FakeDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

DRAFT = (
    "Fine-tuning needs more data: it asks for a large amount of domain-specific examples, while prompt engineering"
    " can be done with relatively less data [1]. Little or no data: prompt engineering is the method that needs"
    " less [1]."
)
CITED = escape_markup("[1]")
PRIVACY = load_words()["privacy"]
ALONE = load_words()["chat_model"]["alone"]


@pytest.fixture(scope="module")
def model() -> Iterator[FakeChatModel]:
    with FakeChatModel() as fake:
        yield fake


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord(model: FakeChatModel, bot_env: dict[str, str]) -> AsyncIterator[FakeDiscord]:
    opened = {"CHAT_MODEL": "openai:test", "CHAT_BASE_URL": model.url, "CHAT_API_KEY": "sk-test"}
    patient = {"CHAT_CALL_SECONDS": "60", "CHAT_TURN_SECONDS": "120"}
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, **opened, **patient})
        await fake.ready(PATIENCE)
        yield fake
        assert_unharmed(fake)


async def test_who_has_all_deleted_while_an_answer_is_written_leaves_nothing(
    discord: FakeDiscord, model: FakeChatModel, ada: str
) -> None:
    panel = await discord.slash("privacy", by=ada)
    sure = await discord.click(panel, PRIVACY["delete"])
    model.say(Trickle(DRAFT, 0.01))
    await discord.slash("ask", by=ada, question=QUESTION, wait="acknowledgement")

    erased = await discord.click(sure, PRIVACY["erase"])
    await discord.until(lambda: erased.text == PRIVACY["erased"].format(count=2))

    exported = await discord.click(await discord.slash("privacy", by=ada), PRIVACY["export"])
    assert exported.text == PRIVACY["nothing"]


async def test_a_second_message_is_read_in_the_light_of_the_first_however_soon_it_comes(
    discord: FakeDiscord, model: FakeChatModel, ada: str
) -> None:
    model.say(Trickle(DRAFT, 0.01))
    await discord.mention(QUESTION, by=ada, wait="acknowledgement")

    second = await discord.mention("sources", by=ada)
    await discord.until(lambda: CARD["delete"] in list_buttons(second))

    assert "Source: data-requirement.md" in second.text


@pytest.mark.parametrize("how", ["command", "mention"])
async def test_an_answer_grows_and_ends_whole_in_one_message(
    how: str, discord: FakeDiscord, model: FakeChatModel, ada: str
) -> None:
    model.say(Trickle(DRAFT, 0.01))
    if how == "command":
        reply = await discord.slash("ask", by=ada, question=QUESTION)
    else:
        reply = await discord.mention(QUESTION, by=ada)
    await discord.until(lambda: CARD["delete"] in list_buttons(reply))

    assert reply.text.startswith("Fine-tuning needs more data")
    assert reply.text.count(CITED) == 3
    assert "…" not in reply.text.splitlines()[0]
    assert len(reply.messages) == 1


async def test_of_an_answer_that_breaks_off_nothing_is_left(
    discord: FakeDiscord, model: FakeChatModel, ada: str
) -> None:
    model.say(Cut(DRAFT), Cut(DRAFT))
    reply = await discord.slash("ask", by=ada, question=QUESTION)
    await discord.until(lambda: CARD["delete"] in list_buttons(reply))

    assert CITED not in reply.text
    assert any(notice in reply.text for notice in ALONE.values())
