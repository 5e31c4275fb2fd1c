"""A chat model to test a bot against: OpenAI's chat API, on loopback.

    with FakeChatModel(Text("Fine-tuning.")) as model:
        bot = init_chat_model("openai:test-model", base_url=model.url, api_key="sk-test", max_retries=0)
        assert bot.invoke("Which of the two?").text == "Fine-tuning."
        assert model.requests[-1].messages == [("user", "Which of the two?")]

It answers each request with what is next in its script, to which a test may add at any time.

    model.say(Status(503, times=2), Structured({"verdict": "both"}))
    model.say(Obey(lambda asked: Text(asked.messages[-1][1])))

It runs in a thread of its own, so that whatever is tested may block, or run an event loop or several.

    model.say(Hang())
    with pytest.raises(openai.APITimeoutError):
        bot.invoke("Are you there?")
    model.until(lambda: model.abandoned == 1)

Connections are kept alive, as by OpenAI, and langchain-openai shares them among its clients of one address and timeout:
whoever asks asynchronously from a second event loop finds the loop of the first one closed.
"""

from .answers import (
    Answer,
    Cut,
    Empty,
    Flood,
    Hang,
    InvalidJson,
    Obey,
    Refusal,
    Status,
    Structured,
    Text,
    Trickle,
)
from .fake import FakeChatModel
from .journal import ChatRequest

__all__ = [
    "Answer",
    "ChatRequest",
    "Cut",
    "Empty",
    "FakeChatModel",
    "Flood",
    "Hang",
    "InvalidJson",
    "Obey",
    "Refusal",
    "Status",
    "Structured",
    "Text",
    "Trickle",
]
