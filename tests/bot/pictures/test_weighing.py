"""What the picture of a balance shows is said in words as well."""

from __future__ import annotations

from bot.pictures.picture import LONGEST_ALT
from bot.pictures.weighing import describe_weighing, read_weighing
from bot.reply import Reply
from bot.words import ENGLISH
from knowledge.signals import Need, Signal
from retrieval.questions import load_questions
from tests.bot.pictures.findings import EVERY, GATED, PROMPTED, RETRIEVED, TUNE, TUNED, recommend


def describe(*signals: Signal) -> str:
    weighing = read_weighing(recommend(*signals))
    assert weighing is not None
    return describe_weighing(weighing, ENGLISH)


def test_a_sentence_for_the_verdict_the_sums_and_each_side() -> None:
    assert describe(*TUNE) == (
        "Balance of what was found. Verdict: Fine-tuning. It tips toward fine-tuning, 2.1 to 1.0. "
        "For fine-tuning: Expert knowledge 1.1, The same output every time 1.0. "
        "For prompt engineering: Time and money 1.0."
    )


def test_where_a_rule_decides_it_names_what_the_rule_rests_on() -> None:
    """Else the verdict would contradict the sums."""
    assert describe(*GATED).startswith(
        "Balance of what was found. Verdict: Prompt engineering. A rule decides, not the weight. It rests on: "
        "Examples to learn from. It tips toward fine-tuning, 3.1 to 2.0. "
    )


def test_retrieval_counts_on_the_side_of_prompts_and_is_named() -> None:
    assert describe(Signal(Need.CHANGING_FACTS, RETRIEVED), Signal(Need.TIME_AND_COST, PROMPTED)).endswith(
        "It tips toward prompt engineering, 1.8 to 0.0. "
        "For prompt engineering: Time and money 1.0, Facts that change (retrieval) 0.8."
    )


def test_needs_are_named_in_the_language_of_the_rest() -> None:
    weighing = read_weighing(recommend(*GATED))
    assert weighing is not None

    said = describe_weighing(weighing, "de")

    assert "Sie beruht auf: Beispiele zum Lernen. " in said
    assert not any(load_questions()[signal.need].name in said for signal in GATED)


def test_equal_sides_are_level() -> None:
    even = Signal(Need.OUTPUT_CONSISTENCY, TUNED), Signal(Need.TIME_AND_COST, PROMPTED)

    assert "It is level, 1.0 to 1.0." in describe(*even)


def test_everything_that_can_be_found_is_described_within_the_limit() -> None:
    said = describe(*EVERY)

    assert len(said) <= LONGEST_ALT
    assert all(load_questions()[signal.need].name in said for signal in EVERY)


def test_where_nothing_was_weighed_there_is_nothing_to_describe() -> None:
    assert read_weighing(recommend()) is None
    assert read_weighing(Reply(kind="answer", text="")) is None
