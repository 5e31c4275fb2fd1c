"""`python -m tests.renderings`: draw the pictures that the README shows, as the bot draws them, into `docs/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.bootstrap import build_assistant
from bot.costs import read_costs
from bot.pictures.balance import draw_balance
from bot.pictures.costs import draw_costs
from bot.pictures.picture import Picture
from bot.pictures.table import draw_table
from bot.replies import compare_features
from bot.session import respond
from bot.settings import load_settings
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

DOCS = Path(__file__).parents[1] / "docs"
PROJECT = (
    "8k rated support chats, one fixed task, and the wording has to be the same every time. "
    "Two of us have trained models before."
)
FIGURES: dict[str, float | None] = {
    "requests": 100_000,
    "fixed_tokens": 3_000,
    "variable_tokens": 500,
    "output_tokens": 300,
    "input_price": 2.5,
    "output_price": 10.0,
    "cached_price": 0.25,
    "tuned_one_off": 2_000,
    "tuned_hosting": 90,
}


def draw_renderings(assistant: Assistant) -> Iterator[Picture]:
    """Yield the table, the balance of a recommendation, and a chart of costs."""
    yield from draw_table(compare_features(assistant, None).features)
    balance = draw_balance(respond(assistant, Conversation(), PROJECT, "advise").reply)
    if balance:
        yield balance
    yield draw_costs(read_costs(FIGURES), "$")


def main() -> None:
    """Write the pictures."""
    DOCS.mkdir(exist_ok=True)
    for picture in draw_renderings(build_assistant(load_settings())):
        (DOCS / picture.name).write_bytes(picture.png)


if __name__ == "__main__":
    main()
