"""Whether examples are labelled, by what is said in their sentence, or in the next one about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.quantity import Examples
from retrieval.readers.wordings import Wordings, Words, compile_words, load_wordings, match_any


class LabelWordings(Wordings):
    """How labels are affirmed and denied."""

    given: Words
    checked: Words
    wished: str
    paired: Words
    wanting: Words
    unpaired: Words
    work: Words
    denied: Words
    not_denied: str
    denied_after: str
    to_do: str
    partly: str
    going_on: str


WORDS = load_wordings("labels", LabelWordings)
OWN = compile_words(rf"\b{match_any(WORDS.given, WORDS.checked, WORDS.paired)}\b")
GIVEN = compile_words(rf"\b{match_any(WORDS.given, WORDS.checked)}\b")
WANTING = compile_words(rf"\b{match_any(WORDS.wanting)}\b")
OWN_WANTING = compile_words(rf"\b{match_any(WORDS.wanting, WORDS.unpaired)}\b")
DENIED = compile_words(
    rf"\b{match_any(WORDS.denied)}\b(?:(?!\b(?:and|but)\b)[^.,;:!?()\n]){{0,60}}?\b{match_any(WORDS.work)}\b"
    rf"|{WORDS.denied_after}|{WORDS.to_do}"
)
NOT_DENIED = compile_words(WORDS.not_denied)
WISHED = compile_words(WORDS.wished)
PARTLY = compile_words(WORDS.partly)
GOING_ON = compile_words(WORDS.going_on)
SENTENCE_END = re.compile(r"[.!?;](?=\s|\Z)|\n")


def is_labelled(phrase: str) -> bool | None:
    """Tell whether a phrase calls things labelled, or unlabelled; None where it does neither."""
    if OWN_WANTING.search(phrase):
        return False
    return True if OWN.search(phrase) else None


def settle_labels(text: str, examples: list[Examples]) -> Iterator[Examples]:
    """Yield examples in order, with what the text around each says of their labels."""
    for number, each in enumerate(examples):
        since = examples[number - 1].end if number else 0
        until = examples[number + 1].start if number + 1 < len(examples) else len(text)
        yield each.model_copy(update={"labelled": _judge_examples(text, each, since, until)})


def _judge_examples(text: str, examples: Examples, since: int, until: int) -> bool | None:
    """Tell by their own words, or else by those around them; of none at all nothing can be told."""
    if examples.count.high == 0:
        return None
    own = is_labelled(examples.words)
    return _judge_surroundings(text, examples, since, until) if own is None else own


def _judge_surroundings(text: str, examples: Examples, since: int, until: int) -> bool | None:
    """Tell by the sentence, or else by the next one where it goes on about the same, between two positions."""
    begin = max([since, *(found.end() for found in SENTENCE_END.finditer(text, since, examples.start))])
    ends = [found.end() for found in SENTENCE_END.finditer(text, examples.end, until)] or [until]
    judged = _judge(text[begin : ends[0]])
    following = text[ends[0] : ends[1] if len(ends) > 1 else until]
    return _judge(following) if judged is None and GOING_ON.match(following) else judged


def _judge(sentence: str) -> bool | None:
    if PARTLY.search(sentence):
        return None
    plain = NOT_DENIED.sub(" ", sentence)
    if WANTING.search(plain) or DENIED.search(plain):
        return False
    return True if GIVEN.search(WISHED.sub(" ", plain)) else None
