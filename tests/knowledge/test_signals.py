"""Authored sentences and what they are evidence of."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.signals import CHATTER, Leaning, Need, Signal, load_statements, parse_signal


def test_every_need_has_statements_for_each_way_it_can_lean() -> None:
    counted = Counter(label for label, _ in load_statements())
    lesson_needs = [need for need in Need if need is not Need.CHANGING_FACTS]
    expected = {
        Signal(need, side) for need in lesson_needs for side in (Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING)
    }

    labels = {signal for label in counted if (signal := parse_signal(label))}
    assert expected | {Signal(Need.CHANGING_FACTS, Leaning.RETRIEVAL)} <= labels
    assert min(counted.values()) >= 50


def test_only_changing_facts_lean_to_retrieval() -> None:
    labels = [parse_signal(label) for label, _ in load_statements()]

    assert {signal.need for signal in labels if signal and signal.leaning is Leaning.RETRIEVAL} == {Need.CHANGING_FACTS}


def test_no_statement_is_evidence_of_two_things() -> None:
    labels: dict[str, set[str]] = {}
    for label, text in load_statements():
        labels.setdefault(text.casefold().strip(), set()).add(label)

    assert not {text: found for text, found in labels.items() if len(found) > 1}


def test_no_authored_sentence_is_blank() -> None:
    assert all(text.strip() for _, text in load_statements())


@pytest.mark.parametrize("need", list(Need))
@pytest.mark.parametrize("leaning", list(Leaning))
def test_a_signal_is_read_back_from_its_label(need: Need, leaning: Leaning) -> None:
    assert parse_signal(str(Signal(need, leaning))) == Signal(need, leaning)


def test_chatter_is_evidence_of_nothing() -> None:
    assert parse_signal(CHATTER) is None
