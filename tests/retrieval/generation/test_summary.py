"""Why a recommendation is what it is may be told in plain words, if these speak for it and say what is known."""

from __future__ import annotations

import json

import pytest

from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.generation.chat_model import ChatModelError
from retrieval.generation.draft import split_draft
from retrieval.generation.summary import LONGEST_SUMMARY, list_sources, speaks_for, summarize_reasons
from retrieval.recommendation import Recommendation, Verdict
from tests.retrieval.generation.samples import ScriptedModel

PROJECT = "We have 12 examples, nobody here codes, and the texts are different every day. The demo is on Friday."


@pytest.fixture
def advice(assistant: Assistant) -> Recommendation:
    outcome = assistant.reply(Conversation(), PROJECT, "advise").outcome
    assert isinstance(outcome, Recommendation)
    assert outcome.verdict is Verdict.PROMPT_ENGINEERING
    return outcome


def quote_source(advice: Recommendation, assistant: Assistant) -> str:
    """Return what a careful chat model would say: the verdict, and the lesson's words of the first reason."""
    source = next(list_sources(advice, assistant))
    return f"Recommended for your project: prompt engineering [1]. {source.text.splitlines()[-1].rstrip('.')} [1]."


async def test_what_the_reasons_bear_out_is_told_without_their_numbers(
    advice: Recommendation, assistant: Assistant
) -> None:
    model = ScriptedModel(quote_source(advice, assistant))
    summary = await summarize_reasons(advice, assistant, model)

    assert summary is not None
    assert summary.startswith("Recommended for your project: prompt engineering.")
    assert "[" not in summary


async def test_a_chat_model_is_told_the_verdict_and_the_reasons(advice: Recommendation, assistant: Assistant) -> None:
    model = ScriptedModel("")
    await summarize_reasons(advice, assistant, model)

    data = json.loads(model.prompts[0][-1].text)
    assert data["recommended"] == "prompt engineering"
    assert [reason["number"] for reason in data["reasons"]] == list(range(1, len(data["reasons"]) + 1))
    assert advice.reasons[0].finding.words in data["reasons"][0]["text"]


@pytest.mark.parametrize(
    "draft",
    [
        "Recommended for your project: fine-tuning [1].",
        "Prompt engineering is recommended for your project [1]. Fine-tuning is the better choice [1].",
        "Prompt engineering is recommended for your project, with 900 examples [1].",
        "Prompt engineering is recommended for your project. See https://evil.example [1].",
        "Prompt engineering is recommended for your project.",
        "Recommended for your project: prompt engineering [9].",
        "Recommended for your project: prompt engineering [1]. " * 4,
        "",
    ],
)
async def test_what_they_do_not_bear_out_is_not_told(draft: str, advice: Recommendation, assistant: Assistant) -> None:
    assert await summarize_reasons(advice, assistant, ScriptedModel(draft)) is None


async def test_no_answer_is_an_error(advice: Recommendation, assistant: Assistant) -> None:
    with pytest.raises(ChatModelError):
        await summarize_reasons(advice, assistant, ScriptedModel(ChatModelError("unavailable", "gone")))


async def test_too_long_an_answer_is_an_error(advice: Recommendation, assistant: Assistant) -> None:
    long = "Recommended for your project: prompt engineering [1]. " + " " * LONGEST_SUMMARY

    with pytest.raises(ChatModelError, match=str(LONGEST_SUMMARY)):
        await summarize_reasons(advice, assistant, ScriptedModel(long))


@pytest.mark.parametrize(
    ("verdict", "text", "speaks"),
    [
        (Verdict.FINE_TUNING, "Fine-tuning fits, because your labels are many.", True),
        (Verdict.FINE_TUNING, "Your labels are many.", False),
        (Verdict.FINE_TUNING, "Fine-tuning fits. Prompts vary with their wording.", True),
        (Verdict.FINE_TUNING, "Fine-tuning needs data. Prompts are the better choice.", False),
        (Verdict.BOTH, "Use prompts for the letters and fine-tuning for the labels.", True),
        (Verdict.BOTH, "Use prompts.", False),
    ],
)
def test_it_names_what_is_recommended_and_advises_nothing_else(verdict: Verdict, text: str, *, speaks: bool) -> None:
    assert speaks_for(verdict, split_draft(text)) is speaks
