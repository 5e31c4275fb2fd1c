"""Published cases like a project: near in meaning, and not against what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from knowledge.comparison import Comparison, Method
from knowledge.index import PassageIndex, build_index
from knowledge.lesson import Lesson, Passage
from knowledge.lexicon import Lexicon
from knowledge.spelling import Speller
from knowledge.store import Knowledge
from retrieval.precedents import find_precedents, load_precedent_rules
from retrieval.recommendation import Verdict
from tests.fakes import UntaughtReader, WordEmbedder


def make_case(name: str, about: str, method: Method) -> Passage:
    """Return a case that says of nothing else than what it is about."""
    return Passage(
        id=f"cases/{name}",
        topic="examples",
        method=method,
        kind="case",
        heading=about,
        text=f"{about}. {about}.",
        source="cases.md",
    )


TUNED = make_case("tuned", "sorting letters by topic", Method.FINE_TUNING)
PROMPTED = make_case("prompted", "sorting letters by topic", Method.PROMPT_ENGINEERING)
COMPARED = make_case("compared", "sorting many letters by topic", Method.BOTH)
THIRD = make_case("third", "sorting letters by topic and by date", Method.BOTH)
OTHER = make_case("other", "pianos bread kettles", Method.BOTH)
TOPIC = TUNED.model_copy(update={"id": "examples/topic", "kind": "topic"})
STUDY = TUNED.model_copy(update={"id": min(load_precedent_rules().about_methods)})
PROJECT = "sorting letters by topic"

Learn = Callable[[Sequence[Passage]], Knowledge]


@pytest.fixture
def learn(tmp_path: Path) -> Iterator[Learn]:
    """Return a function that makes knowledge of passages, in which texts are alike by their words."""
    opened: list[PassageIndex] = []

    def learn(passages: Sequence[Passage]) -> Knowledge:
        lesson = Lesson(passages=tuple(passages), comparison=Comparison())
        build_index(tmp_path / "index", lesson, WordEmbedder(), lambda *_: None)
        opened.append(PassageIndex(tmp_path / "index"))
        return Knowledge("g1", lesson, opened[0], Lexicon(lesson), Speller((), ()), WordEmbedder(), UntaughtReader())

    yield learn
    for index in opened:
        index.close()


@pytest.mark.parametrize(
    ("verdict", "found"),
    [
        (Verdict.FINE_TUNING, ("cases/tuned", "cases/compared")),
        (Verdict.PROMPT_ENGINEERING, ("cases/prompted", "cases/compared")),
    ],
)
def test_a_case_for_the_other_method_is_not_told(learn: Learn, verdict: Verdict, found: tuple[str, ...]) -> None:
    assert find_precedents(PROJECT, verdict, learn([TUNED, PROMPTED, COMPARED])) == found


def test_where_both_methods_are_advised_cases_for_either_are_told_two_at_most(learn: Learn) -> None:
    found = find_precedents(PROJECT, Verdict.BOTH, learn([THIRD, COMPARED, TUNED, PROMPTED]))

    assert set(found) == {"cases/tuned", "cases/prompted"}


def test_what_is_no_case_of_a_task_is_not_told(learn: Learn) -> None:
    assert find_precedents(PROJECT, Verdict.FINE_TUNING, learn([TOPIC, STUDY, OTHER])) == ()


def test_where_no_case_is_near_or_nothing_is_described_none_is_told(learn: Learn) -> None:
    knowledge = learn([TUNED, OTHER])

    assert find_precedents("a shop for hats", Verdict.BOTH, knowledge) == ()
    assert find_precedents("", Verdict.BOTH, knowledge) == ()


def test_a_lesson_without_cases_has_none_to_tell(learn: Learn) -> None:
    assert find_precedents(PROJECT, Verdict.BOTH, learn([TOPIC])) == ()


@pytest.mark.parametrize(
    ("description", "verdict", "case"),
    [
        ("Our brand voice must never slip, and prompts slip; 14k pairs.", Verdict.FINE_TUNING, "tone-of-voice"),
        ("Questions in plain words are to become SQL queries.", Verdict.PROMPT_ENGINEERING, "dail-sql"),
        ("Translating our software's help texts into five languages", Verdict.FINE_TUNING, "in-house-translation"),
        ("Farmers in three countries ask when to plant, spray and harvest.", Verdict.BOTH, "agriculture"),
    ],
)
def test_cases_of_our_own_lesson_are_found(knowledge: Knowledge, description: str, verdict: Verdict, case: str) -> None:
    assert find_precedents(description, verdict, knowledge)[0] == f"cases/{case}"


def test_what_the_rules_leave_out_are_cases_of_our_lesson(lesson: Lesson) -> None:
    assert load_precedent_rules().about_methods <= {each.id for each in lesson.passages if each.kind == "case"}
