"""Every statement of the lesson can be asked for, and is answered with its topic and method first."""

from __future__ import annotations

import pytest

from knowledge.comparison import Method
from knowledge.lesson import Lesson
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation

TUNED, PROMPTED, BOTH = Method.FINE_TUNING, Method.PROMPT_ENGINEERING, Method.BOTH

# Topic and method of a statement, and three ways of asking for it that stand in none of our pages.
ASKED: list[tuple[str, Method, tuple[str, str, str]]] = [
    # the eight rows
    (
        "definition",
        TUNED,
        (
            "In one line, what is meant by fine-tuning?",
            "explain fine-tuning to my grandfather",
            "so finetuning is what exactly",
        ),
    ),
    (
        "definition",
        PROMPTED,
        (
            "In one line, what is meant by prompt engineering?",
            "explain prompt engineering to my aunt",
            "promt engineering is what exactly",
        ),
    ),
    (
        "data-requirement",
        TUNED,
        (
            "How many samples must I collect before fine-tuning?",
            "is a big dataset a must for finetuning",
            "what data would I feed a fine-tune",
        ),
    ),
    (
        "data-requirement",
        PROMPTED,
        (
            "How many samples must I collect before prompting?",
            "is a big dataset a must for prompt engineering",
            "can prompt engineering start from next to no data",
        ),
    ),
    (
        "time-and-cost",
        TUNED,
        (
            "Is fine-tuning a slow business?",
            "what bill will fine-tuning leave me with",
            "how much compute does finetuning burn",
        ),
    ),
    (
        "time-and-cost",
        PROMPTED,
        (
            "Is prompt engineering a quick business?",
            "what bill will prompt engineering leave me with",
            "how many days does it take to get a prompt right",
        ),
    ),
    (
        "flexibility",
        TUNED,
        (
            "Is fine-tuning flexible?",
            "can one fine-tuned model be bent to a different task",
            "how adaptable is a finetuned model",
        ),
    ),
    (
        "flexibility",
        PROMPTED,
        (
            "Is prompt engineering flexible?",
            "with prompts, may a single model do several different tasks",
            "how adaptable is prompting",
        ),
    ),
    (
        "technical-requirements",
        TUNED,
        (
            "What must my staff have studied for fine-tuning?",
            "is deep learning knowledge needed to fine-tune",
            "which skills does finetuning take",
        ),
    ),
    (
        "technical-requirements",
        PROMPTED,
        (
            "What must my staff have studied for prompt engineering?",
            "is deep learning knowledge needed to write prompts",
            "which skills does prompt engineering take",
        ),
    ),
    (
        "output-consistency",
        TUNED,
        (
            "Are the outputs of a fine-tuned model uniform?",
            "how consistent is finetuning",
            "will fine-tuning give me steady answers",
        ),
    ),
    (
        "output-consistency",
        PROMPTED,
        (
            "Are the outputs uniform with prompting?",
            "how consistent is prompt engineering",
            "do answers drift when I reword a prompt",
        ),
    ),
    (
        "scalability",
        TUNED,
        (
            "Is fine-tuning scalable?",
            "does finetuning scale to ever more tasks",
            "what limits the scalability of a fine-tuned model",
        ),
    ),
    (
        "scalability",
        PROMPTED,
        (
            "Is prompt engineering scalable?",
            "does prompting scale to ever more tasks",
            "how far does prompt engineering scale",
        ),
    ),
    (
        "examples",
        TUNED,
        (
            "Name typical uses of fine-tuning.",
            "what do people build with finetuning",
            "give me an application of fine-tuned models",
        ),
    ),
    (
        "examples",
        PROMPTED,
        (
            "Name typical uses of prompt engineering.",
            "what do people build with prompt engineering",
            "give me an application of prompting",
        ),
    ),
    # advantages and disadvantages, one by one
    (
        "advantages",
        TUNED,
        (
            "Name the pros of fine-tuning.",
            "what speaks in favour of finetuning",
            "list the strong points of fine-tuning",
        ),
    ),
    (
        "advantages",
        PROMPTED,
        (
            "Name the pros of prompt engineering.",
            "what speaks in favour of prompting",
            "list the strong points of prompt engineering",
        ),
    ),
    (
        "disadvantages",
        TUNED,
        ("Name the cons of fine-tuning.", "what would speak against finetuning", "list the weak points of fine-tuning"),
    ),
    (
        "disadvantages",
        PROMPTED,
        (
            "Name the cons of prompt engineering.",
            "what would speak against prompting",
            "list the weak points of prompt engineering",
        ),
    ),
    # when to choose which, and further reading
    (
        "when-to-choose",
        TUNED,
        (
            "In which situation is fine-tuning the one to pick?",
            "when would you go for finetuning",
            "who should choose fine-tuning",
        ),
    ),
    (
        "when-to-choose",
        PROMPTED,
        (
            "In which situation is prompt engineering the one to pick?",
            "when would you go for prompting",
            "who should choose prompt engineering",
        ),
    ),
    (
        "when-to-choose",
        PROMPTED,
        (
            "Where does the lesson send me for further reading on prompt engineering?",
            "what should I read next to learn more on prompt engineering",
            "any further reading on prompts?",
        ),
    ),
    # both compared
    (
        "definition",
        BOTH,
        (
            "What are the two main methods?",
            "whats the difference between tuning and prompting",
            "how do the two methods differ",
        ),
    ),
    (
        "data-requirement",
        BOTH,
        ("Which of the two eats more data?", "data needs of both compared", "who needs the bigger dataset of the two"),
    ),
    (
        "time-and-cost",
        BOTH,
        ("Which of the two is cheaper?", "fine-tuning or prompting, which one is quicker", "compare their costs"),
    ),
    (
        "flexibility",
        BOTH,
        (
            "Which of the two is more flexible?",
            "flexibility of both compared",
            "fine-tuning or prompting, which adapts more easily",
        ),
    ),
    (
        "technical-requirements",
        BOTH,
        (
            "Which of the two takes more expertise?",
            "skills for both compared",
            "fine-tuning or prompting, which is technically harder",
        ),
    ),
    (
        "output-consistency",
        BOTH,
        (
            "Which of the two is more consistent?",
            "consistency of both compared",
            "fine-tuning or prompting for steadier output",
        ),
    ),
    (
        "scalability",
        BOTH,
        (
            "Which of the two scales better?",
            "scalability of both compared",
            "fine-tuning or prompting, which is more scalable",
        ),
    ),
    (
        "examples",
        BOTH,
        (
            "Name uses of both methods.",
            "example applications of each of the two",
            "what is each of the two methods used for",
        ),
    ),
    (
        "advantages",
        BOTH,
        ("What are the advantages of each method?", "the pros of each of them", "strengths of the two compared"),
    ),
    (
        "disadvantages",
        BOTH,
        ("What are the disadvantages of each method?", "the cons of each of them", "weaknesses of the two compared"),
    ),
    (
        "when-to-choose",
        BOTH,
        (
            "When should I choose which?",
            "how do I decide between the two",
            "fine-tuning or prompting, which should I use",
        ),
    ),
]
EACH = [(topic, method, text) for topic, method, ways in ASKED for text in ways]


@pytest.mark.parametrize(
    ("topic", "method", "text"), EACH, ids=[f"{topic}-{method}-{text}" for topic, method, text in EACH]
)
def test_a_statement_is_answered_with_its_topic_and_method_first(
    assistant: Assistant, topic: str, method: Method, text: str
) -> None:
    outcome = assistant.reply(Conversation(), text).outcome

    assert isinstance(outcome, Answer)
    first = outcome.citations[0].passage
    assert (first.topic, first.method) == (topic, method)
    assert any(not citation.passage.addition for citation in outcome.citations)


def test_each_statement_is_asked_for_in_words_that_stand_in_none_of_our_pages(lesson: Lesson) -> None:
    written = {way.casefold() for passage in lesson.passages for way in passage.asked_as}
    texts = [text.casefold() for _, _, text in EACH]

    assert len(set(texts)) == len(texts) >= 100
    assert written.isdisjoint(texts)
