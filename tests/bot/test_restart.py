"""What was shown before a restart can be used after it, for as long as it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.layout import escape_markup
from bot.library import show_lesson
from bot.quotes import quote_lesson
from bot.records.records import Records
from bot.session import respond
from bot.what_if import phrase_question
from knowledge.signals import Leaning, Need, Signal
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from tests.bot.conftest import DISCORD_BOT, PATIENCE, assert_unharmed
from tests.bot.seen import CARD, LITTLE, MUCH, QUESTION, WORDS, list_buttons, say
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.exchange import Exchange

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOPIC = "Data requirement"
NO_DATA = Signal(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING)
VARIED = Signal(Need.FLEXIBILITY, Leaning.PROMPT_ENGINEERING)
TOLD = ["what is fine-tuning?", "and what are its disadvantages?"]
FORGOTTEN = "fay"


@dataclass(frozen=True)
class Aftermath:
    """What was shown before the restart, by what it is, and the records that outlived it."""

    fake: FakeDiscord
    card: Reply
    private: Reply
    question: Reply
    page: Reply
    topics: Reply
    opening: Reply
    forgotten: Reply
    forgotten_page: Reply
    records: Records

    def list_feedback(self, by: str) -> list[str]:
        user = int(self.fake.server.world.person(by)["id"])
        return [each["thumb"] for each in self.records.export_user(user)["feedback"]]


async def show_everything(fake: FakeDiscord, records: Records) -> Aftermath:
    """Let the bot show whatever can be tapped, each to somebody else."""
    written = await fake.say(QUESTION, by="wanda", wait="nothing")
    card = await fake.slash("advise", by="carl", project=MUCH)
    private = await fake.context_menu(WORDS["menus"]["explain"], written.trigger, by="pia")
    question = await fake.mention(LITTLE, by="quin")
    page = await fake.slash("lesson", by="leo", topic=TOPIC)
    topics = await fake.slash("lesson", by="tom")
    await fake.slash("chat", by="ida")
    await fake.until(lambda: fake.read(fake.threads[0]))
    (first,) = fake.read(fake.threads[0])
    seen = Exchange(first, fake.server.world.person("ida"), fake.threads[0])
    seen.show(first)
    forgotten = await fake.slash("advise", by=FORGOTTEN, project=MUCH)
    forgotten_page = await fake.slash("lesson", by=FORGOTTEN, topic=TOPIC)
    await fake.dm(TOLD[0], by="gita")
    return Aftermath(fake, card, private, question, page, topics, Reply(seen), forgotten, forgotten_page, records)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def after(bot_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Aftermath]:
    """A bot that was started again; meanwhile what was kept of one person was deleted."""
    file = tmp_path_factory.mktemp("records") / "bot.sqlite3"
    env = {**bot_env, "DATABASE_URL": f"sqlite:///{file}"}
    async with FakeDiscord(timeout=PATIENCE) as fake:
        await fake.start_bot(*DISCORD_BOT, env=env)
        await fake.ready(PATIENCE)
        shown = await show_everything(fake, open_records(file))
        assert await fake.stop_bot() == 0
        shown.records.erase_user(int(fake.server.world.person(FORGOTTEN)["id"]))
        await fake.start_bot(*DISCORD_BOT, env=env)
        await fake.ready(PATIENCE)
        yield shown
        assert_unharmed(fake)


def open_records(file: Path) -> Records:
    return Records(sa.URL.create("sqlite", database=str(file)), 30)


async def test_why_and_the_lessons_words_are_shown(after: Aftermath, assistant: Assistant) -> None:
    reply = respond(assistant, Conversation(), MUCH, "advise").reply

    why = await after.fake.click(after.card, CARD["why"])
    quoted = await after.fake.click(after.card, CARD["lesson_words"])

    assert why.text == escape_markup(reply.text)
    assert quoted.text == escape_markup(quote_lesson(reply))
    assert MessageFlag.EPHEMERAL in why.flags & quoted.flags


async def test_thumbs_are_counted(after: Aftermath) -> None:
    thanked = await after.fake.click(after.card, "👍")
    assert after.list_feedback("carl") == ["up"]
    opened = await after.fake.click(after.card, "👎")
    thanked_again = await after.fake.submit_modal(opened, {WORDS["feedback"]["question"]: "too long"})

    assert after.list_feedback("carl") == ["down"]
    assert thanked.text == thanked_again.text == WORDS["feedback"]["thanks"]


async def test_suppositions_are_about_the_project_that_was_described(after: Aftermath) -> None:
    tapped = await after.fake.click(after.card, phrase_question(NO_DATA))
    picked = await after.fake.select(after.card, phrase_question(VARIED))
    need = load_questions()[Need.DATA_REQUIREMENT].name
    typed = await after.fake.slash("whatif", by="carl", need=need, answer="A handful or none")

    assert all(reply.text.startswith("Now: fine-tuning. If ") for reply in (tapped, picked, typed))


async def test_nobody_else_gets_to_use_what_was_shown(after: Aftermath) -> None:
    refused = [
        await after.fake.click(after.card, CARD["why"], by="eve"),
        await after.fake.click(after.card, phrase_question(NO_DATA), by="eve"),
        await after.fake.click(after.question, WORDS["skip"], by="eve"),
        await after.fake.click(after.page, CARD["next"], by="eve"),
        await after.fake.select(after.topics, TOPIC, by="eve"),
    ]

    assert [reply.text for reply in refused] == [WORDS["not_yours"]] * len(refused)


async def test_a_private_reply_is_shared(after: Aftermath, assistant: Assistant) -> None:
    shared = await after.fake.click(after.private, CARD["share"])

    assert shared.text.endswith(say(assistant, QUESTION))
    assert MessageFlag.EPHEMERAL not in shared.flags


async def test_pages_are_turned_and_topics_are_opened(after: Aftermath, assistant: Assistant) -> None:
    pages = show_lesson(assistant, TOPIC).pages

    assert (await after.fake.click(after.page, CARD["next"])).text == escape_markup(pages[1]).strip()
    assert (await after.fake.select(after.topics, TOPIC)).text == escape_markup(pages[0]).strip()


async def test_a_thread_goes_on(after: Aftermath, assistant: Assistant) -> None:
    opened = await after.fake.click(after.opening, CARD["continue"])
    reply = await after.fake.submit_modal(opened, {WORDS["chat"]["form"]: QUESTION})

    assert reply.text == say(assistant, QUESTION)
    assert CARD["continue"] in list_buttons(reply)


async def test_a_conversation_goes_on(after: Aftermath, assistant: Assistant) -> None:
    assert (await after.fake.dm(TOLD[1], by="gita")).text == say(assistant, *TOLD)


async def test_a_question_is_answered(after: Aftermath, assistant: Assistant) -> None:
    """The recommendation, which is new, has buttons of its own."""
    answered = await after.fake.click(after.question, WORDS["skip"])

    assert answered.text == say(assistant, LITTLE, "skip")
    assert (await after.fake.click(answered, CARD["why"])).text.startswith("Use prompt engineering")


@pytest.mark.parametrize("act", [CARD["why"], CARD["lesson_words"], "👍"])
async def test_a_reply_that_is_no_longer_kept_says_so(act: str, after: Aftermath) -> None:
    told = await after.fake.click(after.forgotten, act)

    assert told.text == WORDS["over"]
    assert MessageFlag.EPHEMERAL in told.flags


async def test_neither_a_reason_nor_a_page_of_it_is_there_any_more(after: Aftermath) -> None:
    opened = await after.fake.click(after.forgotten, "👎")
    told = await after.fake.submit_modal(opened, {WORDS["feedback"]["question"]: "too long"})
    turned = await after.fake.click(after.forgotten_page, CARD["next"])
    supposed = await after.fake.click(after.forgotten, phrase_question(NO_DATA))

    assert told.text == turned.text == supposed.text == WORDS["over"]


async def test_a_reply_that_is_no_longer_kept_can_be_taken_back(after: Aftermath) -> None:
    await after.fake.click(after.forgotten, CARD["delete"])

    assert after.forgotten.messages == []
