"""What a reply rests on can be read word for word, with where it stands."""

from __future__ import annotations

import pytest

from bot.quotes import quote_lesson
from bot.reply import CitationShape, Reply
from bot.session import respond
from bot.words import load_words
from knowledge.comparison import Method
from knowledge.lesson import Lesson
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

WORDS = load_words()["quotes"]
CITATION = CitationShape(
    passage="p", topic="t", method=Method.BOTH, heading="Braces {0}", quote="A {quote}.", source="page.md"
)


def test_each_quote_stands_below_the_title_with_its_heading_and_source() -> None:
    other = CITATION.model_copy(update={"quote": "Another one."})

    assert quote_lesson(Reply(kind="answer", text="", citations=(CITATION, other))).splitlines() == [
        WORDS["title"],
        "- “A {quote}.” (Braces {0}. Source: page.md)",
        "- “Another one.” (Braces {0}. Source: page.md)",
    ]


def test_a_reply_that_rests_on_nothing_says_so() -> None:
    assert quote_lesson(Reply(kind="smalltalk", text="Hello!")) == WORDS["none"]


@pytest.mark.parametrize(
    "text", ["which of the two needs more data?", "We have 5000 labelled tickets and two ML engineers."]
)
def test_what_is_quoted_stands_in_the_lesson_word_for_word(text: str, assistant: Assistant, lesson: Lesson) -> None:
    reply = respond(assistant, Conversation(), text).reply
    passages = {passage.id: passage for passage in lesson.passages}

    quoted = quote_lesson(reply)

    assert reply.citations
    for citation in reply.citations:
        assert citation.quote in quoted
        assert " ".join(citation.quote.split()) in " ".join(passages[citation.passage].text.split())
