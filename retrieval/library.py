"""What can be browsed of a lesson: its table, its topics, its published cases and its glossary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from knowledge.comparison import Feature, Method
from knowledge.lesson import Lesson, Passage
from knowledge.topics import find_topics, load_topics, match_topic
from retrieval.answer import Citation, ComparisonShown
from retrieval.cases import find_year
from retrieval.contents import FURTHER, LessonPage, TopicEntry, compose_page, list_contents
from retrieval.extractive import cite_opening
from retrieval.names import Named, find_named, name_thing, suggest_labels
from retrieval.sections import list_sections
from retrieval.terms import find_term, split_names


class Library:
    """One lesson to browse; nothing here reads a model or the index."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson

    def compare(self, words: str | None = None) -> ComparisonShown | None:
        """Return the table, or the row that is meant; None where no row is meant."""
        comparison = self._lesson.comparison
        if words is None:
            return ComparisonShown(features=comparison.features)
        found = comparison.find_feature(words)
        return ComparisonShown(features=(found,)) if found else None

    def suggest_features(self, words: str) -> list[Feature]:
        """Return the rows, those whose label is nearest to `words` first."""
        comparison = self._lesson.comparison
        return comparison.suggest_features(words) if words.strip() else list(comparison.features)

    def cite_features(self, features: Iterable[Feature]) -> list[Citation]:
        """Return where the lesson says what rows of the table say."""
        passages = (self._lesson.find_passage(row.topic, Method.BOTH) for row in features)
        return [cite_opening(passage) for passage in passages if passage]

    def find_citation(self, passage_id: str) -> Citation | None:
        """Return a passage by its id, quoted by the sentence that answers; None where the lesson holds none of it."""
        found = next((passage for passage in self._lesson.passages if passage.id == passage_id), None)
        return cite_opening(found) if found else None

    def list_topics(self) -> list[TopicEntry]:
        """Return the topics in the lesson's order."""
        return list(self._topics.values())

    def read_topic(self, words: str) -> LessonPage | None:
        """Return what the lesson holds on a topic meant by its name or everyday words; None where none is."""
        topic = self._find_topic(words)
        return compose_page(topic, self._topics[topic].title, self._lesson) if topic else None

    def find_further(self, words: str) -> Passage | None:
        """Return the practice, myth or question whose heading this is; None where it is none's."""
        return _pick(find_named(words, self._named_further), self._further)

    def suggest_topics(self, words: str) -> list[str]:
        """Return at most 25 titles of topics and, where words are given, headings below them, the likeliest first.

        Without words it is the topics alone, by the alphabet.
        """
        return suggest_labels(words, [*self._named_topics, *(self._named_further if words.strip() else ())])

    def list_cases(self) -> list[Passage]:
        """Return the published cases, the newest first."""
        return sorted(self._cases, key=lambda case: -(find_year(case) or 0))

    def find_case(self, words: str) -> Passage | None:
        """Return the case that is called so; None where none is."""
        return _pick(find_named(words, self._named_cases), self._cases)

    def suggest_cases(self, words: str) -> list[str]:
        """Return the headings of at most 25 cases, the likeliest meant first; without words by the alphabet."""
        return suggest_labels(words, self._named_cases)

    def list_terms(self) -> list[Passage]:
        """Return the terms of the glossary by the alphabet."""
        return sorted(self._terms, key=lambda term: term.heading.casefold())

    def find_term(self, words: str) -> Passage | None:
        """Return the term that is called so or whose meaning is asked for; None where none is."""
        return _pick(find_named(words, self._named_terms), self._terms) or find_term(words, self._lesson)

    def suggest_terms(self, words: str) -> list[str]:
        """Return the headings of at most 25 terms, the likeliest meant first; without words by the alphabet."""
        return suggest_labels(words, self._named_terms)

    @cached_property
    def _cases(self) -> list[Passage]:
        return list_sections(self._lesson, "case")

    @cached_property
    def _terms(self) -> list[Passage]:
        return list_sections(self._lesson, "term")

    @cached_property
    def _further(self) -> list[Passage]:
        return [passage for kind in FURTHER for passage in list_sections(self._lesson, kind)]

    @cached_property
    def _topics(self) -> dict[str, TopicEntry]:
        return list_contents(self._lesson)

    def _find_topic(self, words: str) -> str | None:
        meant = match_topic(words)
        if meant in self._topics:
            return meant
        if named := find_named(words, self._named_topics):
            return named.id
        spoken = find_topics(words) & self._topics.keys()
        return next(iter(spoken)) if len(spoken) == 1 else None

    @cached_property
    def _named_topics(self) -> list[Named]:
        known = load_topics()
        return [
            name_thing(topic, entry.title, (topic, *known[topic].also) if topic in known else (topic,))
            for topic, entry in self._topics.items()
        ]

    @cached_property
    def _named_further(self) -> list[Named]:
        return [name_thing(passage.id, passage.heading, ()) for passage in self._further]

    @cached_property
    def _named_cases(self) -> list[Named]:
        return [
            name_thing(case.id, case.heading, (case.heading.partition(":")[0], _anchor(case)), case.asked_as)
            for case in self._cases
        ]

    @cached_property
    def _named_terms(self) -> list[Named]:
        return [
            name_thing(term.id, term.heading, (*split_names(term.heading), _anchor(term)), term.asked_as)
            for term in self._terms
        ]


def _pick(named: Named | None, passages: Iterable[Passage]) -> Passage | None:
    return next((passage for passage in passages if named and passage.id == named.id), None)


def _anchor(passage: Passage) -> str:
    return passage.id.partition("/")[2]
