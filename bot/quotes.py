"""The lesson's own words behind a reply."""

from __future__ import annotations

from bot.reply import Reply
from bot.words import load_words, title_list


def quote_lesson(reply: Reply) -> str:
    """Return what a reply rests on, each quoted with where it stands."""
    words = load_words()["quotes"]
    quoted = [
        words["quote"].format(quote=citation.quote, heading=citation.heading, source=citation.source)
        for citation in reply.citations
    ]
    return title_list(words["title"], quoted) or str(words["none"])
