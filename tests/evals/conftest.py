"""A sample of all data sets is held once."""

from __future__ import annotations

import pytest

from bot.evaluation.results import Results, evaluate
from bot.talk import Talk
from tests.evals.gate import read_own_data_sets, take_sample


@pytest.fixture(scope="session")
def results(talk: Talk) -> Results:
    return evaluate(talk, take_sample(read_own_data_sets()))
