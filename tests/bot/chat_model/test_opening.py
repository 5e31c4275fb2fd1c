"""The chat model that is configured is opened, or it is said what to do."""

from __future__ import annotations

import sys

import pytest
from langchain_core.messages import HumanMessage
from pydantic import SecretStr

from bot.chat_model.budget import Payer
from bot.chat_model.opening import LONGEST_ANSWER, open_provider
from bot.errors import ConfigurationError
from bot.settings import Settings
from tests.bot.chat_model.speaking import set_up
from tests.fake_chat_model import FakeChatModel, Text

SECRET = "sk-very-secret"


def open_model(name: str, **options: object) -> None:
    open_provider(Settings.model_validate({"chat_model": name, **options}))


def test_without_a_name_there_is_no_chat_model() -> None:
    assert open_provider(Settings()) is None


async def test_a_model_is_asked_where_and_as_the_settings_say() -> None:
    with FakeChatModel(Text("Both.")) as fake:
        provider = open_provider(set_up(fake))
        assert provider is not None
        [piece async for piece in provider.bill(Payer()).write_text([HumanMessage("Which?")])]

    asked = fake.requests[0]
    assert (asked.body["model"], asked.headers["Authorization"]) == ("test", "Bearer sk-test")
    assert asked.include_usage
    assert asked.body["max_completion_tokens"] == LONGEST_ANSWER


@pytest.mark.parametrize(
    ("model", "client", "extra"),
    [
        ("anthropic:claude-haiku-4-5", "langchain_anthropic", "anthropic"),
        ("google_genai:gemini-3-flash", "langchain_google_genai", "google"),
        ("ollama:llama3.2", "langchain_ollama", "ollama"),
    ],
)
def test_a_client_that_is_not_installed_is_named_with_the_extra_that_installs_it(
    model: str, client: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may have it.
    monkeypatch.setitem(sys.modules, client, None)

    with pytest.raises(ConfigurationError, match=rf"^CHAT_MODEL .*'{model}'.*`pip install '\.\[{extra}\]'`$"):
        open_model(model)


def test_a_client_that_we_have_no_extra_for_is_named_as_langchain_names_it() -> None:
    with pytest.raises(ConfigurationError, match="pip install langchain-upstage"):
        open_model("upstage:solar")


@pytest.mark.parametrize("model", ["nonsense", "nobody:knows-this"])
def test_a_model_that_nobody_provides_is_refused_with_how_to_name_one(model: str) -> None:
    with pytest.raises(
        ConfigurationError, match=rf"'{model}'.*`provider:model`, such as `openai:gpt-5-mini`"
    ) as refused:
        open_model(model)
    assert "\n" not in str(refused.value)


def test_a_key_that_is_missing_is_asked_for() -> None:
    with pytest.raises(ConfigurationError, match="CHAT_API_KEY"):
        open_model("openai:gpt-5-mini")


def test_no_message_holds_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_model("nobody:knows-this", chat_api_key=SecretStr(SECRET))
    assert SECRET not in str(refused.value)
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    with pytest.raises(ConfigurationError) as refused:
        open_model("anthropic:claude-haiku-4-5", chat_api_key=SecretStr(SECRET))
    assert SECRET not in str(refused.value)
