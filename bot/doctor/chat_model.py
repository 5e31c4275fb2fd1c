"""The check of the chat model, where one is configured: one call, as short as can be."""

from __future__ import annotations

import asyncio

from langchain_core.messages import HumanMessage

from bot.chat_model.budget import Payer
from bot.chat_model.opening import open_provider
from bot.chat_model.provider import Provider
from bot.doctor.diagnosis import Diagnosis, diagnose, diagnose_error
from bot.errors import ConfigurationError
from bot.settings import Settings
from retrieval.generation.chat_model import ChatModelError
from retrieval.generation.prompts import load_prompts


def check_chat_model(settings: Settings) -> Diagnosis:
    """Open the chat model and let it say something; the bot works without it all the same."""
    try:
        provider = open_provider(settings)
    except ConfigurationError as error:
        return diagnose_error("chat_model", "unopened", error)
    if provider is None:
        return diagnose("chat_model", "fine", "none")
    try:
        asyncio.run(_ask_once(provider))
    except ChatModelError as error:
        return diagnose("chat_model", "warning", error.reason, model=settings.chat_model, error=error)
    return diagnose("chat_model", "fine", "answers", model=settings.chat_model)


async def _ask_once(provider: Provider) -> None:
    async for _ in provider.bill(Payer()).write_text([HumanMessage(load_prompts().check)]):
        pass
