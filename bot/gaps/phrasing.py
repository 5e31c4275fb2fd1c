"""A report of gaps in words."""

from __future__ import annotations

from bot.gaps.report import GapGroup, GapReport, TopicCount
from bot.words import load_words, shorten_quote


def phrase_report(report: GapReport) -> str:
    """Return a report as text for a terminal; a sentence where there is nothing to report."""
    words = load_words()["gaps"]
    parts = [_phrase_group(group) for group in report.groups]
    if report.groups:
        kept = sum(group.count for group in report.groups)
        parts.insert(0, words["groups"].format(count=kept, groups=len(report.groups)))
    if report.without_text:
        parts.append("\n".join([words["without_text"], *map(_phrase_count, report.without_text)]))
    return "\n\n".join(parts) or str(words["none"])


def _phrase_group(group: GapGroup) -> str:
    words = load_words()["gaps"]
    return "\n".join(
        [
            words["typical"].format(count=group.count, text=shorten_quote(group.typical)),
            *(words["other"].format(text=shorten_quote(other)) for other in group.others),
            words["nearest"].format(topic=group.topic or words["no_topic"]),
        ]
    )


def _phrase_count(entry: TopicCount) -> str:
    words = load_words()["gaps"]
    return str(words["count"].format(topic=entry.topic or words["no_topic"], count=entry.count))
