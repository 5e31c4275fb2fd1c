"""All data sets are held once."""

from __future__ import annotations

import pytest

from bot.evaluation.results import Results, evaluate
from retrieval.assistant import Assistant
from tests.evals.gate import read_own_data_sets


@pytest.fixture(scope="session")
def results(assistant: Assistant) -> Results:
    return evaluate(assistant, read_own_data_sets())
