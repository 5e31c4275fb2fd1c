"""The conversation in a terminal, and with input from a file or a pipe."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.gaps.table import GapTable
from bot.gaps.writer import GapWriter
from bot.replies import compare_features
from bot.reply import Reply
from bot.talk import Talk
from bot.terminal import TerminalChat, draw_table
from bot.words import load_words
from knowledge.lesson import Lesson
from knowledge.signals import Need
from retrieval.conversation import Conversation
from retrieval.questions import load_questions
from tests.bot.conftest import RunBot

WORDS = load_words()["terminal"]
QUESTION = "which of the two needs more data?"
OUTSIDE = "What is the capital of France?"
PROJECT = "We have 5000 labelled tickets, two ML engineers and a budget; it is one fixed task in one strict format."
LITTLE = "/advise Help me with my project"
STYLE = re.compile(r"\x1b\[[0-9;]*m")
ESCAPE = "\x1b"


class Screen:
    """A chat on a console, and what it shows."""

    def __init__(self, talk: Talk, gaps: GapWriter, *, terminal: bool) -> None:
        self._file = io.StringIO()
        console = Console(
            file=self._file, force_terminal=terminal, width=100, markup=False, highlight=False, emoji=False
        )
        self._chat = TerminalChat(talk, console, gaps)

    def enter(self, line: str) -> str:
        """Return what one line leads to, with the styles of a terminal."""
        start = self._file.tell()
        self._chat.answer(line)
        return self._file.getvalue()[start:]

    def read(self, line: str) -> str:
        """Return what one line leads to, without styles and line breaks."""
        return flatten(self.enter(line))


def flatten(text: str) -> str:
    return " ".join(STYLE.sub("", text).split())


@pytest.fixture
def piped(talk: Talk, gap_writer: GapWriter) -> Screen:
    return Screen(talk, gap_writer, terminal=False)


@pytest.fixture
def terminal(talk: Talk, gap_writer: GapWriter) -> Screen:
    return Screen(talk, gap_writer, terminal=True)


@pytest.fixture(params=[False, True], ids=["piped", "terminal"])
def screen(request: pytest.FixtureRequest, talk: Talk, gap_writer: GapWriter) -> Screen:
    return Screen(talk, gap_writer, terminal=request.param)


def test_a_question_is_answered_with_its_source(screen: Screen) -> None:
    assert "Source: " in screen.read(QUESTION)


def test_ask_takes_what_follows_as_a_question(screen: Screen, talk: Talk) -> None:
    reply, *_ = talk.respond(Conversation(), QUESTION, "ask")

    assert flatten(reply.text)[:60] in screen.read(f"/ask {QUESTION}")


def test_advise_takes_what_follows_as_a_project(screen: Screen) -> None:
    assert "Fine-tune" in screen.read("/advise we have 5000 labelled tickets and two ML engineers")


@pytest.mark.parametrize("command", ["ask", "advise"])
@pytest.mark.parametrize("rest", ["", "   "])
def test_a_command_without_its_text_says_what_it_needs(command: str, rest: str, screen: Screen) -> None:
    shown = screen.read(f"/{command}{rest}")

    assert f"/{command} needs a text" in shown
    assert WORDS["examples"][command] in shown


def test_compare_shows_the_whole_table(screen: Screen, lesson: Lesson) -> None:
    shown = screen.read("/compare")

    for row in lesson.comparison.features:
        assert row.feature.split()[0] in shown


def test_compare_shows_one_feature(screen: Screen) -> None:
    shown = screen.read("/compare price")

    assert "Time and cost" in shown
    assert "Scalability" not in shown


def test_compare_names_the_features_there_are_where_there_is_none_such(screen: Screen, lesson: Lesson) -> None:
    shown = screen.read("/compare the weather")

    assert "the weather" in shown
    for row in lesson.comparison.features:
        assert row.feature in shown


@pytest.mark.parametrize("said", ["examples none", "Examples to learn from: A handful or none", "exmaples none"])
def test_whatif_shows_the_new_verdict_beside_the_old(said: str, screen: Screen) -> None:
    screen.enter(PROJECT)

    shown = screen.read(f"/whatif {said}")

    assert shown.startswith("Now: fine-tuning. If there were no usable examples: prompt engineering.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/lesson", "Time and cost"),
        ("/lesson  price ", "Time and cost: beyond the lesson"),
        ("/cases", "Lawma: tuned Llama models"),
        ("/cases court decisions", "Lawma: tuned Llama models"),
        ("/glossary", "- LoRA (low-rank adaptation)"),
        ("/glossary lora", "trains small low-rank matrices"),
    ],
)
def test_the_lesson_is_browsed_by_commands(line: str, told: str, screen: Screen) -> None:
    assert told in screen.read(line)


def test_on_a_terminal_what_is_browsed_keeps_its_lines(terminal: Screen) -> None:
    shown = STYLE.sub("", terminal.enter("/glossary")).splitlines()

    assert "- Adapter" in [line.rstrip() for line in shown]


def test_whatif_changes_nothing_about_the_project(screen: Screen) -> None:
    screen.enter(PROJECT)
    screen.enter("/whatif examples none")

    shown = screen.read("/whatif skills yes")

    assert shown.startswith("Now: fine-tuning. If people who have trained models were on it: still fine-tuning")


def test_whatif_without_a_project_says_that_there_is_none(screen: Screen) -> None:
    assert flatten(load_words()["what_if"]["no_project"]) in screen.read("/whatif examples none")
    screen.enter(PROJECT)
    screen.enter("/reset")
    assert flatten(load_words()["what_if"]["no_project"]) in screen.read("/whatif examples none")


@pytest.mark.parametrize("rest", ["", "   ", " the weather sunny"])
def test_whatif_alone_lists_needs_and_answers(rest: str, screen: Screen) -> None:
    shown = screen.read(f"/whatif{rest}")

    for asked in load_questions().values():
        assert asked.name in shown
        assert all(choice in shown for choice in asked.choices)


def test_whatif_with_a_need_alone_lists_its_answers(screen: Screen) -> None:
    here, elsewhere = (load_questions()[need].choices for need in (Need.DATA_REQUIREMENT, Need.PRIVACY))

    shown = screen.read("/whatif examples perhaps")

    assert all(choice in shown for choice in here)
    assert not any(choice in shown for choice in elsewhere)


def test_help_lists_the_commands(screen: Screen) -> None:
    shown = screen.read("/help")

    commands = "/ask /advise /compare /lesson /cases /glossary /whatif /reset /help /quit"
    for command in commands.split():
        assert command in shown


@pytest.mark.parametrize("line", ["/sing", "/helpme"])
def test_an_unknown_command_is_named(line: str, screen: Screen) -> None:
    assert f"There is no command {line.split(maxsplit=1)[0]}." in screen.read(line)


@pytest.mark.parametrize("line", ["/etc/passwd and fine-tuning", "/ fine-tuning or prompting?", "/2 of the data"])
def test_what_only_looks_like_a_command_is_a_message(line: str, screen: Screen) -> None:
    assert "There is no command" not in screen.read(line)


def test_reset_forgets_the_conversation(screen: Screen) -> None:
    """Nothing is known of the project, and no number is a choice any more."""
    screen.enter("/advise we have 5000 labelled tickets and two ML engineers")
    assert flatten(WORDS["reset"]) in screen.read("/reset")

    again = screen.read("/advise it is one fixed task in one strict format")

    assert "verdict: it was" not in again
    assert "5000 labelled" not in again


@pytest.mark.parametrize(
    ("number", "verdict"), [("1", "Fine-tune"), ("3", "Use prompt engineering"), (" 3 ", "Use prompt engineering")]
)
def test_a_number_is_the_choice_at_its_place(number: str, verdict: str, screen: Screen, talk: Talk) -> None:
    choices = talk.respond(Conversation(), "Help me with my project", "advise").reply.choices
    screen.enter(LITTLE)

    shown = screen.read(number)

    assert verdict in shown
    assert choices[int(number) - 1] in shown


@pytest.mark.parametrize("answer", ["4", "skip"])
def test_skip_is_the_number_after_the_last_choice(answer: str, screen: Screen) -> None:
    screen.enter(LITTLE)

    assert load_words()["recommendation"]["assumptions"] in screen.read(answer)


@pytest.mark.parametrize("number", ["0", "5", "99999999999999999999", "²", "٣"])
def test_a_number_beyond_the_choices_is_a_message(number: str, screen: Screen) -> None:
    screen.enter(LITTLE)

    assert screen.read(number)


def test_a_number_is_a_choice_only_right_after_the_question(screen: Screen, talk: Talk) -> None:
    screen.enter(LITTLE)
    screen.enter("/advise we have 5000 labelled tickets and two ML engineers")
    reply, *_ = talk.respond(Conversation(), "1")

    assert flatten(reply.text) in screen.read("1")


def test_on_a_terminal_choices_are_numbered_with_skip_last(terminal: Screen, talk: Talk) -> None:
    choices = talk.respond(Conversation(), "Help me with my project", "advise").reply.choices
    shown = terminal.read(LITTLE)

    for number, choice in enumerate([*choices, "skip"], 1):
        assert f"{number}. {choice}" in shown


def test_on_a_terminal_the_table_is_drawn(terminal: Screen, piped: Screen) -> None:
    assert "┃" in terminal.enter("/compare")
    assert "┃" not in piped.enter("/compare")


def test_on_a_terminal_text_is_styled_and_no_wider_than_it(terminal: Screen) -> None:
    shown = terminal.enter("/help") + terminal.enter(QUESTION) + terminal.enter("/compare")

    assert ESCAPE in shown
    assert max(len(STYLE.sub("", line)) for line in shown.splitlines()) <= 100


def test_without_a_terminal_text_stands_as_it_is(piped: Screen, talk: Talk) -> None:
    """Nothing is styled, wrapped or drawn, and a blank line ends each reply."""
    reply, *_ = talk.respond(Conversation(), QUESTION)

    assert piped.enter(QUESTION) == f"{reply.text}\n\n"
    assert ESCAPE not in piped.enter("/help") + piped.enter(LITTLE)


@pytest.mark.parametrize(
    "line",
    [
        "[bold]red[/bold] :smile: [/]",
        "\x1b[31mred\x07",
        "\udcff\ud800",
        "*" * 100,
        "x" * 100_000,
        "<b>",
        "`" * 3,
        "# a",
    ],
)
def test_whatever_is_typed_gets_a_reply_that_harms_no_terminal(line: str, screen: Screen) -> None:
    commands = ("ask", "advise", "compare", "lesson", "cases", "glossary", "whatif")
    for said in (line, *(f"/{command} {line}" for command in commands)):
        shown = screen.enter(said)
        assert shown.strip()
        assert "went wrong" not in shown
        assert "\x07" not in shown
        assert ESCAPE not in STYLE.sub("", shown)
        assert "\x1b[31mred" not in shown


@pytest.mark.parametrize(("consent", "kept"), [(True, OUTSIDE), (False, None)])
def test_a_question_that_found_nothing_is_kept_with_its_words_only_by_consent(
    *, consent: bool, kept: str | None, talk: Talk, gap_table: GapTable
) -> None:
    with GapWriter(gap_table, consent=consent) as gaps:
        screen = Screen(talk, gaps, terminal=False)
        for line in (OUTSIDE, QUESTION, "hello", "/ask"):
            screen.enter(line)

    assert [gap.text for gap in gap_table.list_gaps()] == [kept]


def test_a_table_without_rows_is_its_text() -> None:
    table = draw_table(Reply(kind="comparison", text="There is no table."))

    assert isinstance(table, Text)
    assert table.plain == "There is no table."


def test_a_table_has_a_row_for_each_feature(talk: Talk, lesson: Lesson) -> None:
    table = draw_table(compare_features(talk.assistant, None))

    assert isinstance(table, Table)
    assert table.row_count == len(lesson.comparison.features)
    assert [column.header for column in table.columns] == ["Feature", "Fine-tuning", "Prompt engineering"]


def test_each_line_of_a_pipe_is_answered_until_quit(run_bot: RunBot, talk: Talk) -> None:
    """Empty lines are skipped, bytes that are no text do no harm, and what follows /quit is not read."""
    lines = [b"", QUESTION.encode(), b"   ", b"\xff\xfe", b"/sing", b"/quit", b"/help"]
    done = run_bot("chat", given=b"\n".join(lines))
    reply, *_ = talk.respond(Conversation(), QUESTION)

    shown = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    assert shown.startswith(f"{reply.text}\n\n")
    assert "There is no command /sing." in shown
    assert WORDS["welcome"] not in shown
    assert "/advise PROJECT" not in shown


@pytest.fixture
def converse(bot_env: dict[str, str]) -> Callable[[str], tuple[str, int]]:
    """Return a function that types into a chat on a real terminal, and returns what it showed and its status."""

    def type_in(text: str) -> tuple[str, int]:
        ours, theirs = pty.openpty()
        os.write(ours, text.encode())
        environment = {**os.environ, **bot_env, "TERM": "xterm", "COLUMNS": "100"}
        chat = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
        )
        os.close(theirs)
        shown = b""
        with suppress(OSError), chat:
            while part := os.read(ours, 1024):
                shown += part
        os.close(ours)
        return shown.decode(), chat.wait()

    return type_in


def test_a_chat_on_a_terminal_welcomes_prompts_and_ends(converse: Callable[[str], tuple[str, int]]) -> None:
    """It ends with the input, that is with Ctrl-D."""
    shown, status = converse("hello\n\x04")

    assert status == 0
    assert flatten(WORDS["welcome"])[:40] in flatten(shown)
    assert flatten(load_words()["smalltalk"]["greeting"])[:40] in flatten(shown)
    assert "> " in shown
    assert "Traceback" not in shown
