"""The table: what each method is like in each feature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from knowledge.topics import match_topic, slugify

ALIKE = 75
"""Similarity (0 to 100) from which a misspelt feature still counts as meant."""


class Method(StrEnum):
    """One of the two methods, or both where a text compares them or concerns neither alone."""

    FINE_TUNING = "fine_tuning"
    PROMPT_ENGINEERING = "prompt_engineering"
    BOTH = "both"


NAMED_BY = {
    Method.FINE_TUNING: re.compile(r"\b(?:fine?[\s_-]*tun\w*|re-?train\w*|tuned?|tuning|ft)\b", re.IGNORECASE),
    Method.PROMPT_ENGINEERING: re.compile(r"\b(?:prompt\w*(?:[\s_-]*engineer\w*)?|pe)\b", re.IGNORECASE),
}

OPPOSITE = {
    Method.FINE_TUNING: Method.PROMPT_ENGINEERING,
    Method.PROMPT_ENGINEERING: Method.FINE_TUNING,
    Method.BOTH: Method.BOTH,
}
SINGLE = (Method.FINE_TUNING, Method.PROMPT_ENGINEERING)
"""Each of the two; an answer may begin by naming one."""
NAMES = {
    Method.FINE_TUNING: "fine-tuning",
    Method.PROMPT_ENGINEERING: "prompt engineering",
    Method.BOTH: "both methods",
}
"""Of the methods, as they are called in a sentence."""
"""The other method."""


def find_methods(text: str) -> frozenset[Method]:
    """Return which of the two methods a text names."""
    return frozenset(method for method, name in NAMED_BY.items() if name.search(text))


def infer_method(text: str) -> Method | None:
    """Return the method a text is about, `both` where it names both; None where it names neither."""
    named = find_methods(text)
    return Method.BOTH if len(named) > 1 else next(iter(named), None)


def find_columns(header: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of fine-tuning and of prompt engineering, beside one of labels; None where it lacks either."""
    about = [infer_method(cell) for cell in header]
    try:
        return about.index(Method.FINE_TUNING, 1), about.index(Method.PROMPT_ENGINEERING, 1)
    except ValueError:
        return None


class Feature(BaseModel):
    """One row of the table, in the lesson's own words."""

    model_config = ConfigDict(frozen=True)

    feature: str
    """The lesson's label."""
    topic: str
    """A topic id, or the label's slug where the label fits none of ours."""
    fine_tuning: str
    prompt_engineering: str


class Comparison(BaseModel):
    """The lesson's table, its rows in the lesson's order; empty where the lesson has none."""

    model_config = ConfigDict(frozen=True)

    features: tuple[Feature, ...] = ()

    def find_feature(self, words: str) -> Feature | None:
        """Return the row meant by a label, a topic id or everyday words; None where none is."""
        wanted = slugify(words)
        for row in self.features:
            if wanted in (row.topic, slugify(row.feature)):
                return row
        topic = match_topic(words)
        named = next((row for row in self.features if row.topic == topic), None)
        return named or self._nearest_feature(wanted)

    def suggest_features(self, words: str) -> list[Feature]:
        """Return the rows, those whose label is nearest to `words` first."""
        ranked = process.extract(words.lower(), self._labels(), scorer=fuzz.WRatio, limit=None)
        return [self.features[place] for _, _, place in ranked]

    def _nearest_feature(self, wanted: str) -> Feature | None:
        slugs = [slugify(row.feature) for row in self.features]
        found = process.extractOne(wanted, slugs, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self.features[found[2]] if found else None

    def _labels(self) -> list[str]:
        return [row.feature.lower() for row in self.features]
