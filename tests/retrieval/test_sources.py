"""What the lesson says behind what was said last."""

from __future__ import annotations

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from knowledge.signals import Leaning, Need
from retrieval.conversation import Conversation
from retrieval.profile import Finding, Profile
from retrieval.question import Focus
from retrieval.recommendation import Verdict
from retrieval.sources import MOST, cite_sources

TUNED = Leaning.FINE_TUNING
NEEDS = (Need.DATA_REQUIREMENT, Need.FLEXIBILITY, Need.OUTPUT_CONSISTENCY, Need.SPECIALIZATION, Need.TIME_AND_COST)


def advised(*needs: Need) -> Conversation:
    findings = tuple(Finding(need=need, leaning=TUNED, words="so it is") for need in needs)
    return Conversation(verdict=Verdict.FINE_TUNING, profile=Profile(findings=findings))


def test_a_recommendation_rests_on_the_passages_of_its_reasons_the_weightiest_first(lesson: Lesson) -> None:
    cited = cite_sources(advised(Need.FLEXIBILITY, Need.DATA_REQUIREMENT), lesson)

    assert [citation.passage.topic for citation in cited] == ["data-requirement", "flexibility"]
    assert all(citation.quote in citation.passage.text for citation in cited)


def test_no_more_is_shown_than_can_be_read(lesson: Lesson) -> None:
    assert len(cite_sources(advised(*NEEDS), lesson)) == MOST < len(NEEDS)


def test_an_answer_rests_on_what_it_showed_and_not_on_those_before_it(lesson: Lesson) -> None:
    cited = ("scalability/both", "data-requirement/both")
    shown = frozenset({*cited, "definition/both"})
    focus = Focus(topic="scalability", method=Method.BOTH, shown=shown, cited=cited)
    conversation = advised(Need.FLEXIBILITY).model_copy(update={"focus": focus})

    assert tuple(citation.passage.id for citation in cite_sources(conversation, lesson)) == cited


def test_where_the_lesson_is_silent_nothing_is_cited(lesson: Lesson) -> None:
    assert cite_sources(advised(Need.PRIVACY), lesson) == ()
    assert cite_sources(Conversation(), lesson) == ()
