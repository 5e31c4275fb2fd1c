"""`python -m tests.evals`: score the assistant by our own data sets."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.bootstrap import open_talk, set_up_logging
from bot.evaluation.comparison import write_comparison
from bot.evaluation.report import write_report
from bot.evaluation.results import evaluate
from bot.progress import watch_cases
from bot.settings import load_settings
from bot.speaker import Speaker
from bot.talk import Talk
from tests.evals.gate import COMMITTED, condense_results, read_own_data_sets, take_sample


def main(
    *,
    commit: Annotated[bool, typer.Option("--commit", help="Write the scores to scores.json.")] = False,
    worst: Annotated[int, typer.Option(min=0, help="How many of each score's worst misses to show.")] = 2,
) -> None:
    """Print every score, then the worst misses."""
    settings = load_settings()
    set_up_logging(settings.log_level)
    data_sets = read_own_data_sets()
    with open_talk(settings) as talk:
        results = evaluate(talk, data_sets, watch_cases)
        typer.echo(write_report(results, worst))
        if provider := talk.speaker.provider:
            alone = evaluate(Talk(Speaker(talk.assistant), talk.runner), data_sets, watch_cases)
            typer.echo(write_comparison({"none": alone, str(settings.chat_model): results}, provider.meter))
        if commit:
            sampled = condense_results(evaluate(talk, take_sample(data_sets), watch_cases))
            COMMITTED.write_text(sampled.model_dump_json(indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
