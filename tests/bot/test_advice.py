"""A recommendation in words: whole, with the words of the person and of the lesson."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.advice import MOST_REASONS, WHOLE_REASONS, phrase_recommendation
from bot.reply import Reply
from bot.session import respond
from bot.words import load_words
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from retrieval.recommendation import Flip, Reason, Recommendation, Verdict
from tests.bot.samples import EXAMPLES, HURRY, SECRET, recommend

Phrase = Callable[[Recommendation], Reply]


@pytest.fixture
def phrase(assistant: Assistant) -> Phrase:
    return lambda advice: phrase_recommendation(advice, assistant)


@pytest.fixture
def passage(lesson: Lesson) -> str:
    """Id of a passage about data."""
    return next(passage.id for passage in lesson.passages if passage.topic == "data-requirement")


def test_a_recommendation_says_why_with_the_persons_words_and_the_lessons(
    phrase: Phrase, assistant: Assistant, passage: str
) -> None:
    reply = phrase(recommend(Reason(finding=EXAMPLES, weight=1, passage=passage)))
    citation = assistant.open_library().find_citation(passage)

    assert citation is not None
    assert f"“{EXAMPLES.words}”" in reply.text
    assert f"“{citation.quote}”" in reply.text
    assert [cited.passage for cited in reply.citations] == [passage]
    assert [(reason.need, reason.words, reason.passage) for reason in reply.reasons] == [
        (EXAMPLES.need, EXAMPLES.words, passage)
    ]


def test_a_reason_beyond_the_lesson_says_that_the_lesson_is_silent(phrase: Phrase) -> None:
    reply = phrase(recommend(Reason(finding=SECRET, weight=1, passage=None)))

    assert "(The lesson is silent on this.)" in reply.text
    assert reply.reasons[0].passage is None
    assert reply.citations == ()


def test_what_speaks_against_the_verdict_is_not_kept_back(phrase: Phrase, passage: str) -> None:
    reply = phrase(recommend(objections=(Reason(finding=HURRY, weight=1, passage=passage),)))

    assert load_words()["recommendation"]["objections"] in reply.text
    assert HURRY.words in reply.text
    assert [cited.passage for cited in reply.citations] == [passage]


def test_everything_a_person_needs_to_act_is_in_the_text(phrase: Phrase) -> None:
    """Flips, assumptions, numbered steps, a caution and the question that would most change the verdict."""
    flip = Flip(
        changes=(
            Signal(Need.PRIVACY, Leaning.PROMPT_ENGINEERING),
            Signal(Need.FLEXIBILITY, Leaning.PROMPT_ENGINEERING),
        ),
        verdict=Verdict.BOTH,
    )
    reply = phrase(recommend(flips=(flip,), assumptions=(Need.SUCCESS_MEASURE,), next_need=Need.VOLUME_LATENCY))

    assert reply.flips == ("If a hosted model were fine and if there were many tasks, or they kept changing: both.",)
    assert reply.assumptions == ("there is no graded test set yet",)
    assert reply.next_question == load_questions()[Need.VOLUME_LATENCY].question
    for number, step in enumerate(reply.next_steps, 1):
        assert f"{number}. {step}" in reply.text
    for part in (*reply.flips, *reply.assumptions, reply.next_question, "Caution: ", "Confidence: medium."):
        assert part in reply.text


def test_each_flip_that_takes_one_change_can_be_supposed(phrase: Phrase) -> None:
    """One that takes two cannot: a supposition is about one thing."""
    hosted, varied = (
        Signal(Need.PRIVACY, Leaning.PROMPT_ENGINEERING),
        Signal(Need.FLEXIBILITY, Leaning.PROMPT_ENGINEERING),
    )
    flips = (Flip(changes=(hosted,), verdict=Verdict.BOTH), Flip(changes=(hosted, varied), verdict=Verdict.BOTH))

    reply = phrase(recommend(flips=flips))

    assert [(what_if.need, what_if.leaning) for what_if in reply.what_ifs] == [hosted]


def test_long_words_are_shortened_in_the_text_and_whole_in_the_reason(phrase: Phrase) -> None:
    said = "we have examples and " * 100
    reply = phrase(recommend(Reason(finding=EXAMPLES.model_copy(update={"words": said}), weight=1, passage=None)))

    assert reply.reasons[0].words == said
    assert said not in reply.text
    assert len(reply.text) < len(said)


def test_the_lesson_is_quoted_for_the_strongest_reasons_only(phrase: Phrase, passage: str) -> None:
    reasons = tuple(Reason(finding=EXAMPLES, weight=1, passage=passage) for _ in range(WHOLE_REASONS + 2))
    reply = phrase(recommend(reasons=reasons))

    assert len(reply.reasons) == WHOLE_REASONS + 2
    assert reply.text.count("The lesson: “") == WHOLE_REASONS


def test_reasons_beyond_the_strongest_are_given_in_short(phrase: Phrase, passage: str) -> None:
    first = tuple(Reason(finding=EXAMPLES, weight=1, passage=passage) for _ in range(WHOLE_REASONS))

    reply = phrase(recommend(reasons=(*first, Reason(finding=SECRET, weight=0.2, passage=None))))

    assert f"- “{SECRET.words}”: " in reply.text


def test_of_very_many_reasons_the_strongest_are_told_and_all_are_shaped(phrase: Phrase) -> None:
    reasons = tuple(Reason(finding=SECRET, weight=1, passage=None) for _ in range(MOST_REASONS + 3))
    reply = phrase(recommend(reasons=reasons))

    assert reply.text.count(SECRET.words) == MOST_REASONS
    assert len(reply.reasons) == MOST_REASONS + 3


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words_and_a_caution(phrase: Phrase, verdict: Verdict) -> None:
    reply = phrase(recommend(verdict=verdict, caution=str(verdict)))

    assert reply.text.startswith(load_words()["recommendation"]["verdict"][verdict])
    assert reply.text.count("Caution: ") == 1
    assert load_words()["cautions"][verdict] in reply.text
    assert len(reply.next_steps) == 3


def test_similar_cases_are_told_by_what_came_out_and_cited(phrase: Phrase, lesson: Lesson) -> None:
    case = next(each for each in lesson.passages if each.id == "cases/tone-of-voice")

    reply = phrase(recommend(precedents=(case.id,)))

    (cited,) = reply.citations
    assert (cited.passage, cited.quote.partition(":")[0]) == (case.id, "Result")
    assert f"- {case.heading}. {cited.quote} Source: {case.source}" in reply.text


def test_a_case_that_the_lesson_in_use_no_longer_holds_is_left_out(phrase: Phrase) -> None:
    reply = phrase(recommend(precedents=("cases/gone",)))

    assert load_words()["recommendation"]["precedents"] not in reply.text
    assert reply.citations == ()


def test_discords_policy_is_named_to_who_plans_to_train_on_its_messages(assistant: Assistant) -> None:
    said = respond(assistant, Conversation(), "We want to train a model on our Discord server's chat logs.", "advise")
    told = respond(assistant, said.conversation, "skip").reply if said.reply.asks else said.reply

    assert "Discord's Developer Policy (rule 21)" in told.text
    assert "https://support-dev.discord.com/hc/en-us/articles/8563934450327" in told.text


@pytest.mark.parametrize(
    "project",
    [
        "8k rated support chats, one fixed task, and the wording must always be the same. Two of us trained models.",
        "Questions about prices, which change every week. No examples, a launch in nine days, no ML people.",
        "14k pairs in our brand voice, it must never slip, prompts slip, open model, lora guy, a million calls a day",
    ],
)
def test_a_usual_recommendation_stays_readable(assistant: Assistant, project: str) -> None:
    reply = respond(assistant, Conversation(), project, "advise").reply

    assert reply.kind == "recommendation"
    assert len(reply.text) < 2_600
