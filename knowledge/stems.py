"""Text → the stems of the words that carry its meaning."""

from __future__ import annotations

import re
from functools import lru_cache

from bm25s.stopwords import STOPWORDS_EN
from snowballstemmer import stemmer

WORD = re.compile(r"[^\W\d_]{3,}")
STOP = frozenset(STOPWORDS_EN)


@lru_cache(4_096)
def list_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words, by Snowball's English stemmer."""
    # A stemmer keeps the word it is at, so that threads must not share one; making it costs less than stemming a word.
    stem = stemmer("english").stemWord
    return frozenset(stem(word) for word in WORD.findall(text.lower()) if word not in STOP)
