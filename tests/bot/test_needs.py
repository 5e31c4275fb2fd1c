"""Needs, answers and suppositions have names in every language, and these fit where Discord puts them."""

from __future__ import annotations

import pytest

from bot.needs import name_choices, name_need
from bot.what_if import phrase_question
from bot.words import ENGLISH, list_languages, load_words
from knowledge.signals import Need
from retrieval.questions import list_answers, load_questions

LANGUAGES = list_languages()
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
LONGEST_FIELD_LABEL, LONGEST_BUTTON_LABEL = 45, 80


@pytest.mark.parametrize("need", Need)
def test_in_english_they_are_called_what_the_questions_call_them(need: Need) -> None:
    asked = load_questions()[need]

    assert name_need(need) == asked.name
    assert name_choices(need) == {choice: choice for choice in asked.choices}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_out_and_nothing_is_added(language: str) -> None:
    translated = load_words(language)["questions"]

    assert list(translated) == list(load_questions())
    for need, asked in load_questions().items():
        assert translated[need].keys() == {"name", "choices", "what_if"}
        assert len(translated[need]["choices"]) == len(asked.choices)
        assert translated[need]["what_if"].keys() == {*asked.choices.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_fits_where_discord_puts_it(language: str) -> None:
    choices = [label for need in Need for label in name_choices(need, language).values()]
    questions = [phrase_question(supposed, language) for supposed in list_answers()]

    assert all(0 < len(name_need(need, language)) <= LONGEST_FIELD_LABEL for need in Need)
    assert all(0 < len(label) <= LONGEST_BUTTON_LABEL for label in [*choices, *questions])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_side_by_side_can_be_told_apart(language: str) -> None:
    """Two suppositions in a menu, two answers to a question, two needs in a form."""
    questions = [phrase_question(supposed, language) for supposed in list_answers()]
    names = [name_need(need, language) for need in Need]

    assert len(set(questions)) == len(questions)
    assert len(set(names)) == len(names)
    assert all(len(set(labels.values())) == len(labels) for labels in (name_choices(need, language) for need in Need))


@pytest.mark.parametrize("language", OTHERS)
def test_none_of_it_is_left_in_english(language: str) -> None:
    english = {text for need in Need for text in (name_need(need), *name_choices(need))}
    english |= {phrase_question(supposed) for supposed in list_answers()}

    for need in Need:
        assert not english & {name_need(need, language), *name_choices(need, language).values()}
    assert not english & {phrase_question(supposed, language) for supposed in list_answers()}
