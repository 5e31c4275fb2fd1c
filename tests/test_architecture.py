"""The layers import downwards only, and answering does without what is for building."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from importlinter.cli import lint_imports

from knowledge.store import Knowledge
from tests.conftest import CACHE, EMBEDDING_MODEL

ROOT = Path(__file__).parents[1]

ANSWER = """
import sys
from pathlib import Path
from knowledge.exports import Models
from knowledge.store import Store
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

data, model = sys.argv[1:]
models = Models(Path(data) / "models", lambda *_: None)
store = Store(Path(data), models=models, embedding_model=model, report=lambda *_: None)
assistant = Assistant(store)
for text in ("Which of the two needs more data?", "We have 9,000 labelled letters and one fixed task.", "compare"):
    print(type(assistant.reply(Conversation(), text).outcome).__name__)
heavy = {"torch", "transformers", "sklearn", "sentence_transformers", "onnx", "safetensors", "discord"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_answering_imports_neither_torch_nor_transformers_nor_scikit_learn(knowledge: Knowledge) -> None:
    assert knowledge.generation  # the store is there: a process that had to build it would import them

    command = [sys.executable, "-W", "error", "-c", ANSWER, str(CACHE), EMBEDDING_MODEL]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120, check=False)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["Answer", "Recommendation", "ComparisonShown", "[]"]
