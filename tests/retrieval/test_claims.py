"""How an honest answer begins: with what the lesson says to a claim, or with nothing where a question claims more."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method, infer_method
from retrieval.answer import Opening
from retrieval.claims import confirm_claim


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("does fine-tuning need a lot of data?", "yes"),
        ("is prompting expensive?", "no"),
        ("isn't prompting cheap?", "yes"),
        ("is fine-tuning slower or less expensive than prompting?", "no"),
        ("which is cheaper, fine-tuning or prompting?", "prompt_engineering"),
        ("does prompting work with little data?", "yes"),
        ("does fine-tuning work with little data?", "no"),
        ("does prompting suffer from inconsistent answers?", "yes"),
    ],
)
def test_a_claim_is_confirmed_or_not_as_the_lesson_has_it(text: str, opening: Opening) -> None:
    assert confirm_claim(text, infer_method(text) or Method.BOTH) == opening


@pytest.mark.parametrize(
    "text",
    [
        "Does fine-tuning overfit with little data?",
        "Is fine-tuning risky with a small dataset?",
        "Does prompting fail on niche topics?",
        "Does prompting struggle with legal texts?",
        "Does fine-tuning suffer with few examples?",
        "Is fine-tuning overkill for simple tasks?",
        "Is a fine-tuned model bad at other tasks?",
    ],
)
def test_whether_a_method_fails_at_something_is_more_than_whether_it_has_it(text: str) -> None:
    assert confirm_claim(text, infer_method(text) or Method.BOTH) == "plain"
