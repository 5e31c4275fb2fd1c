"""A speaker whose chat model is the fake, and drafts that the fake writes from what it is given."""

from __future__ import annotations

import itertools
import json
from typing import Any

from pydantic import SecretStr

from bot.chat_model.opening import open_provider
from bot.settings import Settings
from bot.speaker import Speaker
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.extractive import split_sentences
from retrieval.turn import Received
from tests.fake_chat_model import ChatRequest, FakeChatModel, Obey, Text

MOMENTS = itertools.count()
"""LangChain shares connections, which belong to one event loop, between clients of one address and timeout."""
QUESTION = "Which of the two needs more data?"
PROJECT = (
    "We have 5,000 labelled support tickets and a budget for GPUs, and every answer has to follow one strict format."
)


def set_up(fake: FakeChatModel, **options: Any) -> Settings:
    """Return settings that name the fake, and leave a slow machine all the time it needs."""
    chosen = {"chat_call_seconds": 60.0, "chat_turn_seconds": 120.0, **options}
    chosen["chat_call_seconds"] += next(MOMENTS) / 1e6
    return Settings(chat_model="openai:test", chat_base_url=fake.url, chat_api_key=SecretStr("sk-test"), **chosen)


def open_speaker(assistant: Assistant, settings: Settings) -> Speaker:
    return Speaker(assistant, open_provider(settings), settings.chat_turn_seconds)


def ask(text: str = QUESTION, before: Conversation | None = None) -> Received:
    return Received(text, before or Conversation())


def read_data(asked: ChatRequest) -> dict[str, Any]:
    """Return what a request gives a chat model to read."""
    data: dict[str, Any] = json.loads(asked.messages[1][1])
    return data


def quote_passages(asked: ChatRequest, sentences: int = 2) -> str:
    """Return a draft that no check can object to: the first sentences of the first passage, cited."""
    first = split_sentences(read_data(asked)["passages"][0]["text"])[:sentences]
    return " ".join(f"{sentence.rstrip('.:')} [1]." for sentence in first)


GOOD = Obey(lambda asked: Text(quote_passages(asked)))
