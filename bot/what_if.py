"""What if: a supposition's outcome in words, the new verdict beside the old, and what can be supposed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from bot.advice import phrase_flip
from bot.reply import Reply
from bot.shapes import shape_profile
from bot.words import ENGLISH, load_words, title_list
from knowledge.signals import Leaning, Need, Signal
from retrieval.hypothesis import Hypothesis, NoProject, WhatIf
from retrieval.questions import load_questions


def phrase_hypothesis(hypothesis: Hypothesis) -> Reply:
    """Put what a supposition leads to into words."""
    match hypothesis:
        case WhatIf():
            return _phrase_what_if(hypothesis)
        case NoProject():
            return Reply(kind="what_if", text=load_words()["what_if"]["no_project"])
        case _:
            assert_never(hypothesis)


def phrase_question(supposed: Signal, language: str = ENGLISH) -> str:
    """Return a supposition as a question, which fits a button."""
    if translated := load_words(language)["questions"]:
        return str(translated[supposed.need]["what_if"][supposed.leaning])
    condition = _name_condition(supposed)
    return str(load_words()["what_if"]["question"].format(condition=condition[0].lower() + condition[1:]))


def offer_needs() -> Reply:
    """Say what can be supposed."""
    words = load_words()["what_if"]
    lines = [
        words["need"].format(name=asked.name, choices=" / ".join(asked.choices)) for asked in load_questions().values()
    ]
    return Reply(kind="what_if", text=title_list(words["needs"], lines))


def offer_answers(need: Need) -> Reply:
    """Say what can be supposed of one need."""
    words, asked = load_words()["what_if"], load_questions()[need]
    lines = [words["answer"].format(choice=choice) for choice in asked.choices]
    return Reply(kind="what_if", text=title_list(words["answers"].format(name=asked.name), lines))


def _phrase_what_if(what_if: WhatIf) -> Reply:
    words, after = load_words(), what_if.after
    flips = tuple(map(phrase_flip, after.flips))
    advised = after.retrieval_advised and not what_if.before.retrieval_advised
    opening = [
        _phrase_verdicts(what_if),
        words["recommendation"]["retrieval"] if advised else "",
        words["what_if"]["confidence"].format(confidence=after.confidence),
    ]
    parts = [
        " ".join(filter(None, opening)),
        title_list(words["what_if"]["grounds"], _list_grounds(what_if)),
        title_list(words["what_if"]["flips"], [f"- {flip}" for flip in flips]),
    ]
    return Reply(
        kind="what_if",
        text="\n\n".join(filter(None, parts)),
        profile=shape_profile(what_if.before.profile),
        verdict=after.verdict,
        confidence=after.confidence,
        retrieval_advised=after.retrieval_advised,
        flips=flips,
    )


def _phrase_verdicts(what_if: WhatIf) -> str:
    words, names = load_words()["what_if"], load_words()["recommendation"]["verdict_names"]
    before, after = what_if.before, what_if.after
    then = names[after.verdict]
    if after.profile == before.profile:
        then = words["already"].format(verdict=then)
    elif after.verdict is before.verdict:
        then = words["same"].format(verdict=then)
    condition = _name_condition(what_if.supposed)
    return str(words["verdicts"].format(before=names[before.verdict], condition=condition, after=then))


def _list_grounds(what_if: WhatIf) -> list[str]:
    """Return the rule that settles the new verdict, where one does, and what pulls which way, strongest first."""
    words, after = load_words()["what_if"], what_if.after
    weighed = sorted((*after.reasons, *after.objections), key=lambda reason: -reason.weight)
    signals = [reason.finding.signal for reason in weighed]
    lines = {
        words["rule"]: what_if.grounds,
        words["fine_tuning"]: [signal for signal in signals if signal.leaning is Leaning.FINE_TUNING],
        words["prompt_engineering"]: [signal for signal in signals if signal.leaning is not Leaning.FINE_TUNING],
    }
    supposed = {finding.signal for finding in after.profile.findings if finding.supposed}
    return [line.format(findings=_join_findings(found, supposed)) for line, found in lines.items() if found]


def _join_findings(signals: Iterable[Signal], supposed: set[Signal]) -> str:
    marked = load_words()["what_if"]["supposed"]
    found = {signal: load_words()["needs"][signal.need]["because"][signal.leaning].rstrip(".") for signal in signals}
    return "; ".join(marked.format(finding=text) if signal in supposed else text for signal, text in found.items())


def _name_condition(supposed: Signal) -> str:
    return str(load_words()["needs"][supposed.need]["if"][supposed.leaning])
