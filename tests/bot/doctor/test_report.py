"""What was found is told line by line, coloured in a terminal and plain in a pipe."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Literal

import pytest
from rich.console import Console

from bot.doctor.diagnosis import Diagnosis
from bot.doctor.report import dump_diagnoses, tell_diagnoses

FINE = Diagnosis(check="settings", status="fine", what="The settings are valid.")
WARNING = Diagnosis(check="token", status="warning", what="No token.", remedy="Set it.")
BROKEN = Diagnosis(check="store", status="broken", what=f"The [bold]store[/] {'is broken ' * 20}.", remedy="Mend it.")


def tell(*diagnoses: Diagnosis, terminal: bool = False) -> tuple[bool, str]:
    colours: Literal["standard"] | None = "standard" if terminal else None
    console = Console(file=io.StringIO(), force_terminal=terminal, color_system=colours, width=40, markup=False)
    sound = tell_diagnoses(diagnoses, console)
    assert isinstance(console.file, io.StringIO)
    return sound, console.file.getvalue()


def test_in_a_pipe_each_line_is_whole_and_plain() -> None:
    sound, text = tell(FINE, WARNING, BROKEN)

    assert not sound
    assert text.splitlines() == [
        "fine: The settings are valid.",
        "warning: No token.",
        "    Set it.",
        f"broken: {BROKEN.what}",
        "    Mend it.",
        "Broken: 1 (warnings: 1).",
    ]


def test_in_a_terminal_the_status_is_coloured() -> None:
    _, text = tell(WARNING, terminal=True)

    assert "\x1b[33mwarning\x1b[0m: No token." in text


@pytest.mark.parametrize(("diagnoses", "sound"), [((FINE, WARNING), True), ((FINE, BROKEN), False), ((), True)])
def test_warnings_do_not_count_as_broken(diagnoses: tuple[Diagnosis, ...], sound: bool) -> None:  # noqa: FBT001
    assert tell(*diagnoses)[0] is sound
    assert json.loads(dump_diagnoses(diagnoses))["sound"] is sound


def test_each_finding_is_told_before_the_next_check_begins() -> None:
    console = Console(file=io.StringIO())
    assert isinstance(console.file, io.StringIO)
    output = console.file

    def look() -> Iterator[Diagnosis]:
        yield FINE
        assert FINE.what in output.getvalue()
        yield WARNING

    assert tell_diagnoses(look(), console)


def test_json_holds_each_diagnosis() -> None:
    assert json.loads(dump_diagnoses([WARNING]))["diagnoses"] == [
        {"check": "token", "status": "warning", "what": "No token.", "remedy": "Set it."}
    ]
