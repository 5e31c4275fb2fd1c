"""Progress is shown on standard error, and only where something is built."""

from __future__ import annotations

import pytest

from bot.progress import ProgressReport, watch_cases
from bot.words import load_words

STEPS = ("model", "reader", "store")
"""The steps that `knowledge/store.py` reports."""


def test_nothing_is_shown_where_nothing_has_to_be_built(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressReport():
        pass

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_shown_in_words_on_standard_error(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressReport() as report:
        report.show_step(step, 0, 2)
        report.show_step(step, 2, 2)

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count(load_words()["building"][step]) == 1


def test_steps_follow_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressReport() as report:
        for step in STEPS:
            report.show_step(step, 0, 1)
            report.show_step(step, 1, 1)

    err = capsys.readouterr().err
    places = [err.index(load_words()["building"][step]) for step in STEPS]
    assert places == sorted(places)


def test_an_error_while_building_is_not_swallowed() -> None:
    def build() -> None:
        with ProgressReport() as report:
            report.show_step("store", 1, 9)
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        build()


def test_cases_are_handed_on_and_without_a_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watch_cases("abc")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_a_bar_shows_how_many_cases_are_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, where it is a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert list(watch_cases("abc")) == ["a", "b", "c"]
    out, err = capsys.readouterr()
    assert out == ""
    assert load_words()["evaluation"]["holding"] in err
