"""What is known about a project, and what a later message does to it."""

from __future__ import annotations

from knowledge.signals import Leaning, Need, Signal
from retrieval.profile import LONGEST_DESCRIPTION, Finding, Profile
from retrieval.quantities import parse_quantities


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


def test_findings_of_one_need_in_the_same_words_are_rivals() -> None:
    text = "We have 400 labelled tweets, and the letters are unlabelled."
    some, few = (
        find(MUCH.need, MUCH.leaning, "400 labelled tweets"),
        find(MUCH.need, LITTLE.leaning, "have 400 labelled"),
    )

    assert some.rivals(few, text)
    assert few.rivals(some, text)
    assert not some.rivals(find(MUCH.need, LITTLE.leaning, "letters are unlabelled"), text)
    assert not some.rivals(find(FIXED.need, FIXED.leaning, "400 labelled tweets"), text)


def test_a_later_quantity_takes_the_place_of_earlier_ones_of_its_kind() -> None:
    before = Profile().add_quantities(parse_quantities("8k labelled chats, 300 notes and one GPU"))

    after = before.add_quantities(parse_quantities("20k labelled chats"))

    assert [each.words for each in after.quantities] == ["one GPU", "20k labelled chats"]


def test_a_correction_takes_the_place_of_what_it_corrects_only() -> None:
    before = Profile().add_quantities(parse_quantities("40k unlabelled emails, 300 of them labelled"))

    after = before.add_quantities(parse_quantities("sorry, 500, not 300", before.quantities))

    assert [each.words for each in after.quantities] == ["40k unlabelled emails", "500"]


def test_of_a_long_description_the_last_messages_are_kept() -> None:
    profile = Profile().add_text("a" * LONGEST_DESCRIPTION)

    assert profile.description == "a" * LONGEST_DESCRIPTION
    assert profile.add_text("and it is due").told == ("and it is due",)


def test_findings_quantities_and_text_do_not_disturb_each_other() -> None:
    quantities = parse_quantities("20,000 deeds")
    profile = Profile().add_text("20,000 deeds").add_quantities(quantities).add_findings([MUCH])

    assert profile == Profile(findings=(MUCH,), quantities=quantities, told=("20,000 deeds",))
