"""What the bot says: whole, from the words of the lesson and of the person, and never without words."""

from __future__ import annotations

import typing

import pytest

from bot.replies import LONGEST_QUOTE, WHOLE_REASONS, compare_features, load_words, phrase_turn
from bot.reply import Reply
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need, Signal
from retrieval.answer import Answer, Citation, ComparisonShown, OutOfScope, Outside, Smalltalk, SmalltalkSort
from retrieval.assistant import Assistant, Outcome, Turn
from retrieval.conversation import Conversation
from retrieval.message import LANGUAGES, Rejected
from retrieval.profile import Finding, Profile
from retrieval.questions import load_questions
from retrieval.recommendation import ClarifyingQuestion, Confidence, Flip, Reason, Recommendation, Verdict

EXAMPLES = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="5000 labelled tickets")
SECRET = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words="nothing may leave the house")
HURRY = Finding(need=Need.TIME_AND_COST, leaning=Leaning.PROMPT_ENGINEERING, words="it is due tomorrow")


class Phrase(typing.Protocol):
    """Puts an outcome into words."""

    def __call__(self, outcome: Outcome, profile: Profile = Profile()) -> Reply: ...  # noqa: B008 - it is frozen


@pytest.fixture
def phrase(assistant: Assistant) -> Phrase:
    def phrase(outcome: Outcome, profile: Profile = Profile()) -> Reply:  # noqa: B008 - it is frozen
        return phrase_turn(Turn(outcome, Conversation(profile=profile)), assistant)

    return phrase


@pytest.fixture
def passage(lesson: Lesson) -> str:
    """Id of a passage about data."""
    return next(passage.id for passage in lesson.passages if passage.topic == "data-requirement")


def recommend(reason: Reason | None = None, **changes: typing.Any) -> Recommendation:
    """Return a recommendation, complete but for what is changed."""
    reasons = (reason or Reason(finding=EXAMPLES, weight=1, passage=None),)
    fields: dict[str, typing.Any] = {
        "verdict": Verdict.FINE_TUNING,
        "confidence": Confidence.MEDIUM,
        "retrieval_advised": False,
        "profile": Profile(findings=(EXAMPLES,)),
        "reasons": reasons,
        "objections": (),
        "flips": (),
        "assumptions": (),
        "next_need": None,
    }
    return Recommendation(**fields | changes)


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


def test_a_recommendation_says_why_with_the_persons_words_and_the_lessons(
    phrase: Phrase, assistant: Assistant, passage: str
) -> None:
    reply = phrase(recommend(Reason(finding=EXAMPLES, weight=1, passage=passage)))
    citation = assistant.find_citation(passage)

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


def test_advice_to_look_facts_up_is_said_and_becomes_a_step(phrase: Phrase) -> None:
    advised = phrase(recommend(verdict=Verdict.PROMPT_ENGINEERING, retrieval_advised=True))
    without = phrase(recommend(verdict=Verdict.PROMPT_ENGINEERING))

    assert load_words()["recommendation"]["retrieval"] in advised.text
    assert set(advised.next_steps) - set(without.next_steps) == {load_words()["steps"]["retrieval"]}


@pytest.mark.parametrize(
    ("earlier", "opening"),
    [
        (None, "Fine-tune."),
        (Verdict.FINE_TUNING, "That does not change the verdict. Fine-tune."),
        (Verdict.BOTH, "That changes the verdict: it was both, now it is fine-tuning. Fine-tune."),
    ],
)
def test_a_verdict_says_what_became_of_the_one_before(earlier: Verdict | None, opening: str, phrase: Phrase) -> None:
    assert phrase(recommend(earlier=earlier)).text.startswith(opening)


def test_a_verdict_on_nothing_says_that_it_judges_nothing(phrase: Phrase) -> None:
    reply = phrase(recommend(profile=Profile(), reasons=()))

    assert load_words()["recommendation"]["unknown"] in reply.text


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


@pytest.mark.parametrize("signal", [Signal(need, leaning) for need in Need for leaning in Leaning])
def test_every_finding_there_can_be_has_words(signal: Signal) -> None:
    """Facts that change lean to retrieval and nothing else does; each has a reason and a condition."""
    words = load_words()["needs"][signal.need]
    possible = (signal.need is Need.CHANGING_FACTS) == (signal.leaning is Leaning.RETRIEVAL)

    assert (signal.leaning in words["because"]) is possible
    assert (signal.leaning in words["if"]) is possible
    assert words["assumed"]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words(verdict: Verdict, phrase: Phrase) -> None:
    reply = phrase(recommend(verdict=verdict))

    assert reply.text.startswith(load_words()["recommendation"]["verdict"][verdict])
    assert load_words()["cautions"][verdict] in reply.text
    assert reply.next_steps


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
