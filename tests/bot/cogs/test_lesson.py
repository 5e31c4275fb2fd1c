"""The lesson, its cases and its glossary can be read in Discord, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from bot.layout import escape_markup
from bot.library import show_cases, show_glossary, show_lesson
from retrieval.assistant import Assistant
from tests.bot.seen import CARD, PLACES, WORDS, list_buttons, list_menus, repeat
from tests.fake_discord import FakeDiscord, MessageFlag, Reply
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")

BACK, NEXT = CARD["previous"], CARD["next"]
TOPIC = "Data requirement"


def read_page(assistant: Assistant, number: int, topic: str = TOPIC) -> str:
    """Return a page of a topic, from 0, as Discord shows it."""
    return escape_markup(show_lesson(assistant, topic).pages[number]).strip()


def search(option: str, words: str) -> dict[str, Any]:
    """Return the option of a command with words in it."""
    return {option: words}


def find_place(reply: Reply) -> str:
    """Return which page is shown, by what stands between the buttons that turn it."""
    (place,) = [part["label"] for part in reply.components if part.get("custom_id") == "page"]
    return str(place)


@pytest.mark.parametrize("where", PLACES)
async def test_the_topics_are_listed_and_one_is_opened_in_their_place(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    listed = await fake.slash("lesson", by=ada, where=where)
    text = listed.text

    opened = await fake.select(listed, TOPIC)

    assert text == escape_markup(show_lesson(assistant, None).pages[0]).strip()
    assert opened.text == read_page(assistant, 0)
    assert [message["id"] for message in opened.messages] == [listed.messages[0]["id"]]


@pytest.mark.parametrize("where", PLACES)
async def test_pages_are_turned_forth_and_back_in_place(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fake.slash("lesson", by=ada, where=where, topic=TOPIC)
    count = len(show_lesson(assistant, TOPIC).pages)
    assert reply.text == read_page(assistant, 0)

    second = await fake.click(reply, NEXT)
    assert second.text == read_page(assistant, 1)
    assert find_place(second) == CARD["page"].format(number=2, count=count)

    first = await fake.click(second, BACK)
    assert first.text == read_page(assistant, 0)
    assert len(first.messages) == 1


async def test_the_pages_end_at_both_ends_and_hold_everything(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fake.slash("lesson", by=ada, topic=TOPIC)
    pages = show_lesson(assistant, TOPIC).pages
    assert BACK not in list_buttons(reply)

    for number in range(1, len(pages)):
        reply = await fake.click(reply, NEXT)
        assert reply.text == read_page(assistant, number)

    assert NEXT not in list_buttons(reply)
    assert BACK in list_buttons(reply)


async def test_a_turned_page_can_be_judged_and_taken_back_like_the_first(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("lesson", by=ada, topic=TOPIC)
    turned = await fake.click(reply, NEXT)

    assert list_buttons(turned)[-3:] == list_buttons(reply)[-3:] == ["👍", "👎", CARD["delete"]]
    await fake.click(turned, CARD["delete"])
    assert reply.messages == []


async def test_only_who_reads_may_turn_pages_and_open_topics(
    fake: FakeDiscord, assistant: Assistant, ada: str, bob: str
) -> None:
    page, listed = await fake.slash("lesson", by=ada, topic=TOPIC), await fake.slash("lesson", by=ada)

    for refused in (await fake.click(page, NEXT, by=bob), await fake.select(listed, TOPIC, by=bob)):
        assert refused.text == WORDS["not_yours"]
        assert MessageFlag.EPHEMERAL in refused.flags
    assert page.text == read_page(assistant, 0)


async def test_a_page_is_turned_although_the_connection_breaks(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fake.slash("lesson", by=ada, topic=TOPIC)
    fake.fault("POST /interactions", 0)
    fake.fault("PATCH /webhooks", 503)

    await fake.click(reply, NEXT)
    await fake.until(lambda: reply.text == read_page(assistant, 1))

    assert len(reply.messages) == 1


async def test_a_page_that_is_turned_once_but_comes_twice_is_turned_once(
    fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    turned = await fake.click(await fake.slash("lesson", by=ada, topic=TOPIC), NEXT)
    await repeat(fake, turned)

    assert turned.text == read_page(assistant, 1)
    assert len(turned.messages) == 1


@pytest.mark.parametrize("where", PLACES)
async def test_a_topic_a_case_and_a_term_are_found_by_their_names(
    where: Where, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    case = assistant.open_library().list_cases()[0].heading
    found = {
        "case": (await fake.slash("cases", by=ada, where=where, case=case), show_cases(assistant, case)),
        "term": (await fake.slash("glossary", by=ada, where=where, term="LoRA"), show_glossary(assistant, "LoRA")),
    }

    for reply, expected in found.values():
        assert reply.text == escape_markup(expected.pages[0]).strip()


@pytest.mark.parametrize(
    ("command", "option", "show"), [("cases", "case", show_cases), ("glossary", "term", show_glossary)]
)
async def test_cases_and_terms_are_listed(
    command: str, option: str, show: object, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    assert callable(show)
    reply = await fake.slash(command, by=ada)
    near = await fake.slash(command, by=ada, **search(option, "tuning"))

    assert reply.text == escape_markup(show(assistant, None).pages[0]).strip()
    assert near.text
    assert list_menus(reply) == []


@pytest.mark.parametrize(("command", "option"), [("lesson", "topic"), ("cases", "case"), ("glossary", "term")])
@pytest.mark.parametrize("words", ["zzzz", "@everyone", "?", "x" * 100])
async def test_what_there_is_not_is_declined_with_what_there_is(
    words: str, command: str, option: str, fake: FakeDiscord, ada: str
) -> None:
    reply = await fake.slash(command, by=ada, **search(option, words))

    assert reply.text
    assert "@everyone" not in reply.text
    assert len(reply.messages) == 1


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("lesson", "topic", "flexb", "Flexibility"),
        ("glossary", "term", "lora", "LoRA"),
        ("cases", "case", "fin: a sup", "Fin: a support agent"),
    ],
)
async def test_names_are_suggested_while_they_are_typed(
    command: str, option: str, typed: str, first: str, where: Where, fake: FakeDiscord, ada: str
) -> None:
    suggested = (await fake.autocomplete(command, option, typed, by=ada, where=where)).choices

    assert suggested
    assert suggested[0].startswith(first)


@pytest.mark.parametrize(("command", "option"), [("lesson", "topic"), ("cases", "case"), ("glossary", "term")])
@pytest.mark.parametrize("typed", ["", "?", "tuning"])
async def test_what_is_suggested_is_found(typed: str, command: str, option: str, fake: FakeDiscord, ada: str) -> None:
    suggested = (await fake.autocomplete(command, option, typed, by=ada)).choices

    assert suggested
    for name in (suggested[0], suggested[-1]):
        found = await fake.slash(command, by=ada, **search(option, name))
        assert found.text.startswith(escape_markup(name)[:20])


@pytest.mark.parametrize(("command", "option"), [("lesson", "topic"), ("cases", "case"), ("glossary", "term")])
async def test_nothing_is_suggested_for_what_is_not_there(command: str, option: str, fake: FakeDiscord) -> None:
    assert (await fake.autocomplete(command, option, "x" * 6_000)).choices == []
