"""Examples → more examples: what must not matter is varied, so that the reader learns that it does not."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import yaml

from knowledge.comparison import OPPOSITE, Method
from knowledge.context import EARLIER, NEW, Context, describe_context
from knowledge.listing import order_items
from knowledge.signals import CHATTER, Sentence
from knowledge.topics import CHOICE, find_topics, load_topics
from knowledge.training.examples import MessageExample, QuestionExample, ScenarioExample, list_scenarios, read_lines

SPELLINGS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("spellings.yaml").read_text("utf-8"))
"""British to American."""
BRITISH = re.compile(rf"\b(?:{'|'.join(SPELLINGS)})\b", re.IGNORECASE)
AMERICAN = re.compile(rf"\b(?:{'|'.join(SPELLINGS.values())})\b", re.IGNORECASE)
TO_BRITISH = {american: british for british, american in SPELLINGS.items()}

MISTYPED_TEXTS, MISTYPED_WORDS = 0.2, 0.15
"""Shares of texts, and of words in them, that get a typing error."""
INTERRUPTED, GREETED = 0.5, 0.4
"""Share of descriptions that chatter is put into, and of these of those that begin with it."""
RESPELLED = 0.3
LEADING_NOWHERE, AFTER_ADVICE = 0.3, 0.3
"""Share of messages standing alone that get some context, which then must not matter; of these, one with a project."""
UPDATED = 0.9
"""Share of statements about a project that come after a recommendation for it."""
ANSWERED = 2
"""The most answers there may have been since a recommendation."""
FLIPPED = 0.5
"""Share of follow-ups that come after an answer about the other method."""
WORDED = 0.7
"""Share of made-up contexts that hold the words of a question."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
JOINTS = (" ", "\n", ". ", "\n- ", ", ", "; ")


@dataclass(frozen=True)
class Span:
    """A stretch of a text that shows a signal."""

    start: int
    end: int
    signal: str


@dataclass(frozen=True)
class Description:
    """A text with the stretches that show signals."""

    text: str
    spans: tuple[Span, ...]
    whole: bool
    """Whether the spans are exactly the words that show a signal, and all of them; else they are whole statements."""


def mark_scenario(example: ScenarioExample) -> Description:
    """Return a scenario in the order it is read in, with each finding's words found."""
    text = order_items(example.text)
    found = ((text.find(mark.words), mark) for mark in example.findings)
    spans = [Span(at, at + len(mark.words), str(mark.signal)) for at, mark in found if at >= 0]
    return Description(text, tuple(spans), whole=True)


def interrupt_description(described: Description, chatter: list[str], rng: Random) -> Description:
    """Put a sentence that shows nothing before, between or after the sentences."""
    ends = [0, *(found.end() for found in SENTENCE_END.finditer(described.text)), len(described.text)]
    inside = [end for end in ends if not any(span.start < end < span.end for span in described.spans)]
    at, said = 0 if rng.random() < GREETED else rng.choice(inside), rng.choice(chatter)
    put = f"{said} " if at < len(described.text) else f" {said}"
    spans = tuple(
        replace(span, start=span.start + len(put), end=span.end + len(put)) if span.start >= at else span
        for span in described.spans
    )
    return replace(described, text=described.text[:at] + put + described.text[at:], spans=spans)


def respell_description(described: Description, rng: Random) -> Description:
    """Spell it the British or the American way; where the spans would not be found again, as it was."""
    words = [described.text[span.start : span.end] for span in described.spans]
    turn = to_american if rng.random() < 0.5 else to_british  # noqa: PLR2004
    text = turn(described.text)
    places = [text.find(turn(part)) for part in words]
    if min(places, default=0) < 0:
        return described
    spans = tuple(
        Span(at, at + len(turn(part)), span.signal)
        for at, part, span in zip(places, words, described.spans, strict=True)
    )
    return replace(described, text=text, spans=spans)


def vary_description(described: Description, chatter: list[str], rng: Random) -> Description:
    if rng.random() < RESPELLED:
        described = respell_description(described, rng)
    if rng.random() < INTERRUPTED:
        described = interrupt_description(described, chatter, rng)
    return described


def join_statements(statements: list[Sentence], chatter: list[str], rng: Random) -> Description:
    """Make up a description of one to five statements and some chatter."""
    parts = rng.choices(statements, k=rng.choice((1, 1, 2, 3, 4, 5)))
    parts += [Sentence(CHATTER, said) for said in rng.choices(chatter, k=rng.choice((0, 0, 0, 1, 2)))]
    rng.shuffle(parts)
    joint = rng.choice(JOINTS)
    text, spans = "", []
    for label, said in parts:
        text += (" " if text.endswith((".", "!", "?")) and joint == ". " else joint) if text else ""
        if label != CHATTER:
            spans.append(Span(len(text), len(text) + len(said), label))
        text += said
    return Description(text, tuple(spans), whole=False)


def vary_message(example: MessageExample, rng: Random) -> MessageExample:
    """Return the message mistyped now and then, and with a context that does not matter now and then."""
    if example.context == NEW and rng.random() < LEADING_NOWHERE:
        return lead_nowhere(example, rng)
    return replace(example, text=mistype(example.text, rng))


def lead_nowhere(example: MessageExample, rng: Random) -> MessageExample:
    """Return a message that stands alone in a context, which does not matter to it."""
    return replace(example, text=mistype(example.text, rng), context=_choose_context(rng))


def vary_turn(example: MessageExample, rng: Random) -> MessageExample:
    """Return a follow-up after another answer: what it takes from its context is then taken from that one."""
    before, method, meant = example.context, example.context.method or Method.BOTH, example.method
    topic = rng.choice(list(load_topics()))
    topics = (topic,) if example.topics[:1] == (before.topic,) and not find_topics(example.text) else example.topics
    if rng.random() < FLIPPED:
        method, meant = OPPOSITE[method], OPPOSITE[meant] if meant and example.relative else meant
    context = replace(_follow_question(topic, method, rng), project=before.project)
    text = mistype(example.text, rng)
    return replace(example, text=text, context=context, topics=topics, method=meant, opening=None, weight=0.5)


def follow_anything(text: str, rng: Random) -> MessageExample:
    """Return a message that follows up some answer or recommendation; what it asks about is not known."""
    return MessageExample(mistype(text, rng), "follow_up", context=_choose_context(rng))


def update_anything(text: str, rng: Random) -> MessageExample:
    """Return a statement about a project, after a recommendation for it most of the time."""
    context = _follow_advice(rng) if rng.random() < UPDATED else rng.choice((NEW, _choose_context(rng)))
    return MessageExample(mistype(text, rng), "update", context=context)


def mistype(text: str, rng: Random) -> str:
    """Return the text with letters dropped, doubled, swapped or replaced in some words, or as it is."""
    if rng.random() > MISTYPED_TEXTS:
        return text
    words = text.split(" ")
    return " ".join(_mistype_word(word, rng) if rng.random() < MISTYPED_WORDS else word for word in words)


def to_american(text: str) -> str:
    return BRITISH.sub(lambda found: _in_case(SPELLINGS[found.group().lower()], found.group()), text)


def to_british(text: str) -> str:
    return AMERICAN.sub(lambda found: _in_case(TO_BRITISH[found.group().lower()], found.group()), text)


def _mistype_word(word: str, rng: Random) -> str:
    if len(word) < 4 or not word.isalpha():  # noqa: PLR2004
        return word
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice("aeioulrstn") + word[at + 1 :],
        )
    )


def _choose_context(rng: Random) -> Context:
    if rng.random() < AFTER_ADVICE:
        return _follow_advice(rng)
    return _follow_question(rng.choice(list(load_topics())), rng.choice(list(Method)), rng)


def _follow_advice(rng: Random) -> Context:
    """Return the context of a message that follows a recommendation for a project, at once or after some answers."""
    described = rng.choice(_list_described())
    context = describe_context(CHOICE, rng.choice(list(Method)), described, project=True)
    for _ in range(rng.randint(0, ANSWERED)):
        (topic, method), asked = rng.choice(list(_list_asked().items()))
        context = describe_context(topic, method, rng.choice(asked), earlier=context.subjects, project=True)
    return context


def _follow_question(topic: str, method: Method, rng: Random) -> Context:
    """Return the context of a message that follows the answer to some question, whose words are known or not."""
    asked, earlier = _list_asked().get((topic, method)), _choose_subjects(rng)
    said = rng.choice(asked) if asked and rng.random() < WORDED else ""
    return describe_context(topic, method, said, earlier=earlier)


def _choose_subjects(rng: Random) -> tuple[str, ...]:
    """Return what may have been talked about before, if anything was."""
    chosen = [(rng.choice(list(load_topics())), rng.choice(list(Method))) for _ in range(rng.randint(0, EARLIER))]
    return tuple(describe_context(topic, method).subject for topic, method in chosen)


@cache
def _list_described() -> list[str]:
    return [scenario.text for scenario in list_scenarios()]


@cache
def _list_asked() -> dict[tuple[str, Method], list[str]]:
    """Return the questions of each topic and method."""
    asked = defaultdict(list)
    for question in read_lines("questions", QuestionExample):
        asked[question.topics[0], question.method].append(question.text)
    return asked


def _in_case(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
