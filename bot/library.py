"""The topics of the lesson, its published cases and its glossary: in words, and page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.paging import TextSection, page_section
from bot.reply import Reply, ReplyKind
from bot.shapes import shape_citation
from bot.words import load_words, shorten_quote, title_list
from knowledge.comparison import Method, find_methods
from knowledge.lesson import Passage
from retrieval.assistant import Assistant
from retrieval.cases import find_year
from retrieval.contents import FURTHER, WHOLE, LessonPage, TopicEntry
from retrieval.extractive import cite_opening
from retrieval.library import Library
from retrieval.message import LONGEST, Message, read_message

WORDS = load_words()["library"]
MOST_OTHERS = 5
"""Headings that are named beside a case, or for what there is not."""


def show_lesson(assistant: Assistant, words: str | None) -> Reply:
    """Return the topics, everything on the one that is meant, what stands below a heading, or what there is instead."""
    library, asked = assistant.open_library(), _read_words(words)
    topics = library.list_topics()
    if not topics:
        return Reply(kind="listing", text=WORDS["lesson"]["none"])
    if not asked:
        return _list_topics(topics)
    if further := library.find_further(asked):
        return _show_passage(further)
    page = library.read_topic(asked)
    return _show_page(page) if page else _decline_topic(asked, library)


def show_cases(assistant: Assistant, words: str | None) -> Reply:
    """Return the published cases, those near to words, the one that is called so, or what there is instead."""
    library, asked, said = assistant.open_library(), _read_words(words), WORDS["cases"]
    cases = library.list_cases()
    if not cases:
        return Reply(kind="listing", text=said["none"])
    if not asked:
        return _list_cases(said["newest"].format(count=len(cases)), cases)
    named, near, shown = library.find_case(asked), assistant.search_cases(asked), shorten_quote(asked)
    if named:
        return _show_case(named, [case for case in near if case.id != named.id][:MOST_OTHERS])
    if near:
        return _list_cases(said["near"].format(words=shown, count=len(near)), near)
    return _decline(said["unknown"].format(words=shown, count=len(cases)), library.suggest_cases(asked))


def show_glossary(assistant: Assistant, words: str | None) -> Reply:
    """Return the terms by the alphabet, the one that is meant, or what there is instead."""
    library, asked, said = assistant.open_library(), _read_words(words), WORDS["glossary"]
    terms = library.list_terms()
    if not terms:
        return Reply(kind="listing", text=said["none"])
    if not asked:
        lines = tuple(f"- {term.heading}" for term in terms)
        return _put_together("listing", [TextSection(said["title"].format(count=len(terms)), lines, gap="\n")], [])
    term = library.find_term(asked)
    if term:
        return _show_passage(term)
    unknown = said["unknown"].format(words=shorten_quote(asked), count=len(terms))
    return _decline(unknown, library.suggest_terms(asked))


def _list_topics(topics: Sequence[TopicEntry]) -> Reply:
    said = WORDS["lesson"]
    lines = (said["line"].format(title=each.title, quote=cite_opening(each.main).quote) for each in topics)
    section = TextSection(said["title"].format(count=len(topics)), tuple(lines), gap="\n")
    listed = _put_together("listing", [section], [each.main for each in topics])
    return listed.model_copy(update={"choices": tuple(each.title for each in topics)})


def _show_page(page: LessonPage) -> Reply:
    """Show what the lesson says, then what goes beyond it, and of everything else the headings."""
    said = WORDS["lesson"]
    passages = {section.part: section.passages for section in page.sections}
    blocks = {part: [_phrase_passage(each) for each in passages[part]] for part in WHOLE if part in passages}
    further = [
        title_list(said["lists"][part], (f"- {passage.heading}" for passage in passages[part]))
        for part in FURTHER
        if part in passages
    ]
    titled = [(part, found) for part, found in (*blocks.items(), ("further", further)) if found]
    sections = [TextSection(said["parts"][part].format(title=page.title), tuple(found)) for part, found in titled]
    return _put_together("answer", sections, [passage for part in blocks for passage in passages[part]])


def _phrase_passage(passage: Passage) -> str:
    """Show a passage; its method, too, where the lesson puts several below headings that do not tell them apart."""
    told = passage.addition or passage.method is Method.BOTH or find_methods(passage.heading)
    words = WORDS["passage"] if told else WORDS["passage_on"]
    method = load_words()["methods"][passage.method]
    return str(words.format(heading=passage.heading, method=method, text=passage.text, source=passage.source))


def _show_passage(passage: Passage) -> Reply:
    block = WORDS["whole"].format(text=passage.text, source=passage.source)
    return _put_together("answer", [TextSection(passage.heading, (block,))], [passage])


def _decline_topic(asked: str, library: Library) -> Reply:
    """Say that there is no such topic, what may be meant, and which topics there are."""
    declined = _decline(WORDS["lesson"]["unknown"].format(words=shorten_quote(asked)), library.suggest_topics(asked))
    listed = title_list(WORDS["lesson"]["offer"], (f"- {title}" for title in library.suggest_topics("")))
    return declined.model_copy(update={"text": f"{declined.text}\n\n{listed}"})


def _list_cases(title: str, cases: Sequence[Passage]) -> Reply:
    line = WORDS["cases"]["line"]
    blocks = (
        line.format(heading=_date_heading(case), quote=cite_opening(case).quote, **_name_source(case)) for case in cases
    )
    return _put_together("listing", [TextSection(title, tuple(blocks))], cases)


def _show_case(case: Passage, others: Sequence[Passage]) -> Reply:
    text = WORDS["cases"]["whole"].format(text=case.text, **_name_source(case))
    listed = title_list(WORDS["cases"]["others"], (f"- {other.heading}" for other in others))
    section = TextSection(_date_heading(case), tuple(filter(None, (text, listed))))
    return _put_together("answer", [section], [case])


def _date_heading(case: Passage) -> str:
    year = find_year(case)
    return str(WORDS["cases"]["dated"].format(heading=case.heading, year=year)) if year else case.heading


def _name_source(case: Passage) -> dict[str, Any]:
    return {"method": load_words()["methods"][case.method], "source": case.source}


def _put_together(kind: ReplyKind, sections: Sequence[TextSection], cited: Iterable[Passage]) -> Reply:
    return Reply(
        kind=kind,
        text="\n\n".join(section.text for section in sections),
        pages=tuple(page for section in sections for page in page_section(section)),
        citations=tuple(shape_citation(cite_opening(passage)) for passage in cited),
    )


def _decline(unknown: str, meant: Sequence[str]) -> Reply:
    """Say that there is no such thing, and which may be meant."""
    listed = title_list(WORDS["meant"], (f"- {label}" for label in meant[:MOST_OTHERS]))
    return Reply(kind="out_of_scope", text="\n\n".join(filter(None, (unknown, listed))))


def _read_words(words: str | None) -> str:
    """Return what was typed, made harmless; nothing where it holds neither a letter nor a digit."""
    message = read_message((words or "")[:LONGEST])
    return message.text if isinstance(message, Message) and any(map(str.isalnum, message.text)) else ""
