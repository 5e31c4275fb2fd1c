"""Evidence → an answer made of passages as they stand, each cited word for word."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison import NAMES, Method
from knowledge.lesson import Lesson
from knowledge.store import Knowledge
from knowledge.topics import load_topics
from retrieval.answer import Answer
from retrieval.evidence import gather_evidence
from retrieval.extractive import DECIDED, LONGEST_ANSWER, cite_opening, compose_answer, split_sentences
from retrieval.question import pose_question


def answer(knowledge: Knowledge, text: str, shown: frozenset[str] = frozenset()) -> Answer:
    question = replace(pose_question(text, knowledge), shown=shown)
    return compose_answer(gather_evidence(question, knowledge), knowledge)


QUESTIONS = [
    "Which of the two needs more data?",
    "How much data does fine-tuning need?",
    "What does LoRA mean?",
    "Is it true that fine-tuning guarantees the same output every time?",
    "Show me a case where prompts won in medicine",
    "pros and cons of prompting",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_each_quote_stands_in_its_passage_word_for_word(knowledge: Knowledge, text: str) -> None:
    citations = answer(knowledge, text).citations

    assert 1 <= len(citations) <= LONGEST_ANSWER
    assert len({citation.passage.id for citation in citations}) == len(citations)
    for citation in citations:
        assert citation.quote
        assert citation.quote in citation.passage.text


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("topic", load_topics())
def test_an_answer_that_goes_beyond_the_lesson_says_what_the_lesson_says(
    knowledge: Knowledge, topic: str, method: Method
) -> None:
    text = f"{load_topics()[topic].title}: does it always hold for {NAMES[method]}?"

    citations = answer(knowledge, text).citations

    assert citations[0].passage.kind == "term" or not all(citation.passage.addition for citation in citations)


def test_an_answer_shows_one_addition_at_most_beside_the_lesson(knowledge: Knowledge) -> None:
    citations = answer(knowledge, "How much data does fine-tuning need?").citations

    assert not citations[0].passage.addition
    assert [citation.passage.addition for citation in citations].count(True) == 1


def test_what_was_shown_before_is_not_added_again(knowledge: Knowledge) -> None:
    text = "How much data does fine-tuning need?"
    first = answer(knowledge, text)
    shown = frozenset(citation.passage.id for citation in first.citations)

    second = answer(knowledge, text, shown=shown)

    repeated = [citation.passage for citation in second.citations if citation.passage.id in shown]
    assert not [passage.id for passage in repeated if passage.addition]


@pytest.mark.parametrize("text", ["Is fine-tuning used in medicine?", "How well does fine-tuning scale?"])
def test_what_was_shown_before_comes_with_something_that_was_not(knowledge: Knowledge, text: str) -> None:
    """Whoever asks on has read it, so that alone it would be no answer."""
    first = answer(knowledge, text)
    shown = frozenset(citation.passage.id for citation in first.citations)

    again = answer(knowledge, text, shown)

    assert again.citations[0] == first.citations[0]
    assert {citation.passage.topic for citation in again.citations} == {first.citations[0].passage.topic}
    assert {citation.passage.id for citation in again.citations} - shown


def test_a_term_is_explained_by_itself(knowledge: Knowledge) -> None:
    citations = answer(knowledge, "What does LLM stand for?").citations

    assert [citation.passage.kind for citation in citations] == ["term"]


def test_a_passage_is_cited_by_the_sentence_that_opens_it(lesson: Lesson) -> None:
    for passage in lesson.passages:
        quote = cite_opening(passage).quote
        assert quote in passage.text
        first = split_sentences(passage.text)[0]
        assert quote == first or passage.kind == "case" or first.endswith(":")


def test_a_sentence_that_announces_a_list_is_not_what_is_cited(lesson: Lesson) -> None:
    """Unless there is nothing else."""
    listed, bare = (
        lesson.passages[0].model_copy(update={"text": text}) for text in ("Two:\n\n- One.\n- Other.", "Two:")
    )

    assert (cite_opening(listed).quote, cite_opening(bare).quote) == ("One.", "Two:")


def test_a_case_is_cited_by_the_sentence_on_what_came_out(lesson: Lesson) -> None:
    cases = [passage for passage in lesson.passages if passage.kind == "case"]
    quotes = [cite_opening(case).quote for case in cases]

    assert cases
    assert all(
        quote in case.text and quote.startswith(("Result", "Lesson: "))
        for case, quote in zip(cases, quotes, strict=True)
    )


def test_a_case_that_tells_no_outcome_is_cited_by_its_first_sentence(lesson: Lesson) -> None:
    case = lesson.passages[0].model_copy(update={"kind": "case", "text": "We tried it. It worked."})

    assert cite_opening(case).quote == "We tried it."


@given(st.text(alphabet=st.sampled_from("ab A.!?\n-\"'(") | st.characters(exclude_categories=["Cs"]), max_size=150))
def test_sentences_are_verbatim_pieces_that_lose_no_word(text: str) -> None:
    sentences = split_sentences(text)

    assert all(sentence in text for sentence in sentences)
    assert re.findall(r"\w+", " ".join(sentences)) == re.findall(r"\w+", text)


def test_sentences_end_at_full_stops_and_lines_but_not_at_numbers() -> None:
    text = "It cost 13.7 points (in 2024). Then it fell.\n- one item\n- e.g. another"

    assert split_sentences(text) == ["It cost 13.7 points (in 2024).", "Then it fell.", "one item", "e.g. another"]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("does fine-tuning need a lot of data?", "yes"),
        ("is retraining a model cheap?", "no"),
        ("which of the two needs more data?", "fine_tuning"),
        ("which is more flexible?", "prompt_engineering"),
        ("Since prompting rewrites the model's weights, how do I undo it?", "false"),
        ("can tuning be done without data", "no"),
        ("does tuning always pay off?", "depends"),
        ("Is it pointless to fine-tune when I just need quick help with assorted chores?", "plain"),
        ("what is prompt engineering?", "plain"),
        ("LoRA?", "plain"),
    ],
)
def test_an_answer_begins_as_the_question_asks_for(knowledge: Knowledge, text: str, opening: str) -> None:
    assert answer(knowledge, text).opening == opening


def test_a_passage_that_says_yes_or_no_itself_is_not_told_to(knowledge: Knowledge, lesson: Lesson) -> None:
    deciding = [passage for passage in lesson.passages if DECIDED.match(passage.text) and passage.asked_as]
    assert deciding

    said = [(passage, answer(knowledge, passage.asked_as[0])) for passage in deciding[:10]]
    found = [given for passage, given in said if given.citations[0].passage.id == passage.id]
    assert len(found) >= len(said) / 2
    assert {given.opening for given in found} == {"plain"}
