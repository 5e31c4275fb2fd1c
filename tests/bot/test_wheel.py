"""The wheel holds everything: installed elsewhere, it answers."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.bot.conftest import ROOT

PACKAGES = ("bot", "knowledge", "retrieval")


def run(*command: str, folder: Path, **env: str) -> str:
    done = subprocess.run(command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as anybody builds it; where the builder is not installed, pip's usual way fetches it."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    run(sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", str(folder), str(ROOT), folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, without what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    run(*pip, "--target", str(folder), str(wheel), folder=folder)
    return folder


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    """Pages, signals, rules and words are data, without which no answer comes."""
    tracked = set(run("git", "ls-files", *PACKAGES, folder=ROOT).split("\n")) - {""}
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    assert {"knowledge/lesson/definition.md", "retrieval/rules.yaml", "bot/words/advice.yaml"} <= tracked
    assert {path for path in tracked if (ROOT / path).exists()} - packed == set()


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    """No test, no setting and no cache is installed beside the packages."""
    with ZipFile(wheel) as archive:
        packed = archive.namelist()

    assert {name.split("/")[0] for name in packed if ".dist-info/" not in name} == set(PACKAGES)
    assert not [name for name in packed if "__pycache__" in name]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in packed)


def test_what_is_installed_elsewhere_answers(installed: Path, bot_env: dict[str, str], tmp_path: Path) -> None:
    """Its command has a name of its own."""
    env = {**bot_env, "PYTHONPATH": str(installed)}
    where = run(sys.executable, "-c", "import bot; print(bot.__file__)", folder=tmp_path, **env)
    command = str(installed / "bin" / "tune-or-prompt")
    answer = run(command, "ask", "which of the two needs more data?", folder=tmp_path, **env)

    assert Path(where.strip()).is_relative_to(installed)
    assert "Source: " in answer
