"""Single numbers as people write them: 8k, 12.000, 1.2M, half a million, a couple thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.readers.figure import Figure
from retrieval.readers.wordings import Wordings, Words, compile_words, find_value, load_wordings, match_any

SHORT_SCALES = {"k": 1e3, "M": 1e6}


class NumeralWordings(Wordings):
    """What numbers are made of."""

    small: dict[int, Words]
    tens: dict[int, Words]
    articles: Words
    open: dict[str, tuple[float, float]]
    scales: dict[int, Words]
    plurals: dict[int, Words]


WORDS = load_wordings("numerals", NumeralWordings)
MARK = r"[,.'’ \u00a0\u202f]"
TOKEN = re.compile(
    rf"""
    (?: (?<![\w#]) | (?<=\bRs) | (?<=\b(?-i:[A-Z]{{3}})) ) (?<![0-9][.,:/]) (?<![\s(]\.) (?<![A-Za-z]{{2}}-)
    (?P<digits>
        (?!0)[0-9]{{1,3}} (?P<mark>{MARK})[0-9]{{3}} (?:(?P=mark)[0-9]{{3}})* (?![0-9]) (?:[.,][0-9]{{1,2}}(?![0-9]))?
      | [0-9]{{1,15}} (?![0-9]) (?:[.,][0-9]{{1,3}}(?![0-9]))?
    )
    (?P<short>(?-i:k|K|M)(?![^\W\d_]) | \s(?-i:k|K|M)\b)?+
    (?! [.,:]?[0-9] | /[0-9] | \s?(?:%|percent\b|per\scent\b) )
  | \b(?P<open>{match_any(WORDS.open)})\b
  | \b(?P<tens>{match_any(*WORDS.tens.values())})\b
  | \b(?P<small>{match_any(*WORDS.small.values())})\b
  | (?<![^\W\d_])(?P<scale>{match_any(*WORDS.scales.values(), *WORDS.plurals.values())})\b
  | \b(?P<half>and\s+a\s+half)\b
  | \b(?P<article>{match_any(WORDS.articles)})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
PLURAL = compile_words(match_any(*WORDS.plurals.values()))
TOGETHER = re.compile(r"[\s-]*")
OF = compile_words(r"\s+of( a)?\s+")
AND = re.compile(r"[\s-]+(?:and\s+)?")


def read_numerals(text: str) -> Iterator[Figure]:
    """Yield every number of a text, and every "a" that may be one."""
    return map(_evaluate, _group_tokens(text))


def _group_tokens(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the tokens of each number."""
    group: list[re.Match[str]] = []
    for token in TOKEN.finditer(text):
        if group and _goes_on(group[-1], text[group[-1].end() : token.start()], token):
            group.append(token)
        else:
            if group:
                yield group
            group = [token] if _may_begin(token) else []
    if group:
        yield group


def _may_begin(token: re.Match[str]) -> bool:
    return token["half"] is None and (token["scale"] is None or _is_plural(token))


def _goes_on(before: re.Match[str], gap: str, after: re.Match[str]) -> bool:
    """Tell whether a token belongs to the number before it."""
    if after["half"]:
        return gap.isspace()
    if after["scale"]:
        return bool(TOGETHER.fullmatch(gap) or (before["scale"] and OF.fullmatch(gap)))
    if before["scale"]:
        return bool((after["tens"] or after["small"]) and AND.fullmatch(gap))
    return bool(before["tens"] and after["small"] and TOGETHER.fullmatch(gap))


def _evaluate(tokens: list[re.Match[str]]) -> Figure:
    first = tokens[0]
    heads = _read_ends(first, scaled=len(tokens) > 1)
    low, high = (_sum_tokens(tokens, end, heads[end]) for end in (0, 1))
    return Figure(
        start=first.start(),
        end=tokens[-1].end(),
        low=low,
        high=high,
        head=heads[0],
        article=bool(first["article"]) and len(tokens) == 1,
        digits=first.group().isdigit() and len(tokens) == 1,
    )


def _sum_tokens(tokens: list[re.Match[str]], end: int, head: float) -> float:
    """Return what tokens are worth: what is below a thousand is gathered, and multiplied by the thousands after it."""
    total, below, latest = 0.0, head * _read_short(tokens[0]), 1.0
    for token in tokens[1:]:
        if token["half"]:
            below += 0.5 * latest
        elif token["scale"]:
            latest = _read_scale(token)
            if latest < SHORT_SCALES["k"]:
                below *= latest
            else:
                total, below = total + (below or 1) * latest, 0.0
        else:
            below += _read_ends(token)[end]
    return total + below


def _read_ends(token: re.Match[str], *, scaled: bool = False) -> tuple[float, float]:
    """Return the lower and the upper end of a token that begins a number."""
    if token["digits"]:
        value = _read_digits(token["digits"], token["mark"], scaled=scaled or bool(token["short"]))
        return value, value
    if token["open"]:
        return next(ends for words, ends in WORDS.open.items() if compile_words(words).fullmatch(token["open"]))
    if token["scale"]:
        plural = _read_scale(token)
        return 2 * plural, 9 * plural
    value = 1 if token["article"] else find_value({**WORDS.small, **WORDS.tens}, token.group())
    return value, value


def _read_digits(digits: str, mark: str | None, *, scaled: bool) -> float:
    """Return the value of digits: what stands in threes is grouped, except that 1.125 of a million is a fraction."""
    if mark and scaled and mark in ".," and digits.count(mark) == 1:
        return float(digits.replace(mark, "."))
    grouped = digits.replace(mark, "") if mark else digits
    return float(grouped.replace(",", "."))


def _read_short(token: re.Match[str]) -> float:
    return SHORT_SCALES["M" if token["short"].strip() == "M" else "k"] if token["short"] else 1.0


def _read_scale(token: re.Match[str]) -> int:
    return find_value(WORDS.plurals if _is_plural(token) else WORDS.scales, token["scale"])


def _is_plural(token: re.Match[str]) -> bool:
    return bool(PLURAL.fullmatch(token["scale"]))
