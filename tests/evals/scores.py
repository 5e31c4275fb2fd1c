"""How good the answers and the advice are, each score with its 95 % interval."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.reply import Reply
from bot.session import respond
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.evals.cases import DialogueCase, Expected, OutsideCase, ProjectCase, QuestionCase, read_cases

Z = 1.96
ANSWERED = ("answer", "comparison")


@dataclass(frozen=True)
class Score:
    """How many of how many were right, and which were not."""

    name: str
    right: int
    of: int
    misses: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 %."""
        share, size = self.share, max(self.of, 1)
        middle = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
        spread = Z / (1 + Z**2 / size) * math.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
        return max(0.0, middle - spread), min(1.0, middle + spread)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.name:<44} {self.share:6.1%}  [{low:.1%}, {high:.1%}]  {self.right}/{self.of}"


def score_all(assistant: Assistant) -> Iterator[Score]:
    """Yield every score."""
    yield from score_questions(assistant)
    yield from score_outside(assistant)
    yield from score_dialogues(assistant)
    yield from score_projects(assistant)


def score_questions(assistant: Assistant) -> Iterator[Score]:
    """Yield topic, method, facts and all three at once for single questions, and the facts for terms."""
    answered = [(case, _say(assistant, case.text)) for case in read_cases("questions", QuestionCase)]
    yield _count("questions: topic", ((has_topic(reply, case), case.text) for case, reply in answered))
    yield _count("questions: method", ((has_method(reply, case), case.text) for case, reply in answered))
    yield _count("questions: facts", ((has_facts(reply, case), case.text) for case, reply in answered))
    yield _count("questions: topic, method and facts", ((is_right(reply, case), case.text) for case, reply in answered))
    refused = ((reply.kind in ANSWERED, f"{reply.kind}: {case.text}") for case, reply in answered)
    yield _count("questions: not refused", refused)
    terms = [(case, _say(assistant, case.text)) for case in read_cases("terms", QuestionCase)]
    yield _count("terms: facts", ((has_facts(reply, case), case.text) for case, reply in terms))


def score_outside(assistant: Assistant) -> Iterator[Score]:
    """Yield by kind how many messages that are not covered were met rightly."""
    met = [(case, _say(assistant, case.text)) for case in read_cases("outside", OutsideCase)]
    for kind in dict.fromkeys(case.kind for case, _ in met):
        right = ((reply.kind in case.kinds, f"{reply.kind}: {case.text}") for case, reply in met if case.kind == kind)
        yield _count(f"outside: {kind}", right)


def score_dialogues(assistant: Assistant) -> Iterator[Score]:
    """Yield how many turns after the first were understood in context."""
    results = []
    for case in read_cases("dialogues", DialogueCase):
        conversation = Conversation()
        for place, (turn, expected) in enumerate(zip(case.turns, case.expect, strict=True)):
            reply, conversation, _ = respond(assistant, conversation, turn)
            if expected is not None and place:
                results.append((is_right(reply, expected), " → ".join(case.turns[: place + 1])))
    yield _count("dialogues: follow-up turns", results)


def score_projects(assistant: Assistant) -> Iterator[Score]:
    """Yield verdicts overall and by label, findings, and how changing facts are recognised."""
    read = [(case, _say(assistant, case.text, advise=True)) for case in read_cases("projects", ProjectCase)]
    verdicts = [(case, reply.verdict or "ask") for case, reply in read]
    yield _count(
        "projects: verdict", ((said == case.label, f"{said}, not {case.label}: {case.text}") for case, said in verdicts)
    )
    for label in dict.fromkeys(case.label for case, _ in read):
        yield _count(
            f"projects: {label}", ((said == label, case.text) for case, said in verdicts if case.label == label)
        )
    yield from _score_findings(read)
    facts = [(_find_signals(case), _read_signals(reply), case.text) for case, reply in read]
    signal = ("changing_facts", "retrieval")
    yield _count(
        "projects: changing facts recognised",
        ((signal in found, text) for gold, found, text in facts if signal in gold),
    )
    yield _count(
        "projects: no false alarm of them",
        ((signal not in found, text) for gold, found, text in facts if signal not in gold),
    )


def _score_findings(read: list[tuple[ProjectCase, Reply]]) -> Iterator[Score]:
    pairs = [(_find_signals(case), _read_signals(reply)) for case, reply in read]
    hit = sum(len(gold & found) for gold, found in pairs)
    yield Score("findings: precision", hit, sum(len(found) for _, found in pairs))
    yield Score("findings: recall", hit, sum(len(gold) for gold, _ in pairs))
    # F1 is 2 * hits / (found + expected).
    yield Score("findings: F1", 2 * hit, sum(len(gold) + len(found) for gold, found in pairs))


def has_topic(reply: Reply, expected: Expected) -> bool:
    return bool(reply.citations) and reply.citations[0].topic in expected.topics


def has_method(reply: Reply, expected: Expected) -> bool:
    return bool(reply.citations) and reply.citations[0].method in expected.methods


def has_facts(reply: Reply, expected: Expected) -> bool:
    text = reply.text.lower()
    return reply.kind in ANSWERED and all(any(stem in text for stem in stems) for stems in expected.facts)


def is_right(reply: Reply, expected: Expected) -> bool:
    return has_topic(reply, expected) and has_method(reply, expected) and has_facts(reply, expected)


def count_confusions(assistant: Assistant) -> Counter[tuple[str, str]]:
    """Return how often each label of a project was given each verdict."""
    cases = read_cases("projects", ProjectCase)
    return Counter((case.label, _say(assistant, case.text, advise=True).verdict or "ask") for case in cases)


def _say(assistant: Assistant, text: str, *, advise: bool = False) -> Reply:
    return respond(assistant, Conversation(), text, "advise" if advise else None).reply


def _count(name: str, results: Iterable[tuple[bool, str]]) -> Score:
    listed = list(results)
    misses = tuple(text for right, text in listed if not right)
    return Score(name, len(listed) - len(misses), len(listed), misses)


def _find_signals(case: ProjectCase) -> set[tuple[str, str]]:
    return {(finding.need, finding.leaning) for finding in case.findings}


def _read_signals(reply: Reply) -> set[tuple[str, str]]:
    return {(str(finding.need), str(finding.leaning)) for finding in reply.profile}
