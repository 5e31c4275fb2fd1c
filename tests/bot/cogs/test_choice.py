"""A clarifying question is answered by button, by whoever was asked; a button names its answer by its place."""

from __future__ import annotations

import asyncio

import pytest

from bot.cogs.choice import read_choice
from bot.needs import name_choices
from bot.session import respond
from bot.words import list_languages, load_words
from knowledge.signals import Need
from retrieval.assistant import Assistant
from retrieval.clarification import SKIP
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from tests.bot.seen import CARD, LITTLE, MUCH, PLACES, WORDS, list_buttons, repeat, say
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
    assert list_buttons(asked) == [*choices, SKIP_LABEL, CARD["delete"]]

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


FACT = "we have 20k labelled examples now"


@in_discord
async def test_an_old_question_is_answered_for_its_own_project(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    """A project that was described since is neither heard of nor changed."""
    (choice, *_) = respond(assistant, Conversation(), LITTLE, "advise").reply.choices
    asked = await ask(fake, ada)
    await fake.slash("advise", by=ada, project=MUCH)

    answered = await fake.click(asked, choice)
    why = await fake.click(answered, CARD["why"])
    refined = await fake.mention("we have no labelled examples any more", by=ada)

    assert answered.text == say(assistant, LITTLE, choice, command="advise")
    assert f"“{choice}”" in why.text
    assert "two ML engineers" not in why.text
    assert refined.text == say(assistant, MUCH, "we have no labelled examples any more", command="advise")


@in_discord
async def test_a_question_about_somebody_elses_project_is_answered_apart_from_ones_own(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    *_, none = respond(assistant, Conversation(), LITTLE, "advise").reply.choices
    await fake.slash("advise", by=ada, project=MUCH)
    written = await fake.say(LITTLE, by=bob, wait="nothing")
    asked = await fake.context_menu(WORDS["menus"]["advise"], written.trigger, by=ada)

    answered = await fake.click(asked, none)
    refined = await fake.mention("we have no labelled examples any more", by=ada)

    assert answered.text == say(assistant, LITTLE, none, command="advise")
    assert refined.text == say(assistant, MUCH, "we have no labelled examples any more", command="advise")


@in_discord
async def test_what_is_said_after_a_choice_refines_the_project(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    *_, none = respond(assistant, Conversation(), LITTLE, "advise").reply.choices
    await fake.click(await ask(fake, ada), none)

    refined = await fake.mention(FACT, by=ada)

    assert refined.text == say(assistant, LITTLE, none, FACT, command="advise")


@in_discord
async def test_a_button_from_before_is_answered_in_the_conversation_that_is_remembered(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    """Its id does not name a card."""
    asked = await ask(fake, ada)
    _, skip = asked.find_button(SKIP_LABEL)
    skip["custom_id"] = skip["custom_id"].rpartition(":")[0]

    answered = await fake.click(asked, SKIP_LABEL)

    assert answered.text == say(assistant, LITTLE, "skip", command="advise")


@in_discord
async def test_a_question_that_was_deleted_on_demand_says_that_it_is_gone(fake: FakeDiscord, ada: str) -> None:
    asked = await ask(fake, ada)
    panel = await fake.slash("privacy", by=ada)
    words = load_words()["privacy"]
    await fake.click(await fake.click(panel, words["delete"]), words["erase"])

    told = await fake.click(asked, SKIP_LABEL)

    assert WORDS["over"] in told.text
    assert not told.text.startswith("###")


@in_discord
@pytest.mark.parametrize("language", list_languages()[1:])
async def test_choices_are_in_the_language_of_whoever_is_asked(
    language: str, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    fake.introduce(ada, locale=language)
    asks = respond(assistant, Conversation(), LITTLE, "advise").reply.asks
    assert asks is not None
    labels = name_choices(asks, language)

    answered = await fake.click(await ask(fake, ada), next(iter(labels.values())))
    why = await fake.click(answered, load_words(language)["discord"]["card"]["why"])

    assert f"“{next(iter(labels))}”" in why.text
