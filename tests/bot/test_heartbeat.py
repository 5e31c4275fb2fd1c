"""The heartbeat tells whether the bot of a data folder is connected."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.heartbeat import TOLERATED, is_alive, locate_heartbeat
from tests.bot.conftest import RunBot, wait_for
from tests.fake_discord import FakeDiscord


def test_without_a_heartbeat_there_is_no_bot(tmp_path: Path) -> None:
    assert not is_alive(tmp_path)
    assert not is_alive(tmp_path / "nowhere")


@pytest.mark.parametrize(("age", "alive"), [(0, True), (TOLERATED / 2, True), (TOLERATED * 2, False)])
def test_a_heartbeat_counts_for_a_while(age: float, alive: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    heartbeat = locate_heartbeat(tmp_path)
    heartbeat.touch()
    beaten = time.time() - age
    os.utime(heartbeat, (beaten, beaten))

    assert is_alive(tmp_path) is alive


@pytest.mark.asyncio(loop_scope="module")
async def test_the_heart_beats_as_soon_as_the_bot_is_connected(
    discord: FakeDiscord, data_dir: Path, run_bot: RunBot
) -> None:
    assert discord.exit_code is None
    await wait_for(lambda: is_alive(data_dir))

    assert run_bot("health").returncode == 0


def test_health_without_a_bot_is_a_status_of_its_own(run_bot: RunBot, tmp_path: Path) -> None:
    done = run_bot("health", env={"DATA_DIR": str(tmp_path)})

    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
