"""Results without a chat model and with one, side by side."""

from __future__ import annotations

import io
from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from bot.chat_model.usage import Meter
from bot.evaluation.results import Results

WIDTH = 160
RANKINGS = ("Hit@", "MRR", "nDCG")
"""How measures begin that are left to the full report."""


def write_comparison(results: Mapping[str, Results], meter: Meter) -> str:
    """Return a table for each data set: a row for each of the results by its name, a column for each measure."""
    written = io.StringIO()
    console = Console(file=written, width=WIDTH)
    for data_set in next(iter(results.values())).cases:
        console.print(_lay_table(data_set, results))
    tokens = meter.tokens
    console.print(
        f"{meter.calls} calls of the chat model, {meter.failed} failed; {tokens.input_tokens} tokens in, "
        f"{tokens.output_tokens} out; {meter.seconds / max(meter.calls, 1):.2f} s a call"
    )
    return written.getvalue()


def _lay_table(data_set: str, results: Mapping[str, Results]) -> Table:
    found = {name: _list_measures(data_set, each) for name, each in results.items()}
    measures = list(dict.fromkeys(measure for measured in found.values() for measure in measured))
    table = Table(data_set, *measures, box=box.SIMPLE)
    for name, measured in found.items():
        table.add_row(name, *(measured.get(measure, "–") for measure in measures))
    return table


def _list_measures(data_set: str, results: Results) -> dict[str, str]:
    whole = (score for score in results.scores if score.data_set == data_set and not score.part)
    return {score.measure: f"{score.value:.1%}" for score in whole if not score.measure.startswith(RANKINGS)}
