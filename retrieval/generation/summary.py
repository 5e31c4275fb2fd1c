"""A recommendation → why, in a chat model's words: kept only where it speaks for the verdict and says what is known."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence

from knowledge.comparison import NAMES, Method, find_methods
from knowledge.lesson import Passage
from retrieval.assistant import Assistant
from retrieval.generation.chat_model import ChatModel, hear_out
from retrieval.generation.draft import Statement, split_draft
from retrieval.generation.grounding import find_faults
from retrieval.generation.prompts import give_data, load_prompts
from retrieval.recommendation import Recommendation, Verdict

MOST_REASONS = 4
MOST_SENTENCES, LONGEST_SUMMARY = 3, 600
"""Sentences and characters."""
ADVISING = re.compile(
    r"\b(?:fits?|suits?|choose|pick|go (?:with|for)|start with|use|better|best|right|worth|should|sense|advis\w*"
    r"|recommend\w*)\b",
    re.IGNORECASE,
)


async def summarize_reasons(advice: Recommendation, assistant: Assistant, model: ChatModel) -> str | None:
    """Return why a verdict is what it is, to the one who described the project.

    None where a chat model says anything that the reasons do not bear out; ChatModelError where it gives no answer, or
    too long a one.
    """
    sources = list(list_sources(advice, assistant))
    if not sources:
        return None
    reasons = [{"number": number, "about": each.heading, "text": each.text} for number, each in enumerate(sources, 1)]
    data = {"recommended": NAMES[Method(advice.verdict)], "reasons": reasons}
    heard = [text async for text in hear_out(model, give_data(load_prompts().summary, data), LONGEST_SUMMARY)]
    statements = split_draft("".join(heard[-1:]))
    if not 0 < len(statements) <= MOST_SENTENCES or not speaks_for(advice.verdict, statements):
        return None
    faults = await asyncio.to_thread(find_faults, statements, sources, assistant.embedder)
    return None if faults else " ".join(statement.text for statement in statements)


def list_sources(advice: Recommendation, assistant: Assistant) -> Iterator[Passage]:
    """Yield a passage for each of the strongest reasons: the verdict, what was said, and the lesson's words."""
    recommended = f"Recommended for your project: {NAMES[Method(advice.verdict)]}."
    library = assistant.open_library()
    for reason in advice.reasons[:MOST_REASONS]:
        if citation := library.find_citation(reason.passage or ""):
            text = f"{recommended} You said: {reason.finding.words}.\n{citation.quote}"
            yield citation.passage.model_copy(update={"text": text})


def speaks_for(verdict: Verdict, statements: Sequence[Statement]) -> bool:
    """Tell whether statements name what is recommended, and advise nothing else."""
    recommended = {Method.FINE_TUNING, Method.PROMPT_ENGINEERING} if verdict is Verdict.BOTH else {Method(verdict)}
    named = [set(find_methods(each.text)) for each in statements]
    advised = [methods for methods, each in zip(named, statements, strict=True) if ADVISING.search(each.text)]
    return recommended <= set().union(*named) and all(not methods or methods & recommended for methods in advised)
