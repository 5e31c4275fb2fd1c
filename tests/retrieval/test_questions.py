"""What can be asked about a need, and what each answer means."""

from __future__ import annotations

import pytest

from knowledge.signals import Leaning, Need
from retrieval.advisor import settle_choice
from retrieval.questions import list_answers, load_questions, suggest_choices
from retrieval.rules import load_rules


@pytest.mark.parametrize("need", Need)
def test_every_need_has_one_question_with_choices_that_can_be_weighed(need: Need) -> None:
    asked = load_questions()[need]

    assert asked.question.count("?") == 1
    assert asked.question.endswith("?")
    assert asked.choices
    assert set(asked.choices.values()) <= set(load_rules().needs[need].weights)


@pytest.mark.parametrize("need", [need for need in Need if need is not Need.CHANGING_FACTS])
def test_the_choices_of_a_need_reach_either_side(need: Need) -> None:
    assert set(load_questions()[need].choices.values()) == {Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING}


@pytest.mark.parametrize("need", Need)
def test_a_choice_settles_its_need_in_the_words_of_the_choice_however_it_is_spelt(need: Need) -> None:
    for choice, leaning in load_questions()[need].choices.items():
        finding = settle_choice(need, f"  {choice.upper()}\n")

        assert finding is not None
        assert (finding.need, finding.leaning) == (need, leaning)
        assert finding.words == choice.upper()


def test_what_is_no_choice_settles_nothing() -> None:
    assert settle_choice(Need.PRIVACY, "wherever you like") is None
    assert settle_choice(Need.PRIVACY, "") is None


@pytest.mark.parametrize("need", Need)
def test_an_answer_in_passing_leans_as_some_choice_does(need: Need) -> None:
    asked = load_questions()[need]

    assert set(asked.short) == set(asked.choices.values())
    assert all(asked.short.values())


def test_no_name_means_two_needs_and_no_answer_leans_two_ways() -> None:
    names = [name.casefold() for asked in load_questions().values() for name in {asked.name.casefold(), *asked.also}]

    assert len(set(names)) == len(names)
    for asked in load_questions().values():
        short = [word for words in asked.short.values() for word in words]
        assert len(set(short)) == len(short)


def test_all_that_can_be_answered_is_what_the_choices_mean_each_once() -> None:
    meant = {(need, leaning) for need, asked in load_questions().items() for leaning in asked.choices.values()}

    assert len(list_answers()) == len(meant)
    assert set(list_answers()) == meant


def test_choices_are_suggested_nearest_first_and_in_their_order_for_nothing() -> None:
    choices = list(load_questions()[Need.DATA_REQUIREMENT].choices)

    assert suggest_choices(Need.DATA_REQUIREMENT, " ") == choices
    assert suggest_choices(Need.DATA_REQUIREMENT, "unlabled")[0] == "Plenty, but unlabeled"
    assert set(suggest_choices(Need.DATA_REQUIREMENT, "NONE")) == set(choices)


def test_no_choice_is_the_word_that_skips() -> None:
    assert not [choice for asked in load_questions().values() for choice in asked.choices if choice.lower() == "skip"]
