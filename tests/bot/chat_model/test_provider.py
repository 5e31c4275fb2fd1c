"""A call ends in time and within its budget, is tried once more where that helps, and is not made where it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from typing import Any

import pytest
from langchain.chat_models import init_chat_model
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import BaseModel, Field
from structlog.testing import capture_logs

from bot.chat_model.breaker import FAILURES
from bot.chat_model.budget import Budget, Payer
from bot.chat_model.opening import open_provider
from bot.chat_model.provider import Provider, read_structured
from bot.chat_model.usage import Usage
from retrieval.generation.chat_model import ChatModelError, Reason
from tests.bot.chat_model.speaking import MOMENTS, set_up
from tests.fake_chat_model import (
    Answer,
    Cut,
    Empty,
    FakeChatModel,
    Flood,
    Hang,
    InvalidJson,
    Refusal,
    Status,
    Structured,
    Text,
    Trickle,
)

PROMPT = [HumanMessage("Which of the two?")]
ADA = Payer(user=1, server=7)
PLENTY = "1000000/day"


class Verdict(BaseModel):
    """What a model is to say."""

    verdict: str


class PlainModel(BaseChatModel):
    """A chat model that counts no tokens, and ends as it is told to, or not at all."""

    ending: dict[str, str] = Field(default_factory=dict)
    stalls: bool = False

    @property
    def _llm_type(self) -> str:
        return "plain"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError(messages, stop, run_manager, kwargs)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        assert messages == PROMPT
        assert (stop, run_manager, kwargs) == (None, None, {})
        yield ChatGenerationChunk(message=AIMessageChunk(content="Both, "))
        if self.stalls:
            await asyncio.Event().wait()
        yield ChatGenerationChunk(message=AIMessageChunk(content="in turn.", response_metadata=self.ending))


@pytest.fixture
def fake() -> Iterator[FakeChatModel]:
    """A chat model with nothing to say yet."""
    with FakeChatModel() as model:
        yield model


def open_model(fake: FakeChatModel, **options: Any) -> Provider:
    provider = open_provider(set_up(fake, **options))
    assert provider is not None
    return provider


def open_resting(fake: FakeChatModel, rest: float) -> Provider:
    """Return a provider that is left alone for so many seconds."""
    client: BaseChatModel = init_chat_model(
        "openai:test", base_url=fake.url, api_key="sk-test", max_retries=0, timeout=60 + next(MOMENTS) / 1e6
    )
    return Provider(client, Budget(PLENTY, PLENTY), 60, rest)


async def write(provider: Provider, payer: Payer = ADA) -> str:
    return "".join([piece async for piece in provider.bill(payer).write_text(PROMPT)])


async def fill(provider: Provider, payer: Payer = ADA) -> str:
    return (await provider.bill(payer).fill_shape(PROMPT, Verdict)).verdict


async def fail(provider: Provider, call: Callable[[Provider], Any] = write) -> Reason:
    """Return why a call fails."""
    with pytest.raises(ChatModelError) as failed:
        await call(provider)
    return failed.value.reason


async def test_an_answer_comes_piece_by_piece(fake: FakeChatModel) -> None:
    fake.say(Text("Fine-tuning.", pieces=3))
    pieces = [piece async for piece in open_model(fake).bill(ADA).write_text(PROMPT)]

    assert pieces == ["Fine", "-tun", "ing."]
    assert fake.requests[0].messages == [("user", "Which of the two?")]


async def test_a_shape_is_filled(fake: FakeChatModel) -> None:
    fake.say(Structured({"verdict": "both"}))

    assert await fill(open_model(fake)) == "both"


BROKEN: list[tuple[Answer, Reason]] = [
    (Status(401), "refused"),
    (Status(403), "refused"),
    (Status(404), "refused"),
    (Status(400), "unusable"),
    (Status(429, retry_after=60), "unavailable"),
    (Status(500, times=2), "unavailable"),
    (Status(503, times=2), "unavailable"),
    (Cut("half of this"), "unavailable"),
    (Cut("half of this", quiet=True), "unusable"),
    (Empty(), "unusable"),
    (InvalidJson(), "unusable"),
    (Refusal("I would rather not."), "unusable"),
]


@pytest.mark.parametrize(("answer", "reason"), BROKEN, ids=repr)
async def test_a_text_that_does_not_come_whole_has_a_reason(
    fake: FakeChatModel, answer: Answer, reason: Reason
) -> None:
    fake.say(answer)

    assert await fail(open_model(fake)) == reason
    assert len(fake.requests) == (answer.times if isinstance(answer, Status) else 1)


@pytest.mark.parametrize(
    ("answer", "reason"), [(answer, reason) for answer, reason in BROKEN if not isinstance(answer, Cut)], ids=repr
)
async def test_a_shape_that_is_not_filled_has_a_reason(fake: FakeChatModel, answer: Answer, reason: Reason) -> None:
    fake.say(answer)

    assert await fail(open_model(fake), fill) == reason


@pytest.mark.parametrize("data", [{"verdict": 7}, {"opinion": "both"}, {}])
async def test_data_of_another_shape_cannot_be_used(fake: FakeChatModel, data: dict[str, Any]) -> None:
    fake.say(Structured(data))

    assert await fail(open_model(fake), fill) == "unusable"


@pytest.mark.parametrize("call", [write, fill])
@pytest.mark.parametrize("answer", [Hang(), Trickle("far too slow", pause=30)], ids=repr)
async def test_whatever_takes_too_long_is_given_up(
    fake: FakeChatModel, answer: Answer, call: Callable[[Provider], Any]
) -> None:
    fake.say(answer)

    assert await fail(open_model(fake, chat_call_seconds=2.0), call) == "slow"
    await asyncio.to_thread(fake.until, lambda: fake.abandoned == 1)


async def test_whoever_reads_slowly_is_not_interrupted() -> None:
    """Time is up when the next piece is waited for: what the reader does meanwhile is the reader's."""
    provider = Provider(PlainModel(stalls=True), Budget(PLENTY, PLENTY), 0.2)
    late = asyncio.Event()
    pieces = provider.bill(ADA).write_text(PROMPT)

    assert await anext(pieces) == "Both, "
    asyncio.get_running_loop().call_later(0.3, late.set)
    await late.wait()
    with pytest.raises(ChatModelError) as failed:
        await anext(pieces)
    assert failed.value.reason == "slow"


async def test_a_reader_who_has_enough_ends_the_call(fake: FakeChatModel) -> None:
    fake.say(Flood(megabytes=8))
    provider = open_model(fake)

    async with aclosing(provider.bill(ADA).write_text(PROMPT)) as pieces:
        assert (await anext(pieces)).startswith("far too much")
    await asyncio.to_thread(fake.until, lambda: fake.abandoned == 1)
    assert (provider.meter.calls, provider.meter.failed) == (1, 1)
    assert provider.meter.tokens.output_tokens > 0


async def test_nobody_who_listens_is_no_network(fake: FakeChatModel) -> None:
    provider = open_model(fake)
    fake.__exit__(None, None, None)

    assert await fail(provider) == "unavailable"


@pytest.mark.parametrize("failure", [Status(429, retry_after=0.01), Status(500), Status(503)], ids=repr)
async def test_a_failure_that_passes_is_tried_once_more(fake: FakeChatModel, failure: Status) -> None:
    fake.say(failure, Text("At last."), failure, Structured({"verdict": "both"}))
    provider = open_model(fake)

    assert await write(provider) == "At last."
    assert await fill(provider) == "both"
    assert len(fake.requests) == 4
    assert (provider.meter.calls, provider.meter.failed) == (2, 0)


@pytest.mark.parametrize("failure", [Status(401), Status(404), Status(429, retry_after=60)], ids=repr)
async def test_a_failure_that_does_not_pass_soon_is_not(fake: FakeChatModel, failure: Status) -> None:
    fake.say(failure, Text("Too late."))

    await fail(open_model(fake))
    assert len(fake.requests) == 1


async def test_nobody_waits_for_an_attempt_that_would_come_too_late(fake: FakeChatModel) -> None:
    fake.say(Status(429, retry_after=3.9), Text("Too late."))

    assert await fail(open_model(fake, chat_call_seconds=3.8)) == "unavailable"
    assert len(fake.requests) == 1


async def test_a_provider_that_only_fails_is_left_alone(fake: FakeChatModel) -> None:
    fake.say(*[Status(429, retry_after=60)] * FAILURES, Text("Here again."))
    provider = open_resting(fake, rest=3600)

    assert [await fail(provider) for _ in range(FAILURES + 2)] == ["unavailable"] * (FAILURES + 2)
    assert await fail(provider, fill) == "unavailable"
    assert len(fake.requests) == FAILURES
    assert provider.meter.calls == FAILURES


async def test_a_provider_that_refuses_us_is_still_said_to_while_it_is_left_alone(fake: FakeChatModel) -> None:
    fake.say(*[Status(401)] * FAILURES)
    provider = open_resting(fake, rest=3600)

    assert [await fail(provider) for _ in range(FAILURES + 1)] == ["refused"] * (FAILURES + 1)
    assert len(fake.requests) == FAILURES


async def test_after_its_rest_a_provider_is_tried_by_one_call(fake: FakeChatModel) -> None:
    fake.say(*[Status(401)] * FAILURES, Text("Here again."), Text("And again."))
    provider = open_resting(fake, rest=0)
    for _ in range(FAILURES):
        await fail(provider)

    both = await asyncio.gather(write(provider), write(provider), return_exceptions=True)
    assert both[0] == "Here again."
    assert isinstance(both[1], ChatModelError)
    assert len(fake.requests) == FAILURES + 1
    assert await write(provider) == "And again."


async def test_failures_that_are_not_in_a_row_leave_it_open(fake: FakeChatModel) -> None:
    fake.say(Status(401), Status(401), Text("Well."), Status(401), Status(401), Text("Well."))
    provider = open_resting(fake, rest=3600)

    assert [await fail(provider), await fail(provider), await write(provider)] == ["refused", "refused", "Well."]
    assert [await fail(provider), await fail(provider), await write(provider)] == ["refused", "refused", "Well."]


async def test_an_answer_that_cannot_be_used_shuts_the_provider_for_nobody(fake: FakeChatModel) -> None:
    """What one person asks for may be refused again and again."""
    fake.say(*[Refusal("No.")] * FAILURES, Text("Yes."))
    provider = open_resting(fake, rest=3600)
    for _ in range(FAILURES):
        assert await fail(provider) == "unusable"

    assert await write(provider) == "Yes."


@pytest.mark.parametrize(
    "ending", [{"finish_reason": "length"}, {"finish_reason": "content_filter"}, {"stop_reason": "max_tokens"}, {}]
)
async def test_an_answer_that_is_cut_short_cannot_be_used(ending: dict[str, str]) -> None:
    assert await fail(Provider(PlainModel(ending=ending), Budget(PLENTY, PLENTY), 60)) == "unusable"


@pytest.mark.parametrize(
    "ending",
    [{"finish_reason": "STOP"}, {"stop_reason": "end_turn"}, {"done_reason": "stop"}, {"finish_reason": "stop"}],
)
async def test_every_provider_s_way_to_end_is_known(ending: dict[str, str]) -> None:
    assert await write(Provider(PlainModel(ending=ending), Budget(PLENTY, PLENTY), 60)) == "Both, in turn."


async def test_what_a_provider_counts_is_metered(fake: FakeChatModel) -> None:
    fake.say(Text("one two three"), Structured({"verdict": "both"}))
    provider = open_model(fake)
    with capture_logs() as logs:
        await write(provider)

    assert provider.meter.tokens == Usage(input_tokens=4, output_tokens=3)
    assert [(entry["input_tokens"], entry["output_tokens"], entry["failed"]) for entry in logs] == [(4, 3, False)]
    await fill(provider)
    assert (provider.meter.calls, provider.meter.tokens.input_tokens) == (2, 8)


async def test_what_a_provider_does_not_count_is_guessed() -> None:
    provider = Provider(PlainModel(ending={"finish_reason": "stop"}), Budget(PLENTY, PLENTY), 60)
    await write(provider)

    assert 0 < provider.meter.tokens.input_tokens < 20
    assert 0 < provider.meter.tokens.output_tokens < 20


async def test_an_answer_that_breaks_off_is_paid_for_too(fake: FakeChatModel) -> None:
    fake.say(Cut("half of this and of all of that, which is rather long", quiet=True), Text("More."))
    provider = open_model(fake, chat_user_budget="5/day")

    assert await fail(provider) == "unusable"
    assert await fail(provider) == "spent"


async def test_an_error_costs_nothing(fake: FakeChatModel) -> None:
    fake.say(Status(401), Text("More."))
    provider = open_model(fake, chat_user_budget="1/day")

    assert await fail(provider) == "refused"
    assert await write(provider) == "More."


@pytest.mark.parametrize("call", [write, fill])
async def test_who_has_spent_a_budget_makes_no_request(fake: FakeChatModel, call: Callable[..., Any]) -> None:
    fake.say(Text("one two three"), Text("for somebody else"))
    provider = open_model(fake, chat_user_budget="5/day", chat_server_budget="8/day")
    await write(provider)

    assert await fail(provider, call) == "spent"
    assert len(fake.requests) == 1
    assert await write(provider, Payer(user=2, server=7)) == "for somebody else"
    with pytest.raises(ChatModelError, match="server"):
        await call(provider, Payer(user=3, server=7))
    assert len(fake.requests) == provider.meter.calls == 2


async def test_the_log_holds_nothing_of_what_is_said(fake: FakeChatModel) -> None:
    fake.say(Text("a secret answer"), Status(500, times=2, message="your secret question"))
    provider = open_model(fake)
    with capture_logs() as logs:
        await write(provider)
        with pytest.raises(ChatModelError) as failed:
            await write(provider)

    assert len(logs) == 2
    assert "secret" not in f"{logs} {failed.value}"
    assert "Which" not in f"{logs} {failed.value}"


@pytest.mark.parametrize("answer", [None, {"raw": "text", "parsed": None}, {"parsed": Verdict(verdict="both")}])
def test_what_is_no_message_cannot_be_read(answer: object) -> None:
    with pytest.raises(ChatModelError, match="must answer with a message"):
        read_structured(answer)
