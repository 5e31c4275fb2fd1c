"""A project is advised on by command and by form, and each project by what was said of it alone."""

from __future__ import annotations

import discord
import pytest

from bot.cogs.advise import CHOSEN, FORM_LASTS, LONGEST_FIELD, ProjectForm
from bot.cogs.feedback import FeedbackCog, FeedbackForm
from bot.cogs.thread import ContinueForm
from bot.cooldown import Cooldown
from bot.delivery import Delivery
from bot.gaps.writer import GapWriter
from bot.memory import Memory
from bot.needs import name_choices, name_need
from bot.speaker import Speaker
from bot.words import ENGLISH, load_words
from knowledge.signals import Leaning, Need
from retrieval.assistant import Assistant
from retrieval.questions import load_questions
from tests.bot.seen import CARD, LITTLE, MUCH, PLACES, WORDS, list_buttons, repeat, say
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROJECT = WORDS["form"]["project"]
PLAIN = "A bot that sorts the tickets of our support."
OTHER = "Another project: a bot that writes slogans for posters. There are no examples, and every slogan is different."


def choose(need: Need, leaning: Leaning) -> dict[str, str]:
    """Return an entry into the form: the answer about a need that leans one way."""
    asked = load_questions()[need]
    return {asked.name: next(choice for choice, leans in asked.choices.items() if leans is leaning)}


async def fill(fake: FakeDiscord, by: str, project: str, chosen: dict[str, str], where: Where = "guild") -> Reply:
    opened = await fake.slash("advise", by=by, where=where)
    return await fake.submit_modal(opened, {PROJECT: project, **chosen})


@pytest.mark.parametrize("where", PLACES)
async def test_a_described_project_is_advised_on(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fake.slash("advise", by=ada, where=where, project=MUCH)

    assert reply.text == say(assistant, MUCH, command="advise")
    assert MessageFlag.EPHEMERAL not in reply.flags
    assert not reply.deferred


async def test_a_form_opens_where_nothing_was_typed(fake: FakeDiscord, ada: str) -> None:
    """It asks for the project, and offers the answers about what most often decides."""
    opened = await fake.slash("advise", by=ada)

    assert opened.modal is not None
    assert opened.modal["title"] == WORDS["form"]["title"]
    written, *menus = opened.modal["components"]
    assert (written["label"], written["component"]["required"]) == (PROJECT, True)
    assert [(menu["label"], menu["component"]["required"]) for menu in menus] == [
        (load_questions()[need].name, False) for need in CHOSEN
    ]
    assert [[option["label"] for option in menu["component"]["options"]] for menu in menus] == [
        list(load_questions()[need].choices) for need in CHOSEN
    ]


@pytest.mark.parametrize("where", PLACES)
async def test_a_form_in_which_nothing_is_chosen_is_read_like_a_command(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fill(fake, ada, MUCH, {}, where)

    assert reply.text == say(assistant, MUCH, command="advise")


@pytest.mark.parametrize(
    ("leaning", "verdict"), [(Leaning.FINE_TUNING, "### Fine-tuning"), (Leaning.PROMPT_ENGINEERING, "### Prompt")]
)
async def test_what_is_chosen_in_a_form_counts_as_said(
    leaning: Leaning, verdict: str, fake: FakeDiscord, ada: str
) -> None:
    chosen = {key: value for need in CHOSEN for key, value in choose(need, leaning).items()}
    reply = await fill(fake, ada, PLAIN, chosen)

    why = await fake.click(reply, CARD["why"])

    assert reply.text.startswith(verdict)
    assert all(f"“{choice}”" in why.text for choice in chosen.values())


async def test_a_form_is_not_asked_again_what_was_chosen_in_it(fake: FakeDiscord, ada: str) -> None:
    chosen = choose(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING)
    reply = await fill(fake, ada, LITTLE, chosen)

    assert not {*load_questions()[Need.DATA_REQUIREMENT].choices} & {*list_buttons(reply)}


async def test_a_form_takes_as_much_as_discord_lets_people_type(fake: FakeDiscord, ada: str) -> None:
    reply = await fill(fake, ada, (f"{MUCH} " * 40)[:LONGEST_FIELD], {})

    assert reply.text.startswith("### Fine-tuning")


async def test_no_form_is_waited_for_for_ever(assistant: Assistant, gap_writer: GapWriter) -> None:
    """Discord does not tell that one was closed."""
    delivery = Delivery(Speaker(assistant), Memory(), gap_writer, Cooldown("12/minute"))
    forms: list[discord.ui.Modal] = [ProjectForm(delivery, ENGLISH), ContinueForm(delivery, ENGLISH)]
    forms.append(FeedbackForm(FeedbackCog(delivery), "0" * 32, ENGLISH))

    assert [form.timeout for form in forms] == [FORM_LASTS] * len(forms)


async def test_a_second_form_begins_anew(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    await fill(fake, ada, MUCH, {})
    second = await fill(fake, ada, PLAIN, {})

    assert second.text == say(assistant, PLAIN, command="advise")


async def test_a_second_project_inherits_nothing_from_the_first(fake: FakeDiscord, ada: str) -> None:
    first = await fake.slash("advise", by=ada, project=MUCH)
    second = await fake.slash("advise", by=ada, project=OTHER)
    why = await fake.click(second, CARD["why"])

    assert first.text.startswith("### Fine-tuning")
    assert second.text.startswith("### Prompt engineering")
    for words in ("5000 labelled tickets", "two ML engineers", "strict format"):
        assert words not in why.text


async def test_a_second_command_begins_anew(fake: FakeDiscord, assistant: Assistant, ada: str) -> None:
    """Also where the words alone might be a further fact about the first project."""
    fact = "We have no labelled examples any more."
    await fake.slash("advise", by=ada, project=MUCH)

    second = await fake.slash("advise", by=ada, project=fact)

    assert second.text == say(assistant, fact, command="advise")


@pytest.mark.parametrize("how", ["mention", "dm"])
async def test_a_later_fact_refines_the_same_project(how: str, fake: FakeDiscord, ada: str) -> None:
    where: Where = "dm" if how == "dm" else "guild"
    project = "It answers in our style; we have no examples, two ML engineers."
    await fake.slash("advise", by=ada, where=where, project=project)
    fact = "we have 20k labelled examples now"
    refined = await (fake.dm(fact, by=ada) if how == "dm" else fake.mention(fact, by=ada))
    why = await fake.click(refined, CARD["why"])

    assert "20k labelled examples" in why.text
    assert "two ML engineers" in why.text
    assert "we have no examples" not in why.text


async def test_a_command_that_comes_twice_is_answered_once(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("advise", by=ada, project=MUCH)
    before = reply.text

    await repeat(fake, reply)

    assert reply.text == before
    assert len(reply.messages) == 1


async def test_a_form_that_is_asked_for_once_opens_once(fake: FakeDiscord, ada: str) -> None:
    opened = await fake.slash("advise", by=ada)
    await repeat(fake, opened)

    answered = await fake.submit_modal(opened, {PROJECT: MUCH})
    await repeat(fake, answered)

    assert len(answered.messages) == 1


@pytest.mark.parametrize("language", ["de", "ja"])
async def test_a_form_offers_its_answers_in_the_language_of_whoever_fills_it_in(
    language: str, fake: FakeDiscord, ada: str
) -> None:
    """What is chosen counts as in English."""
    fake.introduce(ada, locale=language)
    words = load_words(language)["discord"]
    opened = await fake.slash("advise", by=ada)
    assert opened.modal is not None
    _, *menus = opened.modal["components"]
    labels = {need: [*name_choices(need, language).values()] for need in CHOSEN}

    chosen = {name_need(need, language): choices[0] for need, choices in labels.items()}
    card = await fake.submit_modal(opened, {words["form"]["project"]: PLAIN, **chosen})
    why = await fake.click(card, words["card"]["why"])

    assert [menu["label"] for menu in menus] == [name_need(need, language) for need in CHOSEN]
    assert [[option["label"] for option in menu["component"]["options"]] for menu in menus] == [*labels.values()]
    assert card.text.startswith("### Fine-tuning")
    assert all(f"“{next(iter(load_questions()[need].choices))}”" in why.text for need in CHOSEN)
