"""Topics, cases and terms in words: whole, with their sources, and kindly where there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library import show_cases, show_glossary, show_lesson
from bot.paging import PAGE
from bot.reply import Reply
from bot.words import LONGEST_QUOTE, load_words
from knowledge.lesson import Lesson, Passage
from knowledge.store import Store
from knowledge.topics import load_topics
from retrieval.assistant import Assistant

WORDS = load_words()["library"]
Show = Callable[[Assistant, str | None], Reply]


def find(lesson: Lesson, passage_id: str) -> Passage:
    return next(passage for passage in lesson.passages if passage.id == passage_id)


@pytest.mark.parametrize("words", [None, "", "  ", "?", "\x00", "\udcff"])
def test_without_a_topic_each_is_listed_with_the_sentence_that_sums_it_up(
    words: str | None, assistant: Assistant
) -> None:
    reply = show_lesson(assistant, words)
    lines = reply.text.splitlines()[2:]

    assert reply.kind == "listing"
    assert [line.removeprefix("- ").partition(":")[0] for line in lines] == [
        topic.title for topic in load_topics().values()
    ]
    assert all(citation.quote in line for citation, line in zip(reply.citations, lines, strict=True))


def test_a_topic_is_shown_with_what_the_lesson_says_and_what_goes_beyond_it_apart(
    assistant: Assistant, lesson: Lesson
) -> None:
    reply = show_lesson(assistant, "data")
    titles = WORDS["lesson"]["parts"]
    taught, beyond, further = (titles[part].format(title="Data requirement") for part in titles)
    before, _, after = reply.text.partition(beyond)
    middle, _, end = after.partition(further)

    assert reply.kind == "answer"
    assert before.startswith(taught)
    for passage in (each for each in lesson.passages if each.topic == "data-requirement"):
        if passage.kind == "topic":
            block = f"{passage.heading}\n{passage.text}\nSource: {passage.source}"
            assert block in (middle if passage.addition else before)
            assert passage.id in [citation.passage for citation in reply.citations]
        elif passage.kind != "term":
            assert f"- {passage.heading}\n" in f"{end}\n"
            assert passage.text not in reply.text


@pytest.mark.parametrize("topic", load_topics())
def test_each_topic_is_read_in_pages_of_one_section_each(topic: str, assistant: Assistant) -> None:
    reply = show_lesson(assistant, topic)
    parts = [
        WORDS["lesson"]["parts"][part].format(title=load_topics()[topic].title) for part in WORDS["lesson"]["parts"]
    ]

    assert max(map(len, reply.pages)) <= PAGE
    for page in reply.pages:
        assert sum(part in page for part in parts) == 1
        assert page.startswith(tuple(parts))
    assert flatten("".join(reply.pages)).count("Source: ") == reply.text.count("Source: ")
    assert all(flatten(line) in flatten(" ".join(reply.pages)) for line in reply.text.splitlines())


def flatten(text: str) -> str:
    return " ".join(text.split())


def test_what_is_only_named_on_a_topics_page_can_be_read(assistant: Assistant, lesson: Lesson) -> None:
    myth = find(lesson, "myths/always-expensive")

    reply = show_lesson(assistant, myth.heading)

    assert (reply.kind, reply.text) == ("answer", f"{myth.heading}\n\n{myth.text}\nSource: {myth.source}")
    assert [citation.passage for citation in reply.citations] == [myth.id]


def test_an_unknown_topic_is_answered_with_those_there_are(assistant: Assistant) -> None:
    reply = show_lesson(assistant, "scal")

    assert reply.kind == "out_of_scope"
    assert f"{WORDS['meant']}\n- Scalability\n" in reply.text
    assert all(f"- {topic.title}" in reply.text for topic in load_topics().values())


def test_cases_are_listed_newest_first_with_result_method_and_source(assistant: Assistant, lesson: Lesson) -> None:
    reply = show_cases(assistant, None)
    blocks = reply.text.split("\n\n")[1:]
    case = find(lesson, "cases/lawma")

    assert (reply.kind, len(blocks), len(reply.citations)) == ("listing", 41, 41)
    assert len(reply.pages) > 1
    assert max(map(len, reply.pages)) <= PAGE
    assert (
        f"{case.heading} (2024)\nResult: 80.3 percent with 8 billion and 81.9 with 70 billion parameters, against 62.9 "
        f"for GPT-4.\nMethod: Fine-tuning. Source: {case.source}"
    ) in blocks
    years = [block.splitlines()[0][-5:-1] for block in blocks]
    assert years == sorted(years, reverse=True)


def test_cases_near_to_words_are_listed_nearest_first(assistant: Assistant) -> None:
    reply = show_cases(assistant, "sql")

    assert reply.text.startswith(WORDS["cases"]["near"].format(words="sql", count=2))
    assert [citation.passage for citation in reply.citations] == ["cases/dail-sql", "cases/open-sql"]


def test_a_case_is_shown_in_full_beside_the_headings_of_those_near_to_it(assistant: Assistant, lesson: Lesson) -> None:
    case = find(lesson, "cases/facts-rag-vs-tuning")

    reply = show_cases(assistant, "facts")

    assert reply.kind == "answer"
    assert [citation.passage for citation in reply.citations] == [case.id]
    assert f"{case.text}\nMethod: Both. Source: {case.source}" in reply.text
    assert reply.text.count(case.heading) == 1
    assert f"- {find(lesson, 'cases/rare-entities').heading}" in reply.text


def test_terms_are_listed_by_the_alphabet_and_one_is_explained(assistant: Assistant, lesson: Lesson) -> None:
    term = find(lesson, "glossary/rag")
    listed, explained = show_glossary(assistant, ""), show_glossary(assistant, "rag")

    assert (listed.kind, explained.kind) == ("listing", "answer")
    assert listed.text.splitlines()[2] == "- Adapter"
    assert listed.text.count("\n- ") == 67
    assert explained.text == f"{term.heading}\n\n{term.text}\nSource: {term.source}"


def test_an_unknown_term_is_answered_with_what_may_be_meant(assistant: Assistant) -> None:
    reply = show_glossary(assistant, "lroa")

    assert reply.kind == "out_of_scope"
    assert f"{WORDS['meant']}\n- LoRA (low-rank adaptation)" in reply.text
    assert WORDS["meant"] not in show_glossary(assistant, "zeppelins").text


@pytest.mark.parametrize("show", [show_lesson, show_cases, show_glossary])
def test_whatever_is_asked_for_is_quoted_briefly_and_harmlessly(show: Show, assistant: Assistant) -> None:
    reply = show(assistant, "zeppelins \x1b[31m " * 2_000)

    assert reply.kind == "out_of_scope"
    assert "zeppelins" in reply.text
    assert "\x1b" not in reply.text
    assert len(reply.text.splitlines()[0]) < LONGEST_QUOTE + 100


@pytest.fixture
def write_lesson(open_tiny_store: Callable[[Path], Store], tmp_path: Path) -> Callable[[str], Assistant]:
    """Return a function that puts one page to use as the whole lesson."""

    def write(text: str) -> Assistant:
        page = tmp_path / "own.md"
        page.write_text(text, "utf-8")
        store = open_tiny_store(tmp_path / "data")
        store.replace_lesson([page]).index.close()
        return Assistant(store)

    return write


@pytest.mark.parametrize("words", [None, "kettles"])
def test_a_lesson_without_cases_or_glossary_says_so(
    words: str | None, write_lesson: Callable[[str], Assistant]
) -> None:
    own = write_lesson("# Kettles\n\nFine-tuning polishes a kettle.\n")

    assert show_cases(own, words) == Reply(kind="listing", text=WORDS["cases"]["none"])
    assert show_glossary(own, words) == Reply(kind="listing", text=WORDS["glossary"]["none"])
    assert "polishes a kettle" in show_lesson(own, words).text


def test_a_lesson_without_topics_says_so(write_lesson: Callable[[str], Assistant]) -> None:
    own = write_lesson("---\nkind: term\n---\n# Kettle\n\nA kettle boils water.\n")

    assert show_lesson(own, "kettle") == Reply(kind="listing", text=WORDS["lesson"]["none"])
    assert "boils water" in show_glossary(own, "kettle").text


def test_headings_that_do_not_tell_methods_apart_are_shown_with_the_method(
    write_lesson: Callable[[str], Assistant],
) -> None:
    own = write_lesson("# Fine-tuning\n\n## Advantages\n\nSteady.\n\n# Prompt engineering\n\n## Advantages\n\nQuick.\n")

    shown = show_lesson(own, "advantages").text

    assert "Advantages (Fine-tuning)\nSteady." in shown
    assert "Advantages (Prompt engineering)\nQuick." in shown


def test_a_case_without_a_year_or_source_of_its_own_is_shown_without(
    write_lesson: Callable[[str], Assistant],
) -> None:
    own = write_lesson("---\nkind: case\n---\n# Kettles\n\nResult: the kettle won.\n")

    assert show_cases(own, None).text.endswith("Kettles\nResult: the kettle won.\nMethod: Both. Source: own.md")
