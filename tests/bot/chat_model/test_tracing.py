"""Nothing is traced unless it is asked for, and then nothing of what is said."""

from __future__ import annotations

import os
from typing import Any

import pytest
from langsmith.utils import get_env_var, tracing_is_enabled

from bot.chat_model.opening import open_provider
from bot.chat_model.tracing import HIDDEN, SWITCHES, set_up_tracing
from bot.settings import Settings


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that wants everything traced and shown, put back after the test."""
    for name in SWITCHES:
        monkeypatch.setenv(name, "true")
    for name in HIDDEN:
        # Set first, so that it is put back.
        monkeypatch.setenv(name, "false")
        monkeypatch.delenv(name)


def is_traced() -> bool:
    # LangSmith remembers what it has read.
    read: Any = get_env_var
    read.cache_clear()
    traced = bool(tracing_is_enabled())
    read.cache_clear()
    return traced


def test_tracing_is_off_whatever_the_environment_says() -> None:
    set_up_tracing(asked=False)

    assert not is_traced()


def test_it_is_off_without_a_chat_model_too() -> None:
    assert open_provider(Settings()) is None
    assert not is_traced()


def test_who_asks_for_traces_gets_them_without_what_is_said() -> None:
    open_provider(Settings(chat_tracing=True))

    assert is_traced()
    assert [os.environ[name] for name in HIDDEN] == ["true", "true"]


def test_who_wants_to_see_what_is_said_can_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HIDDEN[1], "false")
    set_up_tracing(asked=True)

    assert [os.environ[name] for name in HIDDEN] == ["true", "false"]
