"""What is known about a project, and what a later message does to it."""

from __future__ import annotations

from knowledge.signals import Leaning, Need, Signal
from retrieval.profile import Finding, Profile


def find(need: Need, leaning: Leaning, words: str = "so") -> Finding:
    return Finding(need=need, leaning=leaning, words=words)


MUCH = find(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING, "20,000 deeds")
LITTLE = find(Need.DATA_REQUIREMENT, Leaning.PROMPT_ENGINEERING, "make that 20")
FIXED = find(Need.FLEXIBILITY, Leaning.FINE_TUNING, "one task")


def test_a_later_finding_takes_the_place_of_earlier_ones_of_its_need() -> None:
    profile = Profile(findings=(MUCH, FIXED)).add_findings([LITTLE])

    assert profile.findings == (FIXED, LITTLE)


def test_both_leanings_of_one_need_stand_side_by_side_where_one_message_says_both() -> None:
    profile = Profile().add_findings([MUCH, LITTLE])

    assert profile.findings == (MUCH, LITTLE)
    assert profile.needs == {Need.DATA_REQUIREMENT}
    assert profile.signals == {MUCH.signal, LITTLE.signal}


def test_a_message_without_findings_changes_nothing() -> None:
    profile = Profile(findings=(MUCH, FIXED))

    assert profile.add_findings([]) == profile


def test_a_finding_knows_its_signal() -> None:
    assert MUCH.signal == Signal(Need.DATA_REQUIREMENT, Leaning.FINE_TUNING)
