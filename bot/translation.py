"""Commands in the languages of Discord's users, and the language to answer a user in."""

from __future__ import annotations

from functools import cache

import discord
from discord import app_commands

from bot.words import ENGLISH, list_languages, load_words


def name_text(path: str) -> app_commands.locale_str:
    """Return the text at a path of the words, such as `commands.ask.name`, to be registered in every language.

    A path begins with a key of the words for Discord or, where these have no such key, of all words.
    """
    return app_commands.locale_str(_find_text(path, ENGLISH), path=path)


@cache
def choose_language(locale: str | None) -> str:
    """Return the language there are words in that is nearest to a locale of Discord's; English where none is."""
    languages = list_languages()
    if locale in languages:
        return locale
    spoken = (locale or ENGLISH).partition("-")[0]
    return next((language for language in languages if language.partition("-")[0] == spoken), ENGLISH)


class WordsTranslator(app_commands.Translator):
    """Translates what is registered with Discord by the words there are."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - Discord's library asks for it
    ) -> str | None:
        """Return a text in a language; None where it is to be left in English."""
        language = choose_language(locale.value)
        path = string.extras.get("path")
        return None if language == ENGLISH or path is None else _find_text(path, language)


def _find_text(path: str, language: str) -> str:
    words = load_words(language)
    found = words | words["discord"]
    for key in path.split("."):
        found = found[key]
    return str(found)
