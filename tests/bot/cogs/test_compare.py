"""The table as a picture and in words: whole, one feature of it, or one method."""

from __future__ import annotations

import re

import pytest

from bot.layout import escape_markup
from bot.replies import compare_features
from knowledge.comparison import Method
from knowledge.lesson import Lesson
from retrieval.assistant import Assistant
from tests.bot.seen import PLACES, WORDS, show
from tests.fake_discord import ComponentType, FakeDiscord, MessageFlag
from tests.fake_discord.places import Where

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("where", PLACES)
async def test_the_whole_table_is_shown_in_words_and_as_a_picture_that_says_the_same(
    where: Where, fake: FakeDiscord, lesson: Lesson, ada: str
) -> None:
    reply = await fake.slash("compare", by=ada, where=where)
    sent = next(call.files for call in reversed(fake.calls) if call.files)
    files = reply.messages[0]["attachments"]
    told = " ".join(file["description"] for file in files)
    shown = [part["items"][0]["media"]["url"] for part in reply.components if part["type"] == ComponentType.GALLERY]

    for row in lesson.comparison.features:
        for cell in (row.feature, row.fine_tuning, row.prompt_engineering):
            assert escape_markup(cell) in reply.text
        assert row.feature in told
    assert shown == [f"attachment://{file['filename']}" for file in files]
    assert all(content.startswith(b"\x89PNG") for content in sent.values())
    assert MessageFlag.EPHEMERAL not in reply.flags


@pytest.mark.parametrize("where", PLACES)
async def test_one_feature_is_shown_in_words_alone(where: Where, fake: FakeDiscord, lesson: Lesson, ada: str) -> None:
    wanted, *others = lesson.comparison.features
    reply = await fake.slash("compare", by=ada, where=where, feature=wanted.feature)

    assert escape_markup(wanted.fine_tuning) in reply.text
    assert escape_markup(wanted.prompt_engineering) in reply.text
    assert not any(escape_markup(row.fine_tuning) in reply.text for row in others)
    assert reply.messages[0]["attachments"] == []
    assert MessageFlag.EPHEMERAL not in reply.flags


@pytest.mark.parametrize(("name", "method"), [(WORDS["methods"][method], method) for method in WORDS["methods"]])
async def test_one_method_is_shown_in_words(
    name: str, method: str, fake: FakeDiscord, assistant: Assistant, ada: str
) -> None:
    reply = await fake.slash("compare", by=ada, method=name)

    assert reply.text == show(compare_features(assistant, None, Method(method)))


async def test_no_address_hides_formatting_from_being_escaped(fake: FakeDiscord, ada: str) -> None:
    reply = await fake.slash("compare", by=ada, feature="https://x<[free_nitro](https://evil.com)**b**||s||")

    assert not re.search(r"(?<!\\)(?:[\[<]|\*\*|\|\|)", reply.text)


async def test_the_features_there_are_are_named_where_there_is_none_such(
    fake: FakeDiscord, lesson: Lesson, ada: str
) -> None:
    reply = await fake.slash("compare", by=ada, feature="the weather")

    assert "the weather" in reply.text
    for row in lesson.comparison.features:
        assert row.feature in reply.text


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("scalabilty", "Scalability"),
        ("flexib", "Flexibility"),
        ("tehcnical", "Technical requirements"),
        ("CONSISTENCY", "Output consistency"),
        ("data req", "Data requirement"),
    ],
)
async def test_a_feature_is_suggested_while_it_is_typed_even_misspelt(
    typed: str, first: str, where: Where, fake: FakeDiscord, ada: str
) -> None:
    reply = await fake.autocomplete("compare", "feature", typed, by=ada, where=where)

    assert reply.choices is not None
    assert reply.choices[0].casefold() == first.casefold()


@pytest.mark.parametrize("typed", ["", "?", "x" * 6_000, "@everyone", "\N{GRINNING FACE}"])
async def test_all_features_are_suggested_where_none_is_meant(
    typed: str, fake: FakeDiscord, lesson: Lesson, ada: str
) -> None:
    reply = await fake.autocomplete("compare", "feature", typed, by=ada)

    assert reply.choices is not None
    assert set(reply.choices) == {row.feature for row in lesson.comparison.features}
