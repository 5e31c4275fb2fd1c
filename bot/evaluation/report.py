"""Results → text for people, JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from bot.evaluation.advice import Confusions
from bot.evaluation.results import Results
from bot.evaluation.scores import Mark, Score
from bot.words import load_words

LONGEST = 240
"""Characters of a message, an expectation or a reply in one line."""


def write_report(results: Results, worst: int) -> str:
    """Return every score in a line, confusion matrices, and the `worst` misses of each score that has no part."""
    whole = [score for score in results.scores if not score.part]
    parts = [score for score in results.scores if score.part]
    blocks = [
        "\n".join(_write_score(score) for score in (*whole, *parts)),
        *(_write_confusions(confusions) for confusions in results.confusions),
        *(_write_misses(score, worst) for score in whole if score.misses and worst),
    ]
    return "\n\n".join(blocks)


def dump_results(results: Results, worst: int) -> str:
    """Return all results as ASCII JSON, each score with its `worst` misses."""
    dumped = results.model_dump(mode="json")
    for score in dumped["scores"]:
        score["misses"] = score["misses"][:worst]
    return json.dumps(dumped, indent=2)


def _write_score(score: Score) -> str:
    return f"{score.name:<62} {score.value:6.1%}  [{score.low:.1%}, {score.high:.1%}]  {score.right:.6g}/{score.of}"


def _write_confusions(confusions: Confusions) -> str:
    title = load_words()["evaluation"]["confusions"].format(data_set=confusions.data_set)
    columns = list(next(iter(confusions.counts.values())))
    rows = [_align(label, [str(count) for count in said.values()]) for label, said in confusions.counts.items()]
    return "\n".join([title, _align("", columns), *rows])


def _align(name: str, cells: list[str]) -> str:
    return "".join([f"{name:<20}", *(f"{cell:>20}" for cell in cells)])


def _write_misses(score: Score, worst: int) -> str:
    title = load_words()["evaluation"]["misses"].format(score=score.name)
    return "\n".join([title, *(line for miss in score.misses[:worst] for line in _write_miss(miss))])


def _write_miss(miss: Mark) -> Iterator[str]:
    words = load_words()["evaluation"]
    yield words["asked"].format(text=_shorten(miss.asked))
    yield words["expected"].format(text=_shorten(miss.expected))
    yield words["said"].format(text=_shorten(miss.said))


def _shorten(text: str) -> str:
    """Return a text in one line that does nothing to a terminal but stand there."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return textwrap.shorten(shown, LONGEST, placeholder=" …")
