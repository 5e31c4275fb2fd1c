"""A clarifying question is answered by button, by whoever was asked; a button names its answer by its place."""

from __future__ import annotations

import asyncio

import pytest

from bot.cogs.choice import read_choice
from bot.session import respond
from bot.words import load_words
from knowledge.signals import Need
from retrieval.assistant import SKIP, Assistant
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from tests.bot.seen import CARD, LITTLE, PLACES, WORDS, list_buttons, repeat, say
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

SKIP_LABEL = WORDS["skip"]
in_discord = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("need", list(Need))
def test_a_place_is_the_choice_that_stands_there(need: Need) -> None:
    choices = tuple(load_questions()[need].choices)

    assert tuple(read_choice(need, place) for place in range(len(choices))) == choices


@pytest.mark.parametrize("need", list(Need))
@pytest.mark.parametrize("beyond", [0, 1, 99])
def test_a_place_after_the_last_is_skip(need: Need, beyond: int) -> None:
    """Also where a question had more choices when its buttons were shown."""
    assert read_choice(need, len(load_questions()[need].choices) + beyond) == SKIP


async def ask(fake: FakeDiscord, by: str, where: Where = "guild") -> Reply:
    """Describe so little of a project that a question has to be asked first."""
    return await fake.slash("advise", by=by, where=where, project=LITTLE)


@in_discord
@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(("place", "verdict"), [(0, "### Fine-tuning"), (2, "### Prompt engineering")])
async def test_a_choice_puts_the_recommendation_in_the_place_of_the_question(
    place: int, verdict: str, where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    choices = respond(assistant, Conversation(), LITTLE, "advise").reply.choices
    asked = await ask(fake, ada, where)
    question = asked.messages[0]["id"]
    assert list_buttons(asked) == [*choices, SKIP_LABEL]

    answered = await fake.click(asked, choices[place])
    why = await fake.click(answered, CARD["why"])

    assert [message["id"] for message in answered.messages] == [question]
    assert answered.text.startswith(verdict)
    assert answered.messages[0]["attachments"]
    assert choices[place] in why.text
    assert not {*choices, SKIP_LABEL} & {*list_buttons(answered)}


@in_discord
async def test_skip_leads_to_a_recommendation_with_assumptions(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    answered = await fake.click(await ask(fake, ada), SKIP_LABEL)
    why = await fake.click(answered, CARD["why"])

    assert answered.text == say(assistant, LITTLE, "skip", command="advise")
    assert load_words()["recommendation"]["assumptions"] in why.text


@in_discord
@pytest.mark.parametrize("how", ["mention", "dm"])
async def test_a_question_in_a_conversation_is_answered_by_button_too(how: str, fake: FakeDiscord, ada: str) -> None:
    asked = await (fake.mention(LITTLE, by=ada) if how == "mention" else fake.dm(LITTLE, by=ada))
    answered = await fake.click(asked, SKIP_LABEL)

    assert answered.text.startswith("### Prompt engineering")


@in_discord
async def test_an_earlier_question_is_answered_although_the_talk_went_on(fake: FakeDiscord, ada: str) -> None:
    asked = await ask(fake, ada)
    await fake.slash("ask", by=ada, question="what is LoRA?")

    assert (await fake.click(asked, SKIP_LABEL)).text.startswith("### Prompt engineering")


@in_discord
async def test_only_who_was_asked_may_answer_by_button(fake: FakeDiscord, ada: str, bob: str) -> None:
    """Somebody else is told so in private, and the question stays open."""
    asked = await ask(fake, ada)
    before = asked.text

    refused = await fake.click(asked, SKIP_LABEL, by=bob)

    assert refused.text == WORDS["not_yours"]
    assert MessageFlag.EPHEMERAL in refused.flags
    assert asked.text == before
    assert (await fake.click(asked, SKIP_LABEL)).text.startswith("### Prompt engineering")


@in_discord
async def test_a_button_that_is_tapped_twice_does_no_harm(fake: FakeDiscord, ada: str) -> None:
    asked = await ask(fake, ada)

    twice = await asyncio.gather(fake.click(asked, SKIP_LABEL), fake.click(asked, SKIP_LABEL))
    await fake.until(lambda: all("### Prompt engineering" in answered.text for answered in twice))

    assert len(asked.messages) == 1


@in_discord
async def test_a_tap_that_comes_twice_is_answered_once(fake: FakeDiscord, ada: str) -> None:
    answered = await fake.click(await ask(fake, ada), SKIP_LABEL)
    before = answered.text

    await repeat(fake, answered)

    assert answered.text == before
    assert len(answered.messages) == 1
