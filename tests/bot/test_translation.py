"""Commands and fixed texts in every language: whole, within Discord's rules, and saying as much as in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import discord
import pytest
import yaml

from bot.translation import WordsTranslator, choose_language, name_text
from bot.words import ENGLISH, FOLDER, list_languages, load_words

LANGUAGES = [language for language in list_languages() if language != ENGLISH]
SPOKEN = {"de", "es-ES", "fr", "pt-BR", "ko", "ja", "zh-CN"}
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
UNTRANSLATED = {"discord": (), "about": (), "settings": ("languages",), "privacy": (), "pictures": ()}
"""Keys of the files that are translated whole, but for these."""
LONGEST = {
    r"discord\.(commands|options)\.\w+\.description": 100,
    r"cost\.options\.\w+": 100,
    r"discord\.menus\.\w+": 32,
    r"discord\.(form\.title|feedback\.title|card\.continue|chat\.form|feedback\.question|form\.project)": 45,
    r"discord\.(form\.project_hint|feedback\.hint|what_if\.menu|card\.open)|settings\.choose_channels": 100,
    r"discord\.(card\.\w+|skip|gap\.send)|privacy\.(export|delete|erase|back)|settings\.(\w+\.turn_\w+|reset)": 80,
    r"discord\.chat\.title": 60,
}


def list_texts(words: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with its path."""
    for key, value in words.items():
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, Mapping):
            yield from list_texts(value, here)
        else:
            yield here, value


def read_file(language: str, name: str) -> dict[str, str]:
    folder = FOLDER if language == ENGLISH else FOLDER / language
    return dict(list_texts(yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))))


def name_fields(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)


def test_the_languages_that_are_promised_are_there() -> None:
    assert set(LANGUAGES) == SPOKEN
    assert {locale.value for locale in discord.Locale} >= SPOKEN


@pytest.mark.parametrize("name", UNTRANSLATED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out_and_nothing_is_added(language: str, name: str) -> None:
    own = re.compile("|".join(rf"{name}\.{part}\." for part in UNTRANSLATED[name]) or r"(?!)")

    expected = {path for path in read_file(ENGLISH, name) if not own.match(path)}
    assert set(read_file(language, name)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_says_what_is_put_into_it(language: str) -> None:
    english = dict(list_texts(load_words()))
    for path, text in list_texts(load_words(language)):
        if isinstance(text, str):
            assert name_fields(text) == name_fields(english.get(path, "")), path


@pytest.mark.parametrize("language", list_languages())
def test_every_text_fits_where_discord_puts_it(language: str) -> None:
    texts = dict(list_texts(load_words(language)))
    for pattern, most in LONGEST.items():
        found = {path: text for path, text in texts.items() if re.fullmatch(pattern, path)}
        assert found, pattern
        assert {path: len(text) for path, text in found.items() if not 0 < len(text) <= most} == {}


@pytest.mark.parametrize("kind", ["commands", "options"])
@pytest.mark.parametrize("language", list_languages())
def test_names_keep_discords_rules(language: str, kind: str) -> None:
    names = [entry["name"] for entry in load_words(language)["discord"][kind].values()]

    assert all(COMMAND_NAME.fullmatch(name) and name == name.lower() for name in names)
    assert len(set(names)) == len(names) or kind == "options"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("es-419", "es-ES"), ("zh-TW", "zh-CN"), ("en-US", "en"), ("sv-SE", "en"), (None, "en")],
)
def test_the_nearest_language_is_chosen(locale: str | None, language: str) -> None:
    assert choose_language(locale) == language


async def test_what_is_registered_is_translated_where_there_are_words() -> None:
    context: Any = None
    text = name_text("commands.ask.description")

    german = await WordsTranslator().translate(text, discord.Locale.german, context)
    assert german == load_words("de")["discord"]["commands"]["ask"]["description"] != text.message
    assert await WordsTranslator().translate(text, discord.Locale.swedish, context) is None
    assert (
        await WordsTranslator().translate(discord.app_commands.locale_str("x"), discord.Locale.german, context) is None
    )


def test_a_word_that_is_not_translated_is_english() -> None:
    assert load_words("de")["recommendation"] == load_words()["recommendation"]
