"""The README tells the truth: its conversation is a real one, and its commands and settings are there."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app
from bot.session import respond
from bot.settings import Settings
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

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


def test_every_command_it_names_is_there() -> None:
    """A command in the table can be asked for help."""
    named = set(re.findall(r"^\| `python -m bot (\w+)", README, re.MULTILINE))

    assert named
    for command in named:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_the_example_of_settings_names_each_setting() -> None:
    """`.env.example` has a line for every setting, and no other."""
    example = (ROOT / ".env.example").read_text("utf-8")
    named = {name.lower() for name in re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)}

    assert set(Settings.model_fields) == named
