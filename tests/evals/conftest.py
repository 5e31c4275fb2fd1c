"""A sample of all data sets is held once."""

from __future__ import annotations

import pytest

from bot.evaluation.results import Results, evaluate
from retrieval.assistant import Assistant
from tests.evals.gate import read_own_data_sets, take_sample


@pytest.fixture(scope="session")
def results(assistant: Assistant) -> Results:
    return evaluate(assistant, take_sample(read_own_data_sets()))
