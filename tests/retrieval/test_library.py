"""The topics, cases and terms of a lesson can be browsed, ours and anybody's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.comparison import Method
from knowledge.lesson import Lesson, read_lesson
from knowledge.topics import load_topics
from retrieval.library import Library


@pytest.fixture(scope="module")
def library(lesson: Lesson) -> Library:
    return Library(lesson)


@pytest.fixture
def own_library(own_lesson: Path) -> Library:
    return Library(read_lesson([own_lesson]))


def test_the_whole_table_or_one_row_can_be_compared(library: Library) -> None:
    whole, row = library.compare(), library.compare("skills")

    assert whole is not None
    assert row is not None
    assert len(whole.features) == 8
    assert [feature.topic for feature in row.features] == ["technical-requirements"]
    assert library.compare("the weather") is None


def test_each_row_of_the_table_can_be_cited(library: Library) -> None:
    whole = library.compare()
    assert whole is not None

    cited = library.cite_features(whole.features)

    assert [(citation.passage.topic, citation.passage.method) for citation in cited] == [
        (feature.topic, Method.BOTH) for feature in whole.features
    ]


def test_rows_are_suggested_nearest_first_and_all_of_them_for_nothing(library: Library) -> None:
    assert library.suggest_features("scal")[0].topic == "scalability"
    assert [row.topic for row in library.suggest_features(" ")][:2] == [
        "definition",
        "data-requirement",
    ]


def test_a_passage_is_found_by_its_id_and_an_unknown_one_is_not(library: Library) -> None:
    found = library.find_citation("data-requirement/both")

    assert found is not None
    assert found.passage.id == "data-requirement/both"
    assert library.find_citation("no/such") is None


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("data-requirement", "data-requirement"),
        ("Data requirement", "data-requirement"),
        ("price", "time-and-cost"),
        ("how much money does it take", "time-and-cost"),
        ("advantages of fine-tuning", "advantages"),
        ("consistancy", "output-consistency"),
        ("hardwear", "technical-requirements"),
        ("Data requirment", "data-requirement"),
    ],
)
def test_a_topic_is_meant_by_its_name_everyday_words_and_typing_errors(
    words: str, topic: str, library: Library
) -> None:
    page = library.read_topic(words)

    assert page is not None
    assert page.topic == topic


@pytest.mark.parametrize("words", ["the weather", "data and costs of a zeppelin", "", "?"])
def test_no_topic_or_more_than_one_is_none(words: str, library: Library) -> None:
    assert library.read_topic(words) is None


def test_what_stands_below_a_topic_is_found_by_its_heading(library: Library, lesson: Lesson) -> None:
    below = [passage for passage in lesson.passages if passage.kind in ("practice", "myth", "question")]

    assert [library.find_further(passage.heading) for passage in below] == below
    assert library.find_further("the weather") is None


@pytest.mark.parametrize("words", [name for topic, known in load_topics().items() for name in (topic, *known.also)])
def test_no_heading_hides_a_topic(words: str, library: Library) -> None:
    assert library.find_further(words) is None


def test_cases_come_newest_first(library: Library) -> None:
    first, *_, last = library.list_cases()

    assert len(library.list_cases()) == 41
    assert first.id == "cases/intercom-fin"
    assert "(2022)" in last.source


@pytest.mark.parametrize(
    "words", ["Lawma: tuned Llama models far ahead of GPT-4 in legal labeling", "lawma", "80.3 vs 62.9"]
)
def test_a_case_is_found_by_its_heading_its_name_or_a_way_of_asking(words: str, library: Library) -> None:
    found = library.find_case(words)

    assert found is not None
    assert found.id == "cases/lawma"
    assert library.find_case("law") is None


def test_terms_come_by_the_alphabet(library: Library) -> None:
    headings = [term.heading for term in library.list_terms()]

    assert len(headings) == 67
    assert headings[:3] == ["Adapter", "Base model (foundation model)", "Baseline"]
    assert headings.index("Distillation (teacher and student)") < headings.index("DPO (direct preference optimization)")


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("RAG", "rag"),
        ("retrieval-augmented generation", "rag"),
        ("retreival augmented generation", "rag"),
        ("what is RAG?", "rag"),
        ("LoRA", "lora"),
        ("sft", "sft"),
        ("FT", "fine-tuning-term"),
        ("Fine tuning", "fine-tuning-term"),
        ("PE", "prompt-engineering-term"),
        ("LLMs", "llm"),
        ("weights", "parameters"),
        ("promting", "prompt-engineering-term"),
        ("temperture", "temperature"),
        ("big text predictor thingy, what's the acronym", "llm"),
    ],
)
def test_a_term_is_found_by_its_names_and_what_is_asked_of_it(words: str, term: str, library: Library) -> None:
    found = library.find_term(words)

    assert found is not None
    assert found.id == f"glossary/{term}"


@pytest.mark.parametrize("words", ["lroa", "weather", "quant", ""])
def test_what_may_be_several_terms_or_none_is_none(words: str, library: Library) -> None:
    assert library.find_term(words) is None


@pytest.mark.parametrize(
    ("suggest", "typed", "first"),
    [
        (Library.suggest_topics, "scal", "Scalability"),
        (Library.suggest_topics, "expens", "Time and cost"),
        (Library.suggest_topics, "temperature 0", '"Temperature 0 makes a model deterministic"'),
        (Library.suggest_cases, "hospital", "Clinical summaries: adapted models on a par with experts"),
        (Library.suggest_cases, "lawm", "Lawma: tuned Llama models far ahead of GPT-4 in legal labeling"),
        (Library.suggest_terms, "quant", "Quantization"),
        (Library.suggest_terms, "lroa", "LoRA (low-rank adaptation)"),
    ],
)
def test_the_likeliest_is_suggested_first(
    suggest: Callable[[Library, str], list[str]], typed: str, first: str, library: Library
) -> None:
    assert suggest(library, typed)[0] == first


def test_without_words_suggestions_are_by_the_alphabet(library: Library) -> None:
    assert library.suggest_topics(" ") == sorted(topic.title for topic in load_topics().values())
    assert library.suggest_terms("") == [term.heading for term in library.list_terms()][:25]
    assert library.suggest_cases("")[0] == "A company's automation language: retrieval kept up with tuning"
    assert len(library.suggest_cases("")) == 25


def test_everything_suggested_is_found(library: Library) -> None:
    for label in library.suggest_topics("fine"):
        assert library.find_further(label) or library.read_topic(label)
    assert all(library.find_case(label) for label in library.suggest_cases(""))
    assert all(library.find_term(label) for label in library.suggest_terms(""))


def test_a_lesson_of_somebodys_own_is_browsed_by_its_own_topics(own_library: Library) -> None:
    titles = [topic.title for topic in own_library.list_topics()]
    cost = own_library.read_topic("price")

    assert titles[:2] == ["Definition", "Data requirement"]
    assert titles[-1].startswith("Prompt Engineering and Fine-Tuning")
    assert own_library.read_topic(titles[-1]) is not None
    assert cost is not None
    ((section),) = cost.sections
    assert section.part == "lesson"
    assert ["An afternoon and a cup of tea" in passage.text for passage in section.passages] == [True]


def test_a_lesson_of_somebodys_own_may_have_neither_cases_nor_terms(own_library: Library) -> None:
    assert own_library.list_cases() == own_library.list_terms() == []
    assert own_library.suggest_cases("kettle") == own_library.suggest_terms("") == []
    assert own_library.find_case("kettle") is own_library.find_term("kettle") is None
