"""How good answers are: to questions, in dialogues, and to what the lesson does not answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.evaluation.cases import Expected
from bot.evaluation.ranking import MEASURES, Measure, rank_distinct
from bot.evaluation.scores import Mark, Score, score_marks, score_parts
from bot.evaluation.trials import DialogueTrial, OutsideTrial, QuestionTrial
from bot.reply import CitationShape, Reply

ANSWERED = ("answer", "comparison")
"""Kinds of reply that answer a question."""
EVERYTHING = "everything expected"
RANKED = 5
"""Places of a ranking that are shown where it missed."""


def score_questions(data_set: str, trials: Sequence[QuestionTrial]) -> Iterator[Score]:
    """Yield what was right of what was expected, how well topics were ranked, and all of it by topic and style."""
    judged = [(trial.case, mark_answer(trial.case.text, trial.reply, trial.case)) for trial in trials]
    for measure in ("topic", "method", "facts", EVERYTHING):
        yield score_marks(data_set, measure, (marks[measure] for _, marks in judged if measure in marks))
    yield from _score_openings(data_set, trials)
    yield score_marks(data_set, "answered", (mark_kind(trial.case.text, trial.reply, ANSWERED) for trial in trials))
    yield from _score_rankings(data_set, trials)
    topics = ((f"topic {case.topics[0]}", marks[EVERYTHING]) for case, marks in judged if case.topics)
    yield from score_parts(data_set, EVERYTHING, topics)
    styles = ((f"style {case.style}", marks[EVERYTHING]) for case, marks in judged if case.style)
    yield from score_parts(data_set, EVERYTHING, styles)


def score_outside(data_set: str, trials: Sequence[OutsideTrial]) -> Iterator[Score]:
    """Yield how often the kind of reply was right, over all messages and, where there are several, for each kind."""
    marks = [(trial.case.kind, mark_kind(trial.case.text, trial.reply, trial.case.kinds)) for trial in trials]
    yield score_marks(data_set, "kind of reply", (mark for _, mark in marks))
    kinds = dict.fromkeys(kind for kind, _ in marks)
    for kind in kinds if len(kinds) > 1 else ():
        yield score_marks(data_set, f"kind of reply to {kind}", (mark for of, mark in marks if of == kind))


def score_dialogues(data_set: str, trials: Sequence[DialogueTrial]) -> Iterator[Score]:
    """Yield how often all that was expected was said: in first turns, in those that follow up, and throughout."""
    turns = [list(_mark_turns(trial)) for trial in trials]
    yield score_marks(data_set, "first turns", (mark for marked in turns for place, mark in marked if not place))
    yield score_marks(data_set, "follow-up turns", (mark for marked in turns for place, mark in marked if place))
    yield score_marks(
        data_set, "whole dialogues", (combine_marks([mark for _, mark in marked]) for marked in turns if marked)
    )


def mark_answer(asked: str, reply: Reply, expected: Expected) -> dict[str, Mark]:
    """Return a mark for each thing that is expected, and one for everything; a reply that is no answer has nothing."""
    cited = list_citations(reply)[:1]
    marks = {}
    if expected.topics:
        marks["topic"] = _mark_value(asked, reply, expected.topics, [citation.topic for citation in cited])
    if expected.methods:
        marks["method"] = _mark_value(asked, reply, expected.methods, [citation.method for citation in cited])
    if expected.facts:
        marks["facts"] = _mark_facts(asked, reply, expected.facts)
    return {**marks, EVERYTHING: combine_marks(list(marks.values()))}


def mark_kind(asked: str, reply: Reply, kinds: Sequence[str]) -> Mark:
    """Return whether a reply is of one of the kinds that are right."""
    said = f"{reply.kind}: {reply.text}"
    return Mark(value=float(reply.kind in kinds), asked=asked, expected=" or ".join(kinds), said=said)


def combine_marks(marks: Sequence[Mark]) -> Mark:
    """Return a mark that is full where all are; of what was missed it tells all, and the more the graver it is."""
    missed = [mark for mark in marks if mark.value < 1] or marks[-1:]
    return Mark(
        value=float(all(mark.value == 1 for mark in marks)),
        asked=missed[-1].asked,
        expected="; ".join(mark.expected for mark in missed),
        said=missed[-1].said,
        gravity=sum(mark.gravity for mark in missed) / len(marks),
    )


def list_citations(reply: Reply) -> tuple[CitationShape, ...]:
    """Return what an answer cites; nothing where the reply is none."""
    return reply.citations if reply.kind in ANSWERED else ()


def _mark_value(asked: str, reply: Reply, right: Collection[str], said: Sequence[str]) -> Mark:
    value = float(any(name in right for name in said))
    named = ", ".join([reply.kind, *said])
    return Mark(value=value, asked=asked, expected=" or ".join(right), said=f"{named}: {reply.text}")


def _mark_facts(asked: str, reply: Reply, facts: Sequence[Sequence[str]]) -> Mark:
    text = reply.text.lower() if reply.kind in ANSWERED else ""
    missing = [stems for stems in facts if not any(stem in text for stem in stems)]
    return Mark(
        value=float(not missing),
        asked=asked,
        expected="; ".join(" or ".join(stems) for stems in missing),
        said=f"{reply.kind}: {reply.text}",
        gravity=len(missing) / len(facts),
    )


def _score_openings(data_set: str, trials: Sequence[QuestionTrial]) -> Iterator[Score]:
    """Yield how often an answer begins rightly, and how often not wrongly: a plain beginning claims nothing."""
    expecting = [trial for trial in trials if trial.case.openings]
    for measure, allowed in {"opening": (), "no wrong opening": ("plain",)}.items():
        marks = [
            _mark_value(
                trial.case.text, trial.reply, (*trial.case.openings, *allowed), [trial.reply.opening or "plain"]
            )
            for trial in expecting
        ]
        if marks:
            yield score_marks(data_set, measure, marks)


def _score_rankings(data_set: str, trials: Sequence[QuestionTrial]) -> Iterator[Score]:
    """Yield the measures of ranking over the topics of what is cited, and over those of all evidence."""
    expecting = [trial for trial in trials if trial.case.topics]
    for name, measure in MEASURES.items():
        marks = (_mark_ranking(trial, _rank_cited(trial.reply), measure) for trial in expecting)
        yield score_marks(data_set, f"{name} of citations", marks)
    for name, measure in MEASURES.items():
        marks = (_mark_ranking(trial, trial.ranked, measure) for trial in expecting)
        yield score_marks(data_set, f"{name} of evidence", marks)


def _rank_cited(reply: Reply) -> tuple[str, ...]:
    return rank_distinct(citation.topic for citation in list_citations(reply))


def _mark_ranking(trial: QuestionTrial, ranked: tuple[str, ...], measure: Measure) -> Mark:
    value = measure(ranked, frozenset(trial.case.topics))
    said = ", ".join(ranked[:RANKED]) or trial.reply.kind
    return Mark(
        value=value, asked=trial.case.text, expected=" or ".join(trial.case.topics), said=said, gravity=1 - value
    )


def _mark_turns(trial: DialogueTrial) -> Iterator[tuple[int, Mark]]:
    turns = zip(trial.replies, trial.case.expect, strict=True)
    for place, (reply, expected) in enumerate(turns):
        if expected is not None:
            said = " → ".join(trial.case.turns[: place + 1])
            yield place, mark_answer(said, reply, expected)[EVERYTHING]
