"""`python -m tests.evals`: score the assistant by our own data sets."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.bootstrap import build_assistant, set_up_logging
from bot.evaluation.report import write_report
from bot.evaluation.results import evaluate
from bot.progress import watch_cases
from bot.settings import load_settings
from tests.evals.gate import COMMITTED, condense_results, read_own_data_sets


def main(
    *,
    commit: Annotated[bool, typer.Option("--commit", help="Write the scores to scores.json.")] = False,
    worst: Annotated[int, typer.Option(min=0, help="How many of each score's worst misses to show.")] = 2,
) -> None:
    """Print every score, then the worst misses."""
    settings = load_settings()
    set_up_logging(settings.log_level)
    results = evaluate(build_assistant(settings), read_own_data_sets(), watch_cases)
    typer.echo(write_report(results, worst))
    if commit:
        COMMITTED.write_text(condense_results(results).model_dump_json(indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
