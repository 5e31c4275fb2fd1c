"""Settings → Provider: LangChain's client for the chat model that is configured."""

from __future__ import annotations

from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from prometheus_client import CollectorRegistry
from pydantic import ValidationError

from bot.chat_model.budget import Budget
from bot.chat_model.provider import Provider
from bot.chat_model.tracing import set_up_tracing
from bot.chat_model.usage import Meter
from bot.errors import ConfigurationError
from bot.settings import Settings

LONGEST_ANSWER = 1_000
"""Tokens that a chat model may write at once."""
EXTRAS = {
    "langchain-openai": "openai",
    "langchain-anthropic": "anthropic",
    "langchain-google-genai": "google",
    "langchain-ollama": "ollama",
}
"""Extras of ours, by the client that they install."""


def open_provider(settings: Settings, registry: CollectorRegistry | None = None) -> Provider | None:
    """Return the provider of the chat model that is configured, counted in a registry; None where none is.

    ConfigurationError where LangChain knows no such model, or its client is not installed or cannot be set up.
    """
    set_up_tracing(asked=settings.chat_tracing)
    if not settings.chat_model:
        return None
    try:
        model: BaseChatModel = init_chat_model(settings.chat_model, **_list_options(settings))
    except Exception as error:  # Each client has errors of its own.
        named = f"CHAT_MODEL must name a model that can be opened, not {settings.chat_model!r}"
        raise ConfigurationError(f"{named}: {_explain_error(error)}") from error
    budget = Budget(settings.chat_user_budget, settings.chat_server_budget)
    return Provider(model, budget, settings.chat_call_seconds, meter=Meter(registry))


def _list_options(settings: Settings) -> dict[str, Any]:
    """Return what its client is told: where the model is, and that trying again is not its business."""
    options: dict[str, Any] = {
        "timeout": settings.chat_call_seconds,
        "max_retries": 0,
        "max_tokens": LONGEST_ANSWER,
        "stream_usage": True,
    }
    if settings.chat_base_url:
        options["base_url"] = settings.chat_base_url
    if settings.chat_api_key:
        options["api_key"] = settings.chat_api_key.get_secret_value()
    return options


def _explain_error(error: Exception) -> str:
    """Return what a model was not opened for, and the remedy; never a setting's value, which may be a key."""
    if isinstance(error, ImportError):
        extra = next((extra for client, extra in EXTRAS.items() if client in str(error)), None)
        return f"its client is not installed; use `pip install '.[{extra}]'`" if extra else str(error)
    if isinstance(error, ValidationError):
        return f"{error.errors()[0]['msg']}; see .env.example"
    if isinstance(error, ValueError):
        return f"{str(error).splitlines()[0]} It is written as `provider:model`, such as `openai:gpt-5-mini`"
    return f"its client cannot be set up ({type(error).__name__}); is CHAT_API_KEY set, and right?"
