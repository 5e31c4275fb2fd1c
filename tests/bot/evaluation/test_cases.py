"""Cases are read line by line, each by its kind, and a line that breaks a rule is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from bot.errors import CaseError
from bot.evaluation.cases import (
    Case,
    DialogueCase,
    Label,
    OutsideCase,
    ProjectCase,
    QuestionCase,
    read_cases,
    read_data_sets,
)
from knowledge.comparison import Method
from knowledge.signals import Need
from retrieval.recommendation import Verdict

QUESTION = {"text": "how much data?", "topics": ["data-requirement"]}
OUTSIDE = {"text": "tune my piano", "kinds": ["out_of_scope"]}
DIALOGUE = {"turns": ["how much data?", "why?"], "expect": [None, {"methods": ["both"]}]}
PROJECT = {"text": "a bot", "label": "ask", "findings": [{"need": "privacy", "leaning": "fine_tuning", "words": "a"}]}
Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes) -> Path:
        path = tmp_path / "mine.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.mark.parametrize(
    ("line", "shape"),
    [(QUESTION, QuestionCase), (OUTSIDE, OutsideCase), (DIALOGUE, DialogueCase), (PROJECT, ProjectCase)],
)
def test_the_fields_of_a_line_tell_what_it_is(line: dict[str, object], shape: type[Case], write: Write) -> None:
    (case,) = read_cases(write(json.dumps(line)))

    assert isinstance(case, shape)


def test_a_line_may_say_what_it_is(write: Write) -> None:
    """It counts for more than the fields."""
    line = {**QUESTION, "kind": "question", "label": "whatever this is to its author"}
    (case,) = read_cases(write(json.dumps(line)))

    assert isinstance(case, QuestionCase)


def test_a_message_from_outside_keeps_its_sort(write: Write) -> None:
    lines = "\n".join(json.dumps(line) for line in (OUTSIDE, {**OUTSIDE, "kind": "near"}))

    assert [case.kind for case in read_cases(write(lines)) if isinstance(case, OutsideCase)] == ["outside", "near"]


def test_fields_that_are_not_known_are_for_others(write: Write) -> None:
    (case,) = read_cases(write(json.dumps({**PROJECT, "source": "a paper", "outcome": "it worked"})))

    assert isinstance(case, ProjectCase)
    assert case.findings is not None
    assert [finding.need for finding in case.findings] == [Need.PRIVACY]


def test_a_project_whose_findings_nobody_listed_is_not_one_without_any(write: Write) -> None:
    lines = '{"text": "a", "label": "both"}\n{"text": "a", "label": "both", "findings": []}'

    assert [case.findings for case in read_cases(write(lines)) if isinstance(case, ProjectCase)] == [None, ()]


def test_stems_are_compared_in_lower_case(write: Write) -> None:
    (case,) = read_cases(write('{"text": "LoRA?", "facts": [["Low-Rank", "small"]], "methods": ["both"]}'))

    assert isinstance(case, QuestionCase)
    assert case.facts == (("low-rank", "small"),)
    assert case.methods == (Method.BOTH,)


def test_blank_lines_line_ends_and_a_byte_order_mark_do_not_count(write: Write) -> None:
    line = json.dumps(QUESTION)

    assert len(read_cases(write(f"\ufeff{line}\r\n\n  \n{line}"))) == 2


def test_a_separator_inside_a_text_ends_no_line(write: Write) -> None:
    (case,) = read_cases(write(json.dumps({**QUESTION, "text": "one\u2028two\x85"}, ensure_ascii=False)))

    assert isinstance(case, QuestionCase)
    assert case.text == "one\u2028two\x85"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("7", "a line must be a JSON object, not 7"),
        ("[]", "a line must be a JSON object"),
        ("hello", "Invalid JSON"),
        ('{"text": "a"', "Invalid JSON"),
        ('{"text": "\\ud800", "topics": ["a"]}', "Invalid JSON"),
        ('{"text": "a", "topics": ' + "[" * 10_000, "Invalid JSON"),
        ("{}", "text: Field required"),
        ('{"text": "a"}', "at least one of topics, methods and facts"),
        ('{"text": 7, "topics": ["a"]}', "text: Input should be a valid string, not 7"),
        ('{"text": "a", "topics": "b"}', "topics: Input should be a valid array, not 'b'"),
        ('{"text": "a", "methods": ["tuning"]}', "methods.0: Input should be 'fine_tuning'"),
        ('{"text": "a", "facts": [[]]}', "facts.0: "),
        ('{"text": "a", "facts": [[""]]}', "facts.0.0: "),
        ('{"text": "a", "kinds": []}', "kinds: "),
        ('{"text": "a", "kinds": ["answered"]}', "kinds.0: Input should be 'answer'"),
        ('{"turns": [], "expect": []}', "turns: "),
        ('{"turns": ["a", "b"], "expect": [null]}', "expect must have one entry for each of the 2 turns"),
        ('{"turns": ["a"], "expect": [{}]}', "expect.0: at least one of"),
        ('{"kind": "dialogue", "text": "a"}', "turns: Field required"),
        ('{"text": "a", "label": "neither"}', "label: Input should be 'fine_tuning', 'prompt_engineering', 'both'"),
        ('{"text": "a", "label": "ask", "findings": [{"need": "x", "leaning": "retrieval"}]}', "findings.0.need: "),
    ],
)
def test_a_line_that_breaks_a_rule_is_named_with_its_place(line: str, rule: str, write: Write) -> None:
    path = write(f"{json.dumps(QUESTION)}\n\n{line}\n")

    with pytest.raises(CaseError) as caught:
        read_cases(path)

    assert (caught.value.path, caught.value.line) == (path, 3)
    assert rule in caught.value.rule
    assert str(caught.value).startswith(f"{path}, line 3: ")


def test_the_rule_tells_how_such_a_case_looks(write: Write) -> None:
    with pytest.raises(CaseError, match=r"\(a project has text, label and maybe findings\)$"):
        read_cases(write('{"label": "ask"}'))


def test_what_broke_the_rule_is_shown_in_part_where_it_is_long(write: Write) -> None:
    with pytest.raises(CaseError) as caught:
        read_cases(write(json.dumps({**QUESTION, "topics": "word " * 1_000})))

    assert len(caught.value.rule) < 300


def test_bytes_that_are_no_text_are_named_with_their_line(write: Write) -> None:
    with pytest.raises(CaseError, match=r"line 2: a case must be UTF-8 text"):
        read_cases(write(json.dumps(QUESTION).encode() + b"\n\xff\xfe"))


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_cases_is_refused(content: str, write: Write) -> None:
    with pytest.raises(CaseError, match="at least one case"):
        read_cases(write(content))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"nowhere\.jsonl.*must be readable"):
        read_cases(tmp_path / "nowhere.jsonl")


def test_files_of_the_same_name_are_one_data_set(tmp_path: Path) -> None:
    paths = [tmp_path / folder / f"{name}.jsonl" for folder, name in (("a", "mine"), ("b", "mine"), ("b", "yours"))]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(QUESTION), "utf-8")

    assert {data_set.name: len(data_set.cases) for data_set in read_data_sets(paths)} == {"mine": 2, "yours": 1}


def test_labels_are_the_verdicts_and_ask() -> None:
    assert get_args(Label) == (*Verdict, "ask")
