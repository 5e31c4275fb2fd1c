"""The conversation in a terminal; with standard input not a terminal, each line is answered in turn."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import assert_never

from rich.console import Console, Group
from rich.live import Live
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from bot.gaps.writer import GapWriter
from bot.library import show_cases, show_glossary, show_lesson
from bot.replies import compare_features
from bot.reply import Reply
from bot.session import ShowReply, suppose
from bot.speaker import show_nothing
from bot.talk import Talk
from bot.what_if import offer_answers, offer_needs
from bot.words import load_words
from knowledge.signals import Need, Signal
from retrieval.assistant import Assistant
from retrieval.clarification import SKIP
from retrieval.conversation import Conversation
from retrieval.routing import Command
from retrieval.supposition import read_supposition

PROMPT = "> "
SHELVES: dict[str, Callable[[Assistant, str | None], Reply]] = {
    "/compare": compare_features,
    "/lesson": show_lesson,
    "/cases": show_cases,
    "/glossary": show_glossary,
}
"""What there is to look up, by the command that shows it."""


class TerminalChat:
    """One person's conversation."""

    def __init__(self, talk: Talk, console: Console, gaps: GapWriter) -> None:
        self._talk = talk
        self._assistant = talk.assistant
        self._console = console
        self._gaps = gaps
        self._conversation = Conversation()
        self._choices: tuple[str, ...] = ()

    def run(self) -> None:
        """Answer until /quit or the end of the input."""
        if self._console.is_terminal:
            self._say(load_words()["terminal"]["welcome"])
        for line in self._read_lines():
            if line.strip() == "/quit":
                return
            if line.strip():
                self.answer(line)

    def answer(self, line: str) -> None:
        """Answer one line: a command, a number of the choices just offered, or a message."""
        said, _, rest = line.strip().partition(" ")
        name = said.lower()
        match name:
            case "/help":
                self._say(load_words()["terminal"]["help"])
            case "/reset":
                self._conversation = Conversation()
                self._say(load_words()["terminal"]["reset"])
            case _ if name in SHELVES:
                self._show(SHELVES[name](self._assistant, rest.strip() or None))
            case "/whatif":
                self._show(self._suppose(rest))
            case "/ask":
                self._answer_command("ask", rest)
            case "/advise":
                self._answer_command("advise", rest)
            case _ if name.startswith("/") and name[1:].isalpha():
                self._say(load_words()["terminal"]["unknown"].format(command=name))
            case _:
                self._answer_message(self._resolve_number(line.strip()))

    def _answer_command(self, command: Command, text: str) -> None:
        words = load_words()["terminal"]
        if text.strip():
            self._answer_message(text, command)
        else:
            self._say(words["missing"].format(command=f"/{command}", example=words["examples"][command]))

    def _answer_message(self, text: str, command: Command | None = None) -> None:
        with self._show_growing() as show:
            said = self._talk.respond(self._conversation, text, command, show)
        self._conversation = said.conversation
        self._choices = (*said.reply.choices, SKIP) if said.reply.choices else ()
        self._show(said.reply)
        if said.gap:
            self._gaps.record(said.gap, text)

    def _suppose(self, text: str) -> Reply:
        supposed = read_supposition(text)
        match supposed:
            case Signal():
                return suppose(self._assistant, self._conversation, supposed)
            case Need():
                return offer_answers(supposed)
            case None:
                return offer_needs()
            case _:
                assert_never(supposed)

    @contextlib.contextmanager
    def _show_growing(self) -> Iterator[ShowReply]:
        """Let an answer be seen while it is written; it goes when the whole answer takes its place."""
        if self._talk.speaker.provider is None or not self._console.is_terminal:
            yield show_nothing
            return
        with Live(console=self._console, transient=True) as live:

            async def show(reply: Reply) -> None:
                live.update(Markdown(reply.text, hyperlinks=False))

            yield show

    def _resolve_number(self, line: str) -> str:
        number = int(line) if line.isascii() and line.isdigit() else 0
        return self._choices[number - 1] if 0 < number <= len(self._choices) else line

    def _read_lines(self) -> Iterator[str]:
        if self._console.is_terminal and sys.stdin.isatty():
            with contextlib.suppress(EOFError, KeyboardInterrupt):
                while True:
                    yield self._console.input(Text(PROMPT))
        else:
            yield from (line.decode("utf-8", "replace") for line in sys.stdin.buffer)

    def _show(self, reply: Reply) -> None:
        if not self._console.is_terminal:
            self._console.print(Text(reply.text), soft_wrap=True)
            self._console.print()
        elif reply.kind == "comparison":
            self._console.print(draw_table(reply))
        elif reply.pages:
            self._console.print(Group(Text(), Text(reply.text), Text()))
        else:
            choices = [Text(f"  {number}. {choice}") for number, choice in enumerate(self._choices, 1) if reply.choices]
            self._console.print(Group(Text(), Markdown(reply.text, hyperlinks=False), *choices, Text()))

    def _say(self, text: str) -> None:
        self._console.print(Markdown(text) if self._console.is_terminal else Text(text), soft_wrap=True)


def draw_table(reply: Reply) -> Table | Text:
    """Return the rows of a comparison as a table for a terminal."""
    if not reply.features:
        return Text(reply.text)
    names = load_words()["methods"]
    table = Table(names["feature"], names["fine_tuning"], names["prompt_engineering"], show_lines=True)
    for row in reply.features:
        table.add_row(Text(row.feature, style="bold"), Text(row.fine_tuning), Text(row.prompt_engineering))
    return table
