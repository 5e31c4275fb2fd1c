"""A few everyday words say what is supposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.signals import Leaning, Need, Signal
from knowledge.store import Knowledge
from retrieval.questions import load_questions
from retrieval.supposition import DENIAL, LONGEST_NAME, find_answer, find_supposed, read_supposition

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING
NAMES = [(need, name) for need, asked in load_questions().items() for name in (asked.name, *asked.also)]
ANSWERS = [
    (Signal(need, leaning), answer)
    for need, asked in load_questions().items()
    for answer, leaning in [
        *asked.choices.items(),
        *((word, leaning) for leaning, words in asked.short.items() for word in words),
    ]
]


@pytest.mark.parametrize(("need", "name"), NAMES)
def test_every_name_of_a_need_means_it_however_it_is_written(need: Need, name: str) -> None:
    assert read_supposition(name) is need
    assert read_supposition(f"  {name.upper()}:\n") is need
    assert len(name.split()) <= LONGEST_NAME


@pytest.mark.parametrize(("signal", "answer"), ANSWERS)
def test_every_answer_to_a_need_leans_as_it_says_under_every_name(signal: Signal, answer: str) -> None:
    for name in (name for need, name in NAMES if need is signal.need):
        assert read_supposition(f"{name} {answer}") == signal


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("exmaples none", Signal(Need.DATA_REQUIREMENT, PROMPTED)),
        ("examples: hundrds", Signal(Need.DATA_REQUIREMENT, TUNED)),
        ("data labelled", Signal(Need.DATA_REQUIREMENT, TUNED)),
        ("if there were examples: a handfull", Signal(Need.DATA_REQUIREMENT, PROMPTED)),
        ("time and mony months", Signal(Need.TIME_AND_COST, TUNED)),
        ("the budget is tight", Signal(Need.TIME_AND_COST, PROMPTED)),
        ("prompts stopped improving", Signal(Need.PROMPTING_TRIED, TUNED)),
        ("tunable model = no", Signal(Need.BASE_MODEL_TUNABLE, PROMPTED)),
        ("PRIVACY in-house", Signal(Need.PRIVACY, TUNED)),
        ("facts yes", Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)),
    ],
)
def test_spelling_and_small_words_do_not_matter(text: str, supposed: Signal) -> None:
    assert read_supposition(text) == supposed


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("examples", Need.DATA_REQUIREMENT),
        ("examples perhaps", Need.DATA_REQUIREMENT),
        ("facts no", Need.CHANGING_FACTS),
        ("privacy 7", Need.PRIVACY),
    ],
)
def test_a_need_without_one_of_its_answers_is_the_need_alone(text: str, need: Need) -> None:
    assert read_supposition(text) is need


@pytest.mark.parametrize("text", ["", "  ", "?", "the weather sunny", "none", "x" * 100_000, "data" * 10_000])
def test_where_no_need_is_named_nothing_is_supposed(text: str) -> None:
    assert read_supposition(text) is None


@pytest.mark.parametrize(
    ("signal", "answer"),
    [(s, a) for s, a in ANSWERS if s.leaning is not PROMPTED and not DENIAL.search(a.casefold())],
)
def test_what_is_denied_is_not_taken_for_what_is_said(signal: Signal, answer: str) -> None:
    assert find_answer(signal.need, f"not {answer}") is not signal.leaning


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("the model cant be tuned", Need.BASE_MODEL_TUNABLE),
        ("the model is unavailable", Need.BASE_MODEL_TUNABLE),
        ("the model is unavailble", Need.BASE_MODEL_TUNABLE),
        ("the model is non-tunable", Need.BASE_MODEL_TUNABLE),
        ("facts unchanging", Need.CHANGING_FACTS),
        ("the people are inexperienced", Need.TECHNICAL_REQUIREMENTS),
        ("training data not labeled", Need.DATA_REQUIREMENT),
        ("training data isnt labeled", Need.DATA_REQUIREMENT),
    ],
)
def test_the_opposite_of_an_answer_is_not_that_answer(text: str, need: Need) -> None:
    assert read_supposition(text) is need


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("examples unlabelled", Signal(Need.DATA_REQUIREMENT, PROMPTED)),
        ("prompts untryed", Signal(Need.PROMPTING_TRIED, PROMPTED)),
        ("prompts arent working", Signal(Need.PROMPTING_TRIED, TUNED)),
        ("privacy inhouse", Signal(Need.PRIVACY, TUNED)),
    ],
)
def test_an_answer_that_denies_something_is_known_misspelt_too(text: str, supposed: Signal) -> None:
    assert read_supposition(text) == supposed


@given(st.text())
def test_whatever_is_written_can_be_read(text: str) -> None:
    for words in (text, f"examples {text}"):
        supposed = read_supposition(words)
        assert supposed is None or isinstance(supposed, Need | Signal)


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("what if the rates changed every month?", Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)),
        ("What if the labels changed monthly?", Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)),
        ("suppose nobody could train a model", Signal(Need.TECHNICAL_REQUIREMENTS, PROMPTED)),
        ("what if we didn't have anyone who can train a model", Signal(Need.TECHNICAL_REQUIREMENTS, PROMPTED)),
        ("what if it had to answer within 40 ms", Signal(Need.VOLUME_LATENCY, TUNED)),
        ("imagine we had 9,000 labelled notes", Signal(Need.DATA_REQUIREMENT, TUNED)),
        ("what if examples none", Signal(Need.DATA_REQUIREMENT, PROMPTED)),
        ("what if our rates did not change", Signal(Need.FLEXIBILITY, TUNED)),
        ("what if it rained tomorrow", None),
        ("what if", None),
    ],
)
def test_what_a_sentence_supposes_is_read_as_if_it_were_so(
    knowledge: Knowledge, text: str, supposed: Signal | None
) -> None:
    assert find_supposed(text, knowledge) == supposed
