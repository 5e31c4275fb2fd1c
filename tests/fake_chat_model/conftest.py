"""The fake, and the real client connected to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from . import FakeChatModel


def connect(model: FakeChatModel, **options: Any) -> BaseChatModel:
    """Open a client, which tries once and waits long, unless told otherwise."""
    chosen = {"max_retries": 0, "timeout": 30.0, **options}
    client: BaseChatModel = init_chat_model(
        "test-model", model_provider="openai", base_url=model.url, api_key="sk-test", **chosen
    )
    return client


@pytest.fixture
def model() -> Iterator[FakeChatModel]:
    """A model with nothing to say yet."""
    with FakeChatModel() as fake:
        yield fake


@pytest.fixture
def client(model: FakeChatModel) -> BaseChatModel:
    return connect(model)
