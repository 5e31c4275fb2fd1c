"""People with a skill that counts: "two ML engineers", "three of us have trained models"."""

from __future__ import annotations

import re

from retrieval.quantity import People, Skill
from retrieval.readers.figure import Figure
from retrieval.readers.wordings import Wordings, compile_before, compile_words, load_wordings, look_behind


class PeopleWordings(Wordings):
    """Who they are, and how their skill is told."""

    roles: dict[Skill, str]
    filling: str
    plain: str
    skilled: str
    unskilled: str
    not_before: str


WORDS = load_wordings("people", PeopleWordings)
ROLES = {skill: compile_words(rf"\s+{WORDS.filling}{role}") for skill, role in WORDS.roles.items()}
PLAIN = compile_words(rf"\s+{WORDS.filling}{WORDS.plain}")
SKILLED = compile_words(WORDS.skilled)
UNSKILLED = compile_words(WORDS.unskilled)
NOT_BEFORE = compile_before(WORDS.not_before)


def read_people(text: str, figure: Figure) -> People | None:
    if figure.article and NOT_BEFORE.search(look_behind(text, figure.start)):
        return None
    skill, end = _find_skill(text, figure)
    if skill is None:
        return None
    return People(words=text[figure.start : end], start=figure.start, end=end, count=figure.range, skill=skill)


def _find_skill(text: str, figure: Figure) -> tuple[Skill | None, int]:
    """Return the skill of the people counted, and where the words for them end."""
    if not figure.article and (people := PLAIN.match(text, figure.end)):
        told: re.Match[str] | None = SKILLED.match(text, people.end())
        if told and not UNSKILLED.search(told.group()):
            return "machine_learning", told.end()
    for skill, role in ROLES.items():
        if found := role.match(text, figure.end):
            return skill, found.end()
    return None, figure.end
