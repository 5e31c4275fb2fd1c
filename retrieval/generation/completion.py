"""A follow-up that we are not sure to understand → a question that stands alone, by a chat model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from retrieval.evidence import Evidence
from retrieval.generation.chat_model import ChatModel
from retrieval.generation.prompts import give_data, load_prompts
from retrieval.question import Focus

SURE = 0.6
"""Likelihood of its topic and of its method below which a follow-up is in doubt."""
LONGEST_QUESTION = 300


class CompleteQuestion(BaseModel):
    """A question that stands alone, as a chat model returns it."""

    model_config = ConfigDict(extra="forbid")

    question: str


def is_doubtful(evidence: Evidence) -> bool:
    """Tell whether evidence was gathered for a follow-up that may mean something else."""
    question = evidence.question
    likelihoods = (question.judgement.topic, question.judgement.method)
    return question.follows and min(max(each.values()) for each in likelihoods) < SURE


async def complete_by_model(text: str, focus: Focus, model: ChatModel) -> str | None:
    """Return a follow-up as a question that stands alone; None where the chat model makes none of it.

    What was said before is none: whoever follows it up asks for something else.
    """
    data = {"before": focus.said, "about": [focus.topic, str(focus.method)], "now": text}
    asked = (await model.fill_shape(give_data(load_prompts().question, data), CompleteQuestion)).question.strip()
    repeated = _strip_marks(asked) == _strip_marks(focus.said)
    return asked if 0 < len(asked) <= LONGEST_QUESTION and not repeated else None


def _strip_marks(text: str) -> str:
    return text.casefold().strip(" ?!.")
