"""Set phrases, which mean one thing whatever else is read in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from knowledge.signals import Signal, parse_signal
from retrieval.profile import Finding

PATH = Path(__file__).with_name("idioms.yaml")


def heed_idioms(findings: Sequence[Finding], text: str) -> list[Finding]:
    """Return the findings with what set phrases say, in the place of what else is found of that need in them."""
    said = list(_find_idioms(text))
    read = [finding for finding in findings if not any(finding.rivals(other, text) for other in said)]
    known = {finding.signal for finding in read}
    return [*read, *(finding for finding in said if finding.signal not in known)]


def _find_idioms(text: str) -> Iterator[Finding]:
    for signal, pattern in _compile_idioms():
        if found := pattern.search(text):
            yield Finding(need=signal.need, leaning=signal.leaning, words=found.group())


@cache
def _compile_idioms() -> tuple[tuple[Signal, re.Pattern[str]], ...]:
    listed = yaml.safe_load(PATH.read_text("utf-8"))
    named = ((parse_signal(label), "|".join(patterns)) for label, patterns in listed.items())
    return tuple((signal, re.compile(source, re.IGNORECASE)) for signal, source in named if signal)
