"""What if, in Discord: by command, by button and by menu, for whoever described the project."""

from __future__ import annotations

import pytest

from bot.layout import escape_markup
from bot.needs import name_choices, name_need
from bot.session import respond, suppose
from bot.what_if import offer_answers, phrase_question
from bot.words import list_languages, load_words
from knowledge.signals import Leaning, Need, Signal
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.questions import list_answers, load_questions
from tests.bot.seen import PLACES
from tests.fake_discord import ComponentType, FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = load_words()
NO_PROJECT = escape_markup(WORDS["what_if"]["no_project"])
PROJECT = "We have 5000 labelled tickets, two ML engineers and a budget; it is one fixed task in one strict format."
NO_DATA = Signal(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING)
VARIED = Signal(Need.FLEXIBILITY, Leaning.PROMPT_ENGINEERING)
NEED = load_questions()[Need.DATA_REQUIREMENT].name
NONE = "A handful or none"


@pytest.fixture
def project(assistant: Assistant) -> Conversation:
    """The conversation about that project, which is to be fine-tuned."""
    return respond(assistant, Conversation(), PROJECT).conversation


@pytest.fixture
def flip(assistant: Assistant) -> Signal:
    """What would change that most."""
    first = respond(assistant, Conversation(), PROJECT).reply.what_ifs[0]
    return Signal(first.need, first.leaning)


def expect(assistant: Assistant, project: Conversation, supposed: Signal) -> str:
    """Return what is to be said to a supposition about a project."""
    return escape_markup(suppose(assistant, project, supposed).text)


async def advise(fake: FakeDiscord, by: str, how: str = "mention") -> Reply:
    """Return the recommendation for that project."""
    match how:
        case "slash":
            return await fake.slash("advise", by=by, project=PROJECT)
        case "mention":
            return await fake.mention(PROJECT, by=by)
        case _:
            return await fake.dm(PROJECT, by=by)


async def test_a_command_shows_the_new_verdict_beside_the_old(
    fake: FakeDiscord, assistant: Assistant, project: Conversation
) -> None:
    """For whoever asked alone, and the conversation stays as it is."""
    await advise(fake, "adam")

    first = await fake.slash("whatif", by="adam", need=NEED, answer=NONE)
    second = await fake.slash("whatif", by="adam", need=NEED, answer="yes")

    assert first.text == expect(assistant, project, NO_DATA)
    assert first.text.startswith("Now: fine-tuning. If there were no usable examples: prompt engineering.")
    assert MessageFlag.EPHEMERAL in first.flags
    assert not first.deferred
    assert second.text == expect(assistant, project, Signal(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING))


async def test_a_command_without_a_project_says_how_to_describe_one(fake: FakeDiscord) -> None:
    reply = await fake.slash("whatif", by="bert", need=NEED, answer=NONE)

    assert reply.text == NO_PROJECT


@pytest.mark.parametrize("answer", ["the weather", "@everyone", "?", "x" * 100])
async def test_a_command_with_no_answer_to_the_need_lists_those_there_are(answer: str, fake: FakeDiscord) -> None:
    reply = await fake.slash("whatif", by="carl", need=NEED, answer=answer)

    assert reply.text == escape_markup(offer_answers(Need.DATA_REQUIREMENT).text)


async def test_every_need_can_be_chosen_in_everyday_words(fake: FakeDiscord) -> None:
    options = {option["name"]: option for option in fake.server.world.commands["whatif"]["options"]}

    assert all(option["required"] for option in options.values())
    assert {choice["value"]: choice["name"] for choice in options["need"]["choices"]} == {
        need: asked.name for need, asked in load_questions().items()
    }


@pytest.mark.parametrize("need", Need)
async def test_the_answers_suggested_are_those_of_the_need(need: Need, fake: FakeDiscord) -> None:
    asked = load_questions()[need]
    first = list(asked.choices)[-1]

    all_of_them = await fake.autocomplete("whatif", "answer", "", need=asked.name)
    typed = await fake.autocomplete("whatif", "answer", first.upper()[:-1], need=asked.name)

    assert all_of_them.choices == list(asked.choices)
    assert typed.choices is not None
    assert typed.choices[0] == first


async def test_no_answer_is_suggested_before_the_need_is_chosen(fake: FakeDiscord) -> None:
    assert (await fake.autocomplete("whatif", "answer", "yes")).choices == []


@pytest.mark.parametrize("where", PLACES)
async def test_a_project_is_supposed_about_wherever_it_was_described(
    where: Where, fake: FakeDiscord, assistant: Assistant, project: Conversation, flip: Signal, ada: str
) -> None:
    advice = await fake.slash("advise", by=ada, where=where, project=PROJECT)

    tapped = await fake.click(advice, phrase_question(flip))
    picked = await fake.select(advice, phrase_question(VARIED))
    typed = await fake.slash("whatif", by=ada, where=where, need=NEED, answer=NONE)
    suggested = await fake.autocomplete("whatif", "answer", "", by=ada, where=where, need=NEED)

    assert tapped.text == expect(assistant, project, flip)
    assert picked.text == expect(assistant, project, VARIED)
    assert typed.text == expect(assistant, project, NO_DATA)
    assert MessageFlag.EPHEMERAL in tapped.flags & picked.flags & typed.flags
    assert suggested.choices == list(load_questions()[Need.DATA_REQUIREMENT].choices)


@pytest.mark.parametrize("how", ["slash", "mention", "dm"])
async def test_a_flip_of_a_recommendation_can_be_tapped(
    how: str, fake: FakeDiscord, assistant: Assistant, project: Conversation, flip: Signal
) -> None:
    """The answer is a message of its own, for the asker's eyes; the recommendation stays."""
    advice = await advise(fake, f"dave-{how}", how)
    before = advice.text

    tapped = await fake.click(advice, phrase_question(flip))

    assert tapped.text == expect(assistant, project, flip)
    assert MessageFlag.EPHEMERAL in tapped.flags
    assert advice.text == before
    assert tapped.messages[0]["id"] != advice.messages[0]["id"]
    assert not any(part["type"] in (ComponentType.BUTTON, ComponentType.SELECT) for part in tapped.components)


async def test_what_does_not_flip_can_be_picked_from_the_menu(
    fake: FakeDiscord, assistant: Assistant, project: Conversation
) -> None:
    """One after the other: nothing that was supposed is taken for true."""
    advice = await advise(fake, "emil")

    for supposed in list_answers()[::5]:
        picked = await fake.select(advice, phrase_question(supposed))
        assert picked.text == expect(assistant, project, supposed)


async def test_only_whose_project_it_is_may_suppose_something_about_it(fake: FakeDiscord, flip: Signal) -> None:
    advice = await advise(fake, "gert")

    for refused in (
        await fake.click(advice, phrase_question(flip), by="hans"),
        await fake.select(advice, phrase_question(VARIED), by="hans"),
    ):
        assert refused.text == WORDS["discord"]["not_yours"]
        assert MessageFlag.EPHEMERAL in refused.flags


async def test_a_supposition_is_answered_although_the_connection_breaks(fake: FakeDiscord, flip: Signal) -> None:
    advice = await advise(fake, "jens")
    fake.fault("POST /interactions", 0)
    fake.fault("PATCH /webhooks", 503)

    tapped = await fake.click(advice, phrase_question(flip))
    await fake.until(lambda: tapped.text)

    assert tapped.text.startswith("Now: fine-tuning.")


OTHER = "A Discord bot that writes funny limericks; there are no examples, and every limerick is different."


async def test_an_old_card_is_about_its_own_project(
    fake: FakeDiscord, assistant: Assistant, project: Conversation, flip: Signal, ada: str
) -> None:
    """Whatever was described since; and what was described since is not replaced by it."""
    other = respond(assistant, Conversation(), OTHER, "advise").conversation
    old = await fake.slash("advise", by=ada, project=PROJECT)
    new = await fake.slash("advise", by=ada, project=OTHER)

    tapped = await fake.click(old, phrase_question(flip))
    picked = await fake.select(old, phrase_question(VARIED))
    of_new = await fake.select(new, phrase_question(NO_DATA))
    typed = await fake.slash("whatif", by=ada, need=NEED, answer="yes")

    assert tapped.text == expect(assistant, project, flip)
    assert picked.text == expect(assistant, project, VARIED)
    assert of_new.text == expect(assistant, other, NO_DATA)
    assert typed.text == expect(assistant, other, Signal(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING))


@pytest.mark.parametrize("language", list_languages()[1:])
async def test_suppositions_are_offered_in_the_language_of_whoever_asks(
    language: str, fake: FakeDiscord, assistant: Assistant, project: Conversation, flip: Signal, ada: str
) -> None:
    fake.introduce(ada, locale=language)
    (need,) = [option for option in fake.server.world.commands["whatif"]["options"] if option["name"] == "need"]

    advice = await fake.slash("advise", by=ada, project=PROJECT)
    tapped = await fake.click(advice, phrase_question(flip, language))
    picked = await fake.select(advice, phrase_question(VARIED, language))
    suggested = await fake.autocomplete("whatif", "answer", "", by=ada, need=NEED)

    assert tapped.text == expect(assistant, project, flip)
    assert picked.text == expect(assistant, project, VARIED)
    assert suggested.choices == [*name_choices(Need.DATA_REQUIREMENT, language).values()]
    assert [choice["name_localizations"][language] for choice in need["choices"]] == [
        name_need(need, language) for need in Need
    ]


async def test_a_control_from_before_is_about_the_project_that_is_remembered(
    fake: FakeDiscord, assistant: Assistant, flip: Signal, ada: str
) -> None:
    """Its id does not name a card."""
    other = respond(assistant, Conversation(), OTHER, "advise").conversation
    old = await fake.slash("advise", by=ada, project=PROJECT)
    _, button = old.find_button(phrase_question(flip))
    _, menu = old.find_menu([phrase_question(VARIED)])
    for control in (button, menu):
        control["custom_id"] = f"what-{control['custom_id'].rpartition(':')[0]}"
    await fake.slash("advise", by=ada, project=OTHER)

    assert (await fake.click(old, phrase_question(flip))).text == expect(assistant, other, flip)
    assert (await fake.select(old, phrase_question(VARIED))).text == expect(assistant, other, VARIED)
