"""What people call themselves never reaches a chat model, and calls nobody from a reply."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bot.replies import add_notice
from bot.session import respond
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.bot.attacker import Attacker, Injection, load_injections
from tests.bot.besieged import PLENTY
from tests.bot.conftest import DISCORD_BOT, PATIENCE, assert_unharmed
from tests.bot.invariants import KEY, MENTION, assert_apart, squash
from tests.bot.seen import MUCH, QUESTION, show
from tests.fake_chat_model import FakeChatModel, Obey
from tests.fake_discord import FakeDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = load_injections("name")[::3]


@pytest.fixture(scope="module")
def attacker() -> Attacker:
    return Attacker(NAMES[0], "cited")


@pytest.fixture(scope="module")
def model(attacker: Attacker) -> Iterator[FakeChatModel]:
    with FakeChatModel(default=Obey(attacker.answer)) as fake:
        yield fake


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord(model: FakeChatModel, bot_env: dict[str, str]) -> AsyncIterator[FakeDiscord]:
    """The real bot with a chat model that has been won over."""
    opened = {"CHAT_MODEL": "openai:test", "CHAT_BASE_URL": model.url, "CHAT_API_KEY": KEY}
    limits = {"CHAT_CALL_SECONDS": "60", "CHAT_TURN_SECONDS": "120", "CHAT_USER_BUDGET": PLENTY}
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, **opened, **limits, "LOG_LEVEL": "INFO"})
        await fake.ready(PATIENCE)
        yield fake
        assert_unharmed(fake)
        assert KEY not in fake.log


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.aim)
async def test_a_name_reaches_no_chat_model(
    name: Injection, discord: FakeDiscord, model: FakeChatModel, attacker: Attacker, assistant: Assistant
) -> None:
    attacker.injection, before = name, len(model.requests)
    answer = await discord.mention(QUESTION, by=name.text)
    advice = await discord.slash("advise", by=name.text, project=MUCH)
    requests = model.requests[before:]
    told = squash("\n".join(json.dumps(request.body, ensure_ascii=False) for request in requests))

    assert len(requests) >= 2
    assert squash(name.text) not in told
    assert discord.server.world.person(name.text)["id"] not in told
    for asked in requests:
        assert_apart(asked)
    plain = respond(assistant, Conversation(), QUESTION).reply
    assert answer.text == show(add_notice(plain, "unsupported"))
    assert not MENTION.search(advice.text)
