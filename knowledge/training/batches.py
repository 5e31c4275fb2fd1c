"""Examples → batches: what an epoch takes of them, varied, encoded and in random order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

import torch
from transformers import BatchEncoding, PreTrainedTokenizerBase

from knowledge.lesson import Lesson
from knowledge.reader import LONGEST
from knowledge.signals import CHATTER, Sentence, load_statements
from knowledge.training.examples import (
    MessageExample,
    ScenarioExample,
    list_messages,
    list_scenarios,
    list_turns,
)
from knowledge.training.variation import (
    Description,
    follow_anything,
    join_statements,
    mark_scenario,
    update_anything,
    vary_description,
    vary_message,
    vary_turn,
)

TOKENS = 2_400
"""Of a batch, padding included."""
SEEN, UPDATES = 0.5, 0.15
"""Shares of the messages, and of the statements that serve as updates, that an epoch takes; there are many."""
MADE_UP = 2_000
"""Descriptions joined from statements in an epoch."""
TURNS_VARIED = 0.5
"""Share of follow-ups that an epoch also takes in another context."""
FOLLOW_UPS_VARIED = 0.15
"""The same where there are only messages."""


@dataclass(frozen=True)
class Batch:
    """Texts of one sort, with what is to be learnt from them."""

    tokenizer: PreTrainedTokenizerBase
    descriptions: tuple[Description, ...] = ()
    messages: tuple[MessageExample, ...] = ()

    @cached_property
    def encoded(self) -> BatchEncoding:
        """The tokens of descriptions, or of messages after their contexts, with the letters each token stands for."""
        pairs, texts = [message.pair for message in self.messages], [said.text for said in self.descriptions]
        encoded: BatchEncoding = self.tokenizer(
            pairs or texts,
            truncation=True,
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
            return_token_type_ids=True,
        )
        return encoded

    @property
    def inputs(self) -> dict[str, torch.Tensor]:
        """What a network takes of it."""
        return {name: self.encoded[name] for name in ("input_ids", "attention_mask", "token_type_ids")}


def list_epochs(lesson: Lesson, tokenizer: PreTrainedTokenizerBase, rng: Random, number: int) -> Iterator[list[Batch]]:
    """Yield the batches of so many epochs: each takes all examples, or its share of them, varied anew."""
    messages, turns, scenarios = list(list_messages(lesson)), list_turns(), list_scenarios()
    for _ in range(number):
        yield make_batches(
            (*_vary_messages(messages, rng), *_vary_turns(turns, TURNS_VARIED, rng)),
            _vary_scenarios(scenarios, rng),
            tokenizer,
            rng,
        )


def list_question_epochs(
    lesson: Lesson,
    tokenizer: PreTrainedTokenizerBase,
    rng: Random,
    number: int,
    rehearsed: Sequence[MessageExample] = (),
) -> Iterator[list[Batch]]:
    """Yield the batches of so many epochs of messages: shares of those that stand alone, and all that follows those.

    What comes after an answer comes in the context that is right for it, and as it was rehearsed besides.
    """
    turns = list_turns()
    led = [turn for turn in turns if turn.context.topic]
    led_again = [turn for turn in rehearsed if turn.context.topic]
    unled = [*list_messages(lesson), *(turn for turn in turns if not turn.context.topic)]
    for _ in range(number):
        # What a turn takes from its context is known in the right one only: no other turn can be moved to a new one.
        examples = [*_vary_turns(led, FOLLOW_UPS_VARIED, rng), *led_again, *_vary_messages(unled, rng)]
        recalled = [replace(example, context=example.context.recalled) for example in examples]
        yield make_batches(recalled, (), tokenizer, rng)


def _vary_turns(turns: Iterable[MessageExample], share: float, rng: Random) -> Iterator[MessageExample]:
    """Yield turns, and a share of those that follow up an answer in another context, too."""
    for turn in turns:
        yield turn
        if turn.context.topic and turn.kind == "follow_up" and rng.random() < share:
            yield vary_turn(turn, rng)


def _vary_messages(messages: Iterable[MessageExample], rng: Random) -> Iterator[MessageExample]:
    """Yield a share of the messages that stand alone, some of them in a context that does not matter to them."""
    for message in messages:
        if rng.random() < (UPDATES if message.kind == "update" else SEEN):
            yield _vary(message, rng)


def _vary(message: MessageExample, rng: Random) -> MessageExample:
    if message.kind == "follow_up":
        return follow_anything(message.text, rng)
    return update_anything(message.text, rng) if message.kind == "update" else vary_message(message, rng)


def _vary_scenarios(scenarios: Iterable[ScenarioExample], rng: Random) -> Iterator[Description]:
    statements = load_statements()
    chatter = [text for label, text in statements if label == CHATTER]
    telling: list[Sentence] = [sentence for sentence in statements if sentence.label != CHATTER]
    yield from (vary_description(mark_scenario(scenario), chatter, rng) for scenario in scenarios)
    yield from (join_statements(telling, chatter, rng) for _ in range(MADE_UP))


def make_batches(
    messages: Iterable[MessageExample],
    descriptions: Iterable[Description],
    tokenizer: PreTrainedTokenizerBase,
    rng: Random,
) -> list[Batch]:
    """Return batches of each sort in random order, texts of like length together."""
    asked = _group(list(messages), lambda message: len("".join(message.pair)), rng)
    described = _group(list(descriptions), lambda description: len(description.text), rng)
    batches = [
        *(Batch(tokenizer, messages=group) for group in asked),
        *(Batch(tokenizer, descriptions=group) for group in described),
    ]
    rng.shuffle(batches)
    return batches


def _group(texts: list, measure: Callable, rng: Random) -> Iterator[tuple]:  # type: ignore[type-arg]
    """Yield groups of about the same number of letters, each padded to its longest."""
    texts.sort(key=lambda text: measure(text) * rng.uniform(0.9, 1.1))
    group: list = []  # type: ignore[type-arg]
    longest = 0
    for text in texts:
        letters = measure(text)
        longest = max(longest, letters)
        if group and (longest / 4 + 4) * (len(group) + 1) > TOKENS:
            yield tuple(group)
            group, longest = [], letters
        group.append(text)
    if group:
        yield tuple(group)
