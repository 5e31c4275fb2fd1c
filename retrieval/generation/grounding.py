"""Statements → what is wrong with them, measured by the passages they cite.

A statement is supported where it cites passages that were given, has no figure, name or sweeping word that these do not
have, speaks of itself and advises only as they do, and shares with them most of its words and its meaning; and where
each of its clauses says the same of the same method as the nearest clause of a passage, and denies what that denies.
`tests/evals/grounding/` measures it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from knowledge.comparison import Method, find_methods
from knowledge.embedder import Embedder
from knowledge.lesson import Passage
from knowledge.stems import list_stems
from retrieval.extractive import split_sentences
from retrieval.generation.draft import Statement
from retrieval.generation.prompts import load_prompts

Rule = Literal["markup", "citation", "figure", "name", "sweeping", "voice", "turned", "support"]

SUPPORTED = 0.58
"""Mean of the share of words and of the similarity, from which a statement is supported."""
ALIKE = 0.5
"""Share of a clause's words that another clause has, from which the two are about the same thing."""
FEWEST_WORDS, WEAKEST = 3, 0.35
"""Content words from which a clause has to be supported for itself, and the share of them at least."""
SHORTEST_CLAUSE = 2
"""Content words of a clause that can be compared."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w.-]+")
"""Capitals inside a sentence."""
CLAUSE = re.compile(r"[,;:()\n]|\b(?:whereas|while|but|than|although|though|because|so)\b")
DENIAL = re.compile(r"\b(?:not|no|never|without|none|nothing|neither|nor|cannot|hardly|\w+n['’]t)\b", re.IGNORECASE)
SWEEPING = re.compile(
    r"\b(?:always|never|only|all|guarantee\w*|complete(?:ly)?|entire(?:ly)?|must|everyone|everything|nobody|proven|proves"
    r"|impossible|perfect(?:ly)?|instant(?:ly)?|eliminat\w*|best|every time|any task|any model)\b",
    re.IGNORECASE,
)
VOICE = re.compile(r"\b(?:i|me|my|mine|myself|yourself|recommend\w*|whatever|regardless)\b", re.IGNORECASE)
"""Speaking of oneself, and giving advice."""
MARKUP = re.compile(
    r"https?:|www\.|\w\.(?:com|org|net|io|ai|dev|app|gg|example|test)\b|\]\(|<[@#/:!a-z]|@(?:everyone|here)\b|[`{}<>|*]|^#",
    re.IGNORECASE,
)
PATTERNS: dict[Rule, re.Pattern[str]] = {"figure": FIGURE, "name": NAME, "sweeping": SWEEPING, "voice": VOICE}
"""What a statement may have only where its passages have it."""


@dataclass(frozen=True)
class Fault:
    """A rule that a statement breaks."""

    statement: str
    rule: Rule

    def phrase(self) -> str:
        """Return what is wrong, as a chat model is told."""
        return load_prompts().faults[self.rule].format(statement=self.statement)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that says one thing."""

    stems: frozenset[str]
    """Of its content words, without those that name a method."""
    methods: frozenset[Method]
    denies: bool


def find_faults(statements: Sequence[Statement], passages: Sequence[Passage], embedder: Embedder) -> list[Fault]:
    """Return the faults of statements, at most one for each."""
    found = ((each, _find_rule(each, passages, embedder)) for each in statements)
    return [Fault(statement.text, rule) for statement, rule in found if rule]


def _find_rule(statement: Statement, passages: Sequence[Passage], embedder: Embedder) -> Rule | None:
    """Return the first rule that a statement breaks."""
    if MARKUP.search(statement.text):
        return "markup"
    if not statement.cited or not all(0 < number <= len(passages) for number in statement.cited):
        return "citation"
    cited = [passages[number - 1] for number in statement.cited]
    said = "\n".join(f"{passage.heading}.\n{passage.text}" for passage in cited)
    for rule, pattern in PATTERNS.items():
        if _list_found(pattern, statement.text) - _list_found(pattern, said, said):
            return rule
    if is_turned(statement.text, cited):
        return "turned"
    return None if measure_support(statement.text, said, embedder) >= SUPPORTED else "support"


def measure_support(text: str, said: str, embedder: Embedder) -> float:
    """Return how far a text says what has been said, from 0 to 1: by its words and by its meaning, half each."""
    stems = list_stems(text)
    known = list_stems(said)
    parts = [part for part in map(list_stems, CLAUSE.split(text)) if len(part) >= FEWEST_WORDS]
    weakest = min((len(part & known) / len(part) for part in parts), default=1.0)
    if weakest < WEAKEST:
        return 0.0
    shared = len(stems & known) / max(len(stems), 1)
    sentences = split_sentences(said)
    pairs = [" ".join(pair) for pair in pairwise(sentences)]
    vectors = embedder.embed([text, *sentences, *pairs])
    return (shared + float((vectors[1:] @ vectors[0]).max())) / 2


def is_turned(text: str, cited: Sequence[Passage]) -> bool:
    """Tell whether a clause says of one method what is said of the other, or denies what is said."""
    sources = [clause for passage in cited for clause in _read_clauses(passage.text, _list_subjects(passage))]
    return any(_is_turned(clause, sources) for clause in _read_clauses(text) if len(clause.stems) >= SHORTEST_CLAUSE)


def _is_turned(clause: Clause, sources: Sequence[Clause]) -> bool:
    """Tell whether the nearest clauses are all about something else, or all the other way round."""
    shares = [len(clause.stems & source.stems) / len(clause.stems) for source in sources]
    nearest = [source for source, share in zip(sources, shares, strict=True) if share == max(shares) >= ALIKE]
    other = all(clause.methods and source.methods and not clause.methods & source.methods for source in nearest)
    return bool(nearest) and (other or all(clause.denies != source.denies for source in nearest))


def _read_clauses(text: str, subjects: frozenset[Method] = frozenset()) -> Iterator[Clause]:
    """Yield the clauses of a text; one that names no method is about what the clause before it is about."""
    for sentence in split_sentences(text):
        methods = subjects
        for part in CLAUSE.split(sentence):
            methods = frozenset(find_methods(part)) or methods
            if stems := list_stems(part):
                yield Clause(stems, methods, bool(DENIAL.search(part)))


def _list_subjects(passage: Passage) -> frozenset[Method]:
    return frozenset() if passage.method is Method.BOTH else frozenset({passage.method})


def _list_found(pattern: re.Pattern[str], text: str, also: str = "") -> set[str]:
    """Return what a pattern finds in a text, in lower case, and every word of another text."""
    found = {each.lower().strip(".,") for each in pattern.findall(text)}
    return found | set(re.findall(r"[\w.-]*\w", also.lower()))
