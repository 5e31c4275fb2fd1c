"""What the checks found, told: a line each as it is found, or all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import typer
from rich.console import Console
from rich.text import Text

from bot.bootstrap import set_up_logging
from bot.doctor.diagnosis import Diagnosis
from bot.doctor.examination import examine
from bot.words import load_words

STYLES = {"fine": "green", "warning": "yellow", "broken": "bold red"}


def report_health(*, as_json: bool) -> bool:
    """Check everything, print what is found, and tell whether nothing is broken."""
    # What a check makes of a doubt is said by the check; the log is for what nobody foresaw.
    set_up_logging("ERROR")
    if as_json:
        found = list(examine())
        typer.echo(dump_diagnoses(found))
        return is_sound(found)
    return tell_diagnoses(examine(), Console(markup=False, highlight=False, emoji=False))


def tell_diagnoses(diagnoses: Iterable[Diagnosis], console: Console) -> bool:
    """Print each diagnosis and a summary, coloured in a terminal only; tell whether nothing is broken."""
    told: list[Diagnosis] = []
    for found in diagnoses:
        told.append(found)
        console.print(phrase_found(found), soft_wrap=True)
    console.print(Text(phrase_summary(told)), soft_wrap=True)
    return is_sound(told)


def dump_diagnoses(diagnoses: Sequence[Diagnosis]) -> str:
    """Return all as one JSON object."""
    listed = [found.model_dump(mode="json") for found in diagnoses]
    return json.dumps({"sound": is_sound(diagnoses), "diagnoses": listed}, indent=2)


def is_sound(diagnoses: Iterable[Diagnosis]) -> bool:
    """Tell whether nothing is broken; warnings do not count."""
    return all(found.status != "broken" for found in diagnoses)


def phrase_found(found: Diagnosis) -> Text:
    words = load_words()["doctor"]
    status = words["statuses"][found.status]
    text = Text(words["line"].format(status=status, what=found.what))
    text.stylize(STYLES[found.status], 0, len(status))
    if found.remedy:
        text.append("\n" + words["remedy"].format(remedy=found.remedy))
    return text


def phrase_summary(diagnoses: Iterable[Diagnosis]) -> str:
    statuses = [found.status for found in diagnoses]
    words = load_words()["doctor"]["summary"]
    counts = {"broken": statuses.count("broken"), "warnings": statuses.count("warning")}
    return str(words["unsound" if counts["broken"] else "sound"].format(**counts))
