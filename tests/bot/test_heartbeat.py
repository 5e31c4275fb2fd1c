"""The heartbeat tells whether the bot of a data folder is connected."""

from __future__ import annotations

import os
import time
from pathlib import Path

import discord
import pytest
from discord.ext import commands
from typer.testing import CliRunner

from bot.__main__ import app
from bot.heartbeat import TOLERATED, HeartbeatCog, is_alive, locate_heartbeat


def test_without_a_heartbeat_there_is_no_bot(tmp_path: Path) -> None:
    assert not is_alive(tmp_path)
    assert not is_alive(tmp_path / "nowhere")


@pytest.mark.parametrize(("age", "status"), [(0, 0), (TOLERATED / 2, 0), (TOLERATED * 2, 1), (None, 1)])
def test_a_heartbeat_counts_for_a_while(
    age: float | None, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`health` says so by its status, and says nothing."""
    monkeypatch.chdir(tmp_path)
    if age is not None:
        beaten = time.time() - age
        locate_heartbeat(tmp_path).touch()
        os.utime(locate_heartbeat(tmp_path), (beaten, beaten))

    done = CliRunner().invoke(app, ["health"], env={"DATA_DIR": str(tmp_path), "LOG_LEVEL": "INFO"})

    assert is_alive(tmp_path) is (status == 0)
    assert (done.exit_code, done.output) == (status, "")


async def notice(heart: HeartbeatCog, event: str) -> None:
    """Let it hear what the client hears."""
    for name, listen in heart.get_listeners():
        if name == event:
            await listen()


@pytest.mark.parametrize("back", ["on_resumed", "on_ready"])
async def test_the_heart_does_not_beat_between_two_connections(back: str, tmp_path: Path) -> None:
    """However often connecting fails, the client counts as ready all the while."""
    heart = HeartbeatCog(commands.Bot(command_prefix="!", intents=discord.Intents.none()), tmp_path)
    await notice(heart, "on_ready")
    for event in ("on_disconnect", "on_disconnect"):
        await notice(heart, event)
        await heart.beat()
    assert not is_alive(tmp_path)

    await notice(heart, back)
    await heart.beat()
    assert is_alive(tmp_path)
