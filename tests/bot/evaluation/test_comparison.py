"""Results with and without a chat model stand below each other, none first."""

from __future__ import annotations

from bot.chat_model.usage import Meter, Usage
from bot.evaluation.comparison import write_comparison
from bot.evaluation.results import Results
from bot.evaluation.scores import count_score


def make_results(right: int, *, grounded: int | None = None) -> Results:
    scores = [count_score("mine", "topic", right, 4), count_score("mine", "topic", 1, 1, part="style short", misses=[])]
    if grounded is not None:
        scores.append(count_score("mine", "groundedness", grounded, 4))
    return Results(cases={"mine": 4}, scores=tuple(scores), confusions=())


def test_each_row_has_what_was_measured_of_it_and_what_was_used_stands_below() -> None:
    meter = Meter()
    meter.count(Usage(input_tokens=70, output_tokens=12), 0.5, failed=False)
    table = write_comparison({"none": make_results(3), "openai:x": make_results(4, grounded=2)}, meter)
    lines = [line.split() for line in table.splitlines() if line.strip()]

    assert lines[0] == ["mine", "topic", "groundedness"]
    assert ["none", "75.0%", "–"] in lines
    assert ["openai:x", "100.0%", "50.0%"] in lines
    assert "1 calls of the chat model, 0 failed; 70 tokens in, 12 out; 0.50 s a call" in table
