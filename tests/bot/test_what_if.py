"""A supposition in words: the new verdict beside the old, what it would rest on, and what would change it."""

from __future__ import annotations

import pytest

from bot.advice import phrase_flip
from bot.what_if import offer_answers, offer_needs, phrase_hypothesis, phrase_question
from bot.words import load_words
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.conversation import Conversation
from retrieval.hypothesis import NoProject, WhatIf, try_hypothesis
from retrieval.profile import Finding, Profile
from retrieval.questions import list_answers, load_questions

WORDS = load_words()["what_if"]
TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING
MUCH_DATA = Finding(need=Need.DATA_REQUIREMENT, leaning=TUNED, words="9,000 letters")
FIXED = Finding(need=Need.FLEXIBILITY, leaning=TUNED, words="one form")
EXACT = Finding(need=Need.OUTPUT_CONSISTENCY, leaning=TUNED, words="word for word")
PROFILE = Profile(findings=(FIXED, MUCH_DATA, EXACT))
NO_DATA = Signal(Need.DATA_REQUIREMENT, PROMPTED)
NO_HURRY = Signal(Need.VOLUME_LATENCY, PROMPTED)
NEW_FACTS = Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)


def try_out(lesson: Lesson, supposed: Signal, profile: Profile = PROFILE) -> WhatIf:
    hypothesis = try_hypothesis(Conversation(profile=profile), supposed, lesson)
    assert isinstance(hypothesis, WhatIf)
    return hypothesis


def test_the_first_words_are_the_verdict_now_and_the_verdict_then(lesson: Lesson) -> None:
    reply = phrase_hypothesis(try_out(lesson, NO_DATA))

    assert reply.text.startswith("Now: fine-tuning. If there were no usable examples: prompt engineering. ")


def test_a_verdict_that_stays_is_said_to_stay(lesson: Lesson) -> None:
    reply = phrase_hypothesis(try_out(lesson, NO_HURRY))

    assert reply.text.startswith("Now: fine-tuning. If there were only few requests: still fine-tuning. ")


def test_what_is_so_already_is_said_to_be_so(lesson: Lesson) -> None:
    reply = phrase_hypothesis(try_out(lesson, FIXED.signal))

    assert reply.text.startswith(
        "Now: fine-tuning. If it were one fixed task: still fine-tuning, since that is already so."
    )
    assert "(supposed)" not in reply.text


def test_it_says_what_the_verdict_would_rest_on_and_marks_what_is_supposed(lesson: Lesson) -> None:
    """One rule settles it; what pulls the other way is there all the same, the strongest first."""
    because = load_words()["needs"]
    none, fixed, exact = (
        because[signal.need]["because"][signal.leaning].rstrip(".") for signal in (NO_DATA, FIXED.signal, EXACT.signal)
    )

    lines = phrase_hypothesis(try_out(lesson, NO_DATA)).text.splitlines()

    assert lines[lines.index(WORDS["grounds"]) :][1:4] == [
        WORDS["rule"].format(findings=f"{none} (supposed)"),
        WORDS["fine_tuning"].format(findings=f"{fixed}; {exact}"),
        WORDS["prompt_engineering"].format(findings=f"{none} (supposed)"),
    ]


def test_where_the_weights_decide_no_rule_is_named_and_no_empty_side(lesson: Lesson) -> None:
    text = phrase_hypothesis(try_out(lesson, FIXED.signal)).text

    assert WORDS["rule"].partition("{")[0] not in text
    assert WORDS["fine_tuning"].partition("{")[0] in text
    assert WORDS["prompt_engineering"].partition("{")[0] not in text


def test_it_says_what_would_change_the_new_verdict(lesson: Lesson) -> None:
    what_if = try_out(lesson, NO_DATA)
    reply = phrase_hypothesis(what_if)

    assert reply.flips == tuple(map(phrase_flip, what_if.after.flips))
    assert reply.flips == ("If you had hundreds of checked examples: fine-tuning.",)
    assert f"{WORDS['flips']}\n- {reply.flips[0]}" in reply.text


def test_facts_that_would_have_to_be_looked_up_are_spoken_of_where_they_are_news(lesson: Lesson) -> None:
    advice = load_words()["recommendation"]["retrieval"]
    known = PROFILE.add_findings([Finding(need=NEW_FACTS.need, leaning=NEW_FACTS.leaning, words="prices")])

    assert advice in phrase_hypothesis(try_out(lesson, NEW_FACTS)).text
    assert advice not in phrase_hypothesis(try_out(lesson, NO_HURRY)).text
    assert advice not in phrase_hypothesis(try_out(lesson, NO_HURRY, known)).text


def test_the_reply_holds_the_new_verdict_and_the_profile_as_it_is(lesson: Lesson) -> None:
    what_if = try_out(lesson, NO_DATA)
    reply = phrase_hypothesis(what_if)

    assert (reply.kind, reply.verdict, reply.confidence) == ("what_if", what_if.after.verdict, what_if.after.confidence)
    assert [finding.words for finding in reply.profile] == [FIXED.words, MUCH_DATA.words, EXACT.words]
    assert reply.what_ifs == ()


def test_without_a_project_it_says_how_to_describe_one() -> None:
    reply = phrase_hypothesis(NoProject())

    assert (reply.kind, reply.text, reply.verdict) == ("what_if", WORDS["no_project"], None)
    assert "/advise" in reply.text


@pytest.mark.parametrize("supposed", list_answers(), ids=str)
@pytest.mark.parametrize("profile", [PROFILE, Profile(findings=(FIXED.model_copy(update={"leaning": PROMPTED}),))])
def test_every_supposition_has_words_and_a_question(profile: Profile, supposed: Signal, lesson: Lesson) -> None:
    condition = load_words()["needs"][supposed.need]["if"][supposed.leaning]

    assert f" {condition}: " in phrase_hypothesis(try_out(lesson, supposed, profile)).text
    assert phrase_question(supposed) == f"What i{condition[1:]}?"


def test_all_that_can_be_supposed_is_offered_with_its_answers() -> None:
    lines = offer_needs().text.splitlines()

    for line, asked in zip(lines[1:], load_questions().values(), strict=True):
        assert asked.name in line
        assert all(choice in line for choice in asked.choices)


@pytest.mark.parametrize("need", Need)
def test_the_answers_of_one_need_are_offered(need: Need) -> None:
    title, *lines = offer_answers(need).text.splitlines()
    asked = load_questions()[need]

    assert asked.name in title
    assert lines == [f"- {choice}" for choice in asked.choices]
