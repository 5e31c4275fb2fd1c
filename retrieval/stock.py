"""Which of the numbers in a message say how many examples there are: those in the words on data, where any are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.signals import Leaning, Need
from retrieval.profile import Finding
from retrieval.quantity import Examples, Quantity
from retrieval.readers.figures import find_figures
from retrieval.recipe import load_recipe

FEWEST_UNNAMED = 1_000
"""From which number on words on data count examples, whatever they are called; fewer may be classes or people."""


def select_stock(text: str, findings: Iterable[Finding], stated: Sequence[Quantity]) -> list[Quantity]:
    """Return what a text states, of examples only what its findings on data name; else all that fit them."""
    on_data = [finding for finding in findings if finding.need is Need.DATA_REQUIREMENT]
    examples = [each for each in stated if isinstance(each, Examples)]
    named = {each.start: each for finding in on_data for each in _count_named(text, finding, examples, stated)}
    named |= {each.start: each for each in examples if each.corrects is not None}
    plenty = any(finding.leaning is Leaning.FINE_TUNING for finding in on_data)
    fitting = [each for each in examples if not plenty or each.count.low >= load_recipe().enough]
    others = [each for each in stated if not isinstance(each, Examples)]
    return sorted([*others, *(named.values() or fitting)], key=lambda each: each.start)


def _count_named(
    text: str, finding: Finding, examples: Iterable[Examples], stated: Iterable[Quantity]
) -> list[Examples]:
    """Return the examples that a finding's words name, or else the numbers in them."""
    start, end = _locate(finding, text)
    named = [each for each in examples if each.start < end and start < each.end]
    return named or list(_count_unnamed(text, finding, stated))


def _count_unnamed(text: str, finding: Finding, stated: Iterable[Quantity]) -> Iterator[Examples]:
    """Yield the numbers in a finding's words that state nothing else."""
    start, end = _locate(finding, text)
    for figure in find_figures(text):
        inside = start <= figure.start and figure.end <= end and figure.low >= FEWEST_UNNAMED
        if inside and not any(each.start < figure.end and figure.start < each.end for each in stated):
            yield Examples(
                words=text[figure.start : figure.end],
                start=figure.start,
                end=figure.end,
                count=figure.range,
                labelled=finding.leaning is Leaning.FINE_TUNING or None,
            )


def _locate(finding: Finding, text: str) -> tuple[int, int]:
    start = text.find(finding.words)
    return start, start + len(finding.words)
