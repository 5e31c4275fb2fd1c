"""What a call has used is what the provider counts, or else a guess."""

from __future__ import annotations

from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.messages.ai import UsageMetadata

from bot.chat_model.usage import Meter, Usage, read_usage

PROMPT = [HumanMessage("Which of the two needs more data?")]


def test_the_provider_s_own_count_is_taken() -> None:
    told = UsageMetadata(input_tokens=70, output_tokens=12, total_tokens=82)

    assert read_usage(AIMessage("Fine-tuning.", usage_metadata=told), PROMPT) == Usage(
        input_tokens=70, output_tokens=12
    )


def test_what_the_provider_does_not_count_is_guessed() -> None:
    short, long = (read_usage(AIMessage("Fine-tuning. " * times), PROMPT) for times in (1, 100))

    assert short.input_tokens == long.input_tokens > 0
    assert 0 < short.output_tokens < 20
    assert long.output_tokens > 200


def test_calls_are_added_up() -> None:
    meter = Meter()
    meter.count(Usage(input_tokens=70, output_tokens=12), 0.5, failed=False)
    meter.count(Usage(input_tokens=30), 1.5, failed=True)

    assert (meter.calls, meter.failed, meter.seconds) == (2, 1, 2.0)
    assert meter.tokens == Usage(input_tokens=100, output_tokens=12)
    assert meter.tokens.tokens == 112
