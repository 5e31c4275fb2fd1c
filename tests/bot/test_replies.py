"""What the bot says: whole, from the words of the lesson and of the person, and never without words."""

from __future__ import annotations

import typing

import pytest

from bot.replies import compare_features, phrase_turn
from bot.reply import Reply
from bot.words import LONGEST_QUOTE, load_words
from knowledge.lesson import Lesson
from knowledge.signals import Need
from retrieval.answer import Answer, Citation, ComparisonShown, OutOfScope, Outside, Smalltalk, SmalltalkSort
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.message import LANGUAGES, Rejected
from retrieval.profile import Profile
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion
from retrieval.turn import Outcome, Turn
from tests.bot.samples import EXAMPLES, HURRY, recommend


class Phrase(typing.Protocol):
    """Puts an outcome into words."""

    def __call__(self, outcome: Outcome, profile: Profile = Profile()) -> Reply: ...  # noqa: B008 - it is frozen


@pytest.fixture
def phrase(assistant: Assistant) -> Phrase:
    def phrase(outcome: Outcome, profile: Profile = Profile()) -> Reply:  # noqa: B008 - it is frozen
        return phrase_turn(Turn(outcome, Conversation(profile=profile)), assistant)

    return phrase


def test_an_answer_is_the_passages_each_with_its_source(phrase: Phrase, lesson: Lesson) -> None:
    """Each stands as it is in the lesson, and each citation is a sentence of it."""
    passages = lesson.passages[:3]
    citations = tuple(Citation(passage=passage, quote=passage.text.split("\n")[0]) for passage in passages)

    reply = phrase(Answer(citations=citations))

    assert reply.kind == "answer"
    assert [citation.passage for citation in reply.citations] == [passage.id for passage in passages]
    for passage, citation in zip(passages, reply.citations, strict=True):
        assert f"{passage.text}\nSource: {passage.source}" in reply.text
        assert citation.quote in passage.text


def test_additions_are_told_from_the_lesson(phrase: Phrase, lesson: Lesson) -> None:
    """Whatever follows the first passage is announced as the lesson's or as going beyond it."""
    own = next(passage for passage in lesson.passages if not passage.addition)
    beyond = next(passage for passage in lesson.passages if passage.addition)
    words = load_words()["answer"]

    reply = phrase(Answer(citations=tuple(Citation(passage=each, quote=each.text) for each in (own, beyond, own))))

    assert f"{words['addition']}\n{beyond.text}" in reply.text
    assert f"{words['lesson']}\n{own.text}" in reply.text


def test_a_comparison_shows_every_cell(phrase: Phrase, lesson: Lesson) -> None:
    reply = phrase(ComparisonShown(features=lesson.comparison.features))

    assert len(reply.features) == len(lesson.comparison.features) == len(reply.citations)
    for row in reply.features:
        for cell in (row.feature, row.fine_tuning, row.prompt_engineering):
            assert cell in reply.text


def test_a_lesson_without_a_table_says_so(phrase: Phrase) -> None:
    reply = phrase(ComparisonShown(features=()))

    assert (reply.kind, reply.text, reply.features) == ("comparison", load_words()["comparison"]["none"], ())


def test_a_feature_is_found_by_everyday_words(assistant: Assistant) -> None:
    reply = compare_features(assistant, "price")

    assert [row.feature for row in reply.features] == ["Time and cost"]


def test_an_unknown_feature_is_answered_with_those_there_are(assistant: Assistant, lesson: Lesson) -> None:
    reply = compare_features(assistant, "the weather " * 100)

    assert reply.kind == "out_of_scope"
    assert reply.features == ()
    assert len(reply.text) < 2 * LONGEST_QUOTE + sum(len(row.feature) + 2 for row in lesson.comparison.features)
    for row in lesson.comparison.features:
        assert row.feature in reply.text


def test_the_profile_stands_beside_every_reply(phrase: Phrase) -> None:
    reply = phrase(Smalltalk(sort="thanks"), Profile(findings=(EXAMPLES, HURRY)))

    for shown, finding in zip(reply.profile, (EXAMPLES, HURRY), strict=True):
        assert (shown.need, shown.leaning, shown.words) == (finding.need, finding.leaning, finding.words)


@pytest.mark.parametrize("need", list(Need))
def test_every_need_can_be_asked_for_with_answers_to_choose_from(need: Need, phrase: Phrase) -> None:
    asked = load_questions()[need]
    question = ClarifyingQuestion(need=need, question=asked.question, choices=tuple(asked.choices), profile=Profile())

    reply = phrase(question)

    assert (reply.asks, reply.choices) == (need, tuple(asked.choices))
    for part in (asked.question, *asked.choices, "skip"):
        assert part in reply.text


@pytest.mark.parametrize("sort", typing.get_args(SmalltalkSort))
def test_every_sort_of_small_talk_has_words(sort: SmalltalkSort, phrase: Phrase) -> None:
    reply = phrase(Smalltalk(sort=sort))

    assert (reply.kind, bool(reply.text)) == ("smalltalk", True)


@pytest.mark.parametrize("reason", typing.get_args(Outside))
def test_what_is_outside_is_declined_with_what_is_near(reason: Outside, phrase: Phrase, lesson: Lesson) -> None:
    near = lesson.passages[:2]
    reply = phrase(OutOfScope(reason=reason, near=near if reason != "language" else ()))

    assert reply.kind == "out_of_scope"
    assert reason == "language" or all(f"- {passage.heading}" in reply.text for passage in near)


@pytest.mark.parametrize("language", ["other", *LANGUAGES.values()])
def test_every_language_we_recognize_is_answered_in_itself_and_in_english(language: str, phrase: Phrase) -> None:
    reply = phrase(OutOfScope(reason="language", language=language))
    words = load_words()["out_of_scope"]

    assert reply.text == f"{words['language'][language]}\n\n{words['language_offer']}"


@pytest.mark.parametrize("reason", ["empty", "unreadable", "too_long"])
def test_a_message_that_cannot_be_read_is_refused_with_the_remedy(
    reason: typing.Literal["empty", "unreadable", "too_long"], phrase: Phrase
) -> None:
    reply = phrase(Rejected(reason))

    assert (reply.kind, reply.text) == ("rejected", load_words()["rejected"][reason])


def test_a_recommendation_is_put_into_words_with_the_profile(phrase: Phrase) -> None:
    reply = phrase(recommend(), Profile(findings=(EXAMPLES,)))

    assert (reply.kind, reply.verdict) == ("recommendation", "fine_tuning")
    assert [finding.words for finding in reply.profile] == [EXAMPLES.words]
