"""The README tells the truth: its conversation is a real one, and its commands and settings are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from typer.testing import CliRunner

from bot.__main__ import app
from bot.evaluation.cases import Case, read_cases
from bot.session import respond, suppose
from bot.settings import Settings
from bot.words import load_words
from knowledge.signals import Signal
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.supposition import read_supposition
from tests.evals.gate import read_own_data_sets

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SESSION = re.search(r"```text\n(.*?)```", README, re.DOTALL)


def test_the_conversation_is_what_the_assistant_says(assistant: Assistant) -> None:
    """Each line after a prompt, said in order, leads to the very words that stand below it."""
    assert SESSION is not None
    turns = re.split(r"^> ", SESSION[1], flags=re.MULTILINE)[1:]
    conversation = Conversation()

    for turn in turns:
        said, _, expected = turn.partition("\n")
        reply, conversation, _ = respond(assistant, conversation, said)

        assert expected.strip() == reply.text.strip()


def test_its_supposition_has_that_outcome(assistant: Assistant) -> None:
    """It is made after the conversation further up, and the reply begins as it says there."""
    assert SESSION is not None
    example = re.search(r"```text\n> /whatif (.*)\n(.*)\n```", README)
    assert example is not None
    supposed = read_supposition(example[1])
    assert isinstance(supposed, Signal)
    conversation = Conversation()
    for said in re.findall(r"^> (.*)", SESSION[1], re.MULTILINE):
        conversation = respond(assistant, conversation, said).conversation

    assert suppose(assistant, conversation, supposed).text.startswith(example[2])


def test_every_command_it_names_is_there() -> None:
    """A command in the table can be asked for help."""
    named = set(re.findall(r"^\| `python -m bot (\w+)", README, re.MULTILINE))

    assert named
    for command in named:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_its_examples_of_cases_can_be_scored(tmp_path: Path) -> None:
    """There is one of each shape."""
    examples = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert examples is not None
    (tmp_path / "examples.jsonl").write_text(examples[1], "utf-8")

    assert {type(case) for case in read_cases(tmp_path / "examples.jsonl")} == set(get_args(Case))


def test_it_names_each_data_set_with_its_size() -> None:
    named = {name: int(size) for name, size in re.findall(r"^\| `(\w+)` \| (\d+) \|", README, re.MULTILINE)}

    assert named == {data_set.name: len(data_set.cases) for data_set in read_own_data_sets()}


def test_the_example_of_settings_names_each_setting() -> None:
    """`.env.example` has a line for every setting, and no other."""
    example = (ROOT / ".env.example").read_text("utf-8")
    named = {name.lower() for name in re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)}

    assert set(Settings.model_fields) == named


def test_it_names_the_permissions_that_the_bot_asks_for() -> None:
    said = " ".join(README.split())

    for name in load_words()["invite"]["permissions"].values():
        assert f"*{name}*" in said
