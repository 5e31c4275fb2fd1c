"""`python -m bot`: the terminal chat, single answers, batches, lessons and Discord."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console

from bot.batch import run_batch
from bot.bootstrap import build_assistant, build_gap_table, build_gap_writer, build_store, open_talk, set_up_logging
from bot.cost_command import cost
from bot.errors import CaseError, ConfigurationError, GapError
from bot.evaluation.cases import read_data_sets
from bot.evaluation.report import dump_results, write_report
from bot.evaluation.results import evaluate
from bot.gaps.phrasing import phrase_report
from bot.gaps.report import GapReport, report_gaps
from bot.library import show_cases, show_glossary, show_lesson
from bot.progress import ProgressReport, watch_cases
from bot.replies import compare_features
from bot.reply import Case, Failure, Replies, Reply
from bot.settings import Settings, load_settings
from bot.terminal import TerminalChat, draw_table
from bot.words import load_words
from knowledge.errors import KnowledgeError
from retrieval.conversation import Conversation
from retrieval.routing import Command

CONFIGURATION = 78
"""Exit status of a wrong configuration (EX_CONFIG of sysexits.h); supervisors should not restart on it."""
USAGE = 2

app = typer.Typer(
    help="How fine-tuning and prompt engineering compare, and which of the two your project needs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(cost)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command()
def chat() -> None:
    """Talk in the terminal; with input from a file or a pipe, answer each line."""
    settings = _start()
    console = Console(markup=False, highlight=False, emoji=False)
    with build_gap_writer(settings, consent=settings.keep_questions) as gaps, open_talk(settings) as talk:
        TerminalChat(talk, console, gaps).run()


@app.command()
def ask(question: str, *, as_json: AsJson = False) -> None:
    """Answer one question."""
    _reply_once(question, "ask", as_json=as_json)


@app.command()
def advise(project: str, *, as_json: AsJson = False) -> None:
    """Recommend a method for one described project."""
    _reply_once(project, "advise", as_json=as_json)


@app.command()
def compare(feature: Annotated[str | None, typer.Argument()] = None, *, as_json: AsJson = False) -> None:
    """Show the comparison table, or one feature of it."""
    reply = compare_features(build_assistant(_start()), feature)
    if as_json:
        typer.echo(json.dumps({"features": [row.model_dump(mode="json") for row in reply.features]}, indent=2))
    elif reply.kind == "comparison" and sys.stdout.isatty():
        Console().print(draw_table(reply))
    else:
        typer.echo(reply.text, err=reply.kind != "comparison")
    if reply.kind != "comparison":
        raise typer.Exit(USAGE)


@app.command()
def lesson(topic: Annotated[str | None, typer.Argument()] = None, *, as_json: AsJson = False) -> None:
    """List the lesson's topics, or show everything on one of them."""
    _show_shelf(show_lesson(build_assistant(_start()), topic), as_json=as_json)


@app.command()
def cases(words: Annotated[str | None, typer.Argument()] = None, *, as_json: AsJson = False) -> None:
    """List the published cases, or those near to some words; show the one whose heading they are."""
    _show_shelf(show_cases(build_assistant(_start()), words), as_json=as_json)


@app.command()
def glossary(term: Annotated[str | None, typer.Argument()] = None, *, as_json: AsJson = False) -> None:
    """List the glossary's terms, or show what one of them means."""
    _show_shelf(show_glossary(build_assistant(_start()), term), as_json=as_json)


@app.command()
def batch() -> None:
    """Hold conversations: JSON Lines in ({"id", "turns", "command"?}), JSON Lines out ({"id", "replies"})."""
    with open_talk(_start()) as talk:
        for line in run_batch(sys.stdin.buffer, talk):
            typer.echo(line)


@app.command(name="gaps")
def show_gaps(*, as_json: AsJson = False) -> None:
    """Show the questions that found nothing, grouped by meaning, for whoever writes the lesson."""
    settings = _start()
    kept = build_gap_table(settings).list_gaps()
    report = report_gaps(kept, build_assistant(settings)) if kept else GapReport()
    typer.echo(json.dumps(report.model_dump(mode="json"), indent=2) if as_json else phrase_report(report))


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Pages (.md, .txt) or folders of pages.")] = None,
    *,
    add: Annotated[bool, typer.Option("--add", help="Add to the lesson in use instead of replacing it.")] = False,
    default: Annotated[bool, typer.Option("--default", help="Return to the lesson that came with the bot.")] = False,
) -> None:
    """Put another lesson to use; a running bot takes it over by itself."""
    if default == bool(paths):
        raise typer.BadParameter("give either the pages of a lesson or --default")
    with ProgressReport() as report:
        store = build_store(_start(), report)
        if default:
            lesson = store.restore_lesson().lesson
        else:
            lesson = (store.add_pages if add else store.replace_lesson)(paths or []).lesson
    counts = {"passages": len(lesson.passages), "features": len(lesson.comparison.features)}
    typer.echo(load_words()["ingest"]["done"].format(**counts))


@app.command("eval")
def evaluate_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="JSON Lines of cases.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    worst: Annotated[int, typer.Option(min=0, help="How many of each score's worst misses to show.")] = 0,
) -> None:
    """Score the lesson in use by cases of your own: questions, messages from outside, dialogues, projects."""
    data_sets = read_data_sets(files)
    with open_talk(_start()) as talk:
        results = evaluate(talk, data_sets, watch_cases)
    typer.echo(dump_results(results, worst) if as_json else write_report(results, worst))


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `batch` reads and writes.

    With `--json`, `ask`, `advise`, `lesson`, `cases` and `glossary` print what it calls a reply.
    """
    shapes: dict[str, type[BaseModel]] = {"case": Case, "reply": Reply, "replies": Replies, "failure": Failure}
    typer.echo(json.dumps({name: _describe_shape(shape) for name, shape in shapes.items()}, indent=2))


@app.command()
def discord() -> None:
    """Run the Discord bot; DISCORD_TOKEN holds its token."""
    from bot.client import run_client  # noqa: PLC0415 - only this command needs Discord's library

    run_client(_start())


@app.command()
def health() -> None:
    """Tell by the exit status whether the Discord bot of this data folder is connected (0) or not (1)."""
    from bot.heartbeat import is_alive  # noqa: PLC0415 - only Discord's commands need Discord's library

    raise typer.Exit(0 if is_alive(load_settings().data_dir) else 1)


@app.command()
def invite(
    *,
    application_id: Annotated[
        int | None, typer.Option(min=1, help="Where it is not to be read from the token.")
    ] = None,
) -> None:
    """Print the links that install the bot in Discord, with no more permissions than it needs."""
    from bot.invite import find_application_id, phrase_invitation  # noqa: PLC0415 - as above

    typer.echo(phrase_invitation(application_id or find_application_id(load_settings())))


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False) -> None:
    """Check settings, store, databases and Discord, and say how to mend what is broken; 0 where nothing is."""
    from bot.doctor.report import report_health  # noqa: PLC0415 - as above

    raise typer.Exit(0 if report_health(as_json=as_json) else 1)


def _start() -> Settings:
    settings = load_settings()
    set_up_logging(settings.log_level)
    return settings


def _describe_shape(shape: type[BaseModel]) -> dict[str, object]:
    """Return the JSON Schema of what is read for a case, and of what is written for anything else."""
    return shape.model_json_schema(mode="validation" if shape is Case else "serialization")


def _reply_once(text: str, command: Command, *, as_json: bool) -> None:
    settings = _start()
    with open_talk(settings) as talk:
        said = talk.respond(Conversation(), text, command)
    typer.echo(json.dumps(said.reply.model_dump(mode="json"), indent=2) if as_json else said.reply.text)
    if said.gap:
        with build_gap_writer(settings, consent=settings.keep_questions) as gaps:
            gaps.record(said.gap, text)


def _show_shelf(reply: Reply, *, as_json: bool) -> None:
    """Print what was asked for; what there is instead is said where it is not taken for that."""
    missing = reply.kind == "out_of_scope"
    if as_json:
        typer.echo(json.dumps(reply.model_dump(mode="json"), indent=2))
    else:
        typer.echo(reply.text, err=missing)
    if missing:
        raise typer.Exit(USAGE)


def main() -> None:
    """Run a command; a known error becomes one line and an exit status."""
    try:
        app()
    except ConfigurationError as error:
        sys.exit(_complain(error, CONFIGURATION))
    except (KnowledgeError, CaseError, GapError) as error:
        sys.exit(_complain(error, 1))
    except BrokenPipeError:
        # The reader went away; nothing more may be written, not even by the interpreter when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _complain(error: Exception, status: int) -> int:
    typer.echo(f"tune-or-prompt: {error}", err=True)
    return status


if __name__ == "__main__":
    main()
