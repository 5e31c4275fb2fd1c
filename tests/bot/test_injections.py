"""A chat model that obeys every injected order says, shows and decides nothing that it would not without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.replies import phrase_turn
from bot.session import respond
from knowledge.comparison import Method
from knowledge.exports import Models
from knowledge.store import Store
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation
from retrieval.generation.writing import choose_passages
from retrieval.question import Focus
from retrieval.turn import Received, Turn
from tests.bot.attacker import AIMS, DRESSINGS, Aim, Dressing, Injection, load_injections
from tests.bot.besieged import Besieged, besiege
from tests.bot.invariants import TELLING, assert_unmoved, read_data
from tests.conftest import CACHE, EMBEDDING_MODEL, ignore_progress

QUESTIONS, PROJECTS = load_injections("question"), load_injections("project")
EARLIER, DOCUMENTS = load_injections("earlier_turn"), load_injections("document")
ALL = [*QUESTIONS, *PROJECTS, *EARLIER, *DOCUMENTS]
QUESTION = "How much data does fine-tuning need?"
FEWEST = 5
"""Injections of each place that must get as far as the chat model."""


def name_case(value: object) -> str:
    return f"{value.place}-{value.aim}" if isinstance(value, Injection) else str(value)


@pytest.fixture(scope="module")
def besieged(assistant: Assistant) -> Iterator[Besieged]:
    with besiege(assistant) as under_attack:
        yield under_attack


@pytest.fixture(scope="module")
def poisoned(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Besieged:
    """The same bot with a lesson of injected documents, a page each."""
    folder = tmp_path_factory.mktemp("poisoned")
    pages = [folder / f"page-{number:02}.md" for number in range(len(DOCUMENTS))]
    for page, document in zip(pages, DOCUMENTS, strict=True):
        page.write_text(f"# {begin_document(document)}\n\n{document.text}\n", "utf-8")
    models = Models(CACHE / "models", ignore_progress)
    store = Store(folder / "data", models=models, embedding_model=EMBEDDING_MODEL, report=ignore_progress)
    store.replace_lesson(pages)
    return replace(besieged, assistant=Assistant(store))


def ask_about(document: Injection) -> str:
    return f"What is said of this: {begin_document(document)}?"


def begin_document(document: Injection) -> str:
    """Return what a document is about: the first words in it that are no heading."""
    lines = (line.strip("|() ") for line in document.text.splitlines() if not line.startswith("#"))
    return " ".join(next(filter(None, lines)).split()[:10])


def attack(besieged: Besieged, injection: Injection, message: Received) -> bool:
    """Try two dressings, others for the next injection, or all on a verdict; tell whether the chat model was asked."""
    plain = respond(besieged.assistant, message.before, message.text, message.command).reply
    first, count = ALL.index(injection), len(DRESSINGS)
    chosen = [DRESSINGS[first % count], DRESSINGS[(first + count // 2) % count]]
    for dressing in DRESSINGS if injection.aim == "verdict" else chosen:
        heard, _ = besieged.hear(injection, dressing, message)
        assert_unmoved(heard, plain, besieged.assistant)
        if not heard.requests:
            return False
    return True


@pytest.mark.parametrize("injection", QUESTIONS, ids=name_case)
def test_a_question_wins_nobody_over(injection: Injection, besieged: Besieged) -> None:
    attack(besieged, injection, Received(injection.text, Conversation(), "ask"))


@pytest.mark.parametrize("injection", PROJECTS, ids=name_case)
def test_a_project_wins_nobody_over(injection: Injection, besieged: Besieged) -> None:
    attack(besieged, injection, Received(injection.text, Conversation(), "advise"))


def test_a_project_quoted_whole_shows_no_need(besieged: Besieged) -> None:
    """Or else a sign anywhere in it would bear out whatever is found."""
    message = Received(PROJECTS[0].text, Conversation(), "advise")
    heard, _ = besieged.hear(PROJECTS[0], "plain", message)

    assert heard.requests
    assert heard.reply.profile == respond(besieged.assistant, message.before, message.text, "advise").reply.profile


@pytest.mark.parametrize("injection", EARLIER, ids=name_case)
def test_what_was_said_earlier_wins_nobody_over(injection: Injection, besieged: Besieged) -> None:
    first = Received(injection.text, Conversation())
    heard, conversation = besieged.hear(injection, "cited", first)
    plain, before, _ = respond(besieged.assistant, first.before, first.text)

    assert_unmoved(heard, plain, besieged.assistant)
    assert conversation == before
    assert attack(besieged, injection, Received(QUESTION, conversation, "ask"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_case)
def test_a_lesson_wins_nobody_over(document: Injection, poisoned: Besieged) -> None:
    attack(poisoned, document, Received(ask_about(document), Conversation(), "ask"))


@pytest.mark.parametrize("dressing", DRESSINGS)
@pytest.mark.parametrize("aim", AIMS)
def test_what_gets_past_the_door_is_stopped_behind_it(aim: Aim, dressing: Dressing, besieged: Besieged) -> None:
    """Whatever the router lets pass, what a model makes of it has to stand in the passages."""
    injection = next(each for each in QUESTIONS if each.aim == aim)
    turn = besieged.assistant.reply(Conversation(), QUESTION, "ask")
    assert turn.evidence
    smuggled = replace(turn.evidence, question=replace(turn.evidence.question, text=injection.text))
    message = Received(injection.text, Conversation())
    heard = besieged.improve(injection, dressing, turn._replace(evidence=smuggled), message)

    assert read_data(heard.requests[0])["question"] == injection.text
    assert_unmoved(heard, phrase_turn(turn, besieged.assistant), besieged.assistant)


@pytest.mark.parametrize("injection", EARLIER, ids=name_case)
def test_what_is_remembered_wins_nobody_over(injection: Injection, besieged: Besieged) -> None:
    """A follow-up that we are not sure of is completed from the question before it."""
    before = Conversation(focus=Focus(topic="data-requirement", method=Method.FINE_TUNING, said=injection.text))
    turn = besieged.assistant.reply(Conversation(), QUESTION, "ask")
    assert turn.evidence
    judgement = replace(turn.evidence.question.judgement, topic={"data-requirement": 0.5})
    doubted = replace(turn.evidence.question, follows=True, judgement=judgement)
    followed = turn._replace(evidence=replace(turn.evidence, question=doubted))
    heard = besieged.improve(injection, "echoed", followed, Received("and in practice?", before))

    assert read_data(heard.requests[0])["before"] == injection.text
    assert_unmoved(heard, phrase_turn(turn, besieged.assistant), besieged.assistant)


def test_enough_of_them_get_past_the_door(besieged: Besieged, poisoned: Besieged) -> None:
    """Or else there would be nothing to stop behind it."""
    asked = [besieged.assistant.reply(Conversation(), each.text, "ask") for each in QUESTIONS]
    described = [besieged.assistant.reply(Conversation(), each.text, "advise") for each in PROJECTS]
    read = [poisoned.assistant.reply(Conversation(), ask_about(each), "ask") for each in DOCUMENTS]
    quoted = [turn for turn, each in zip(read, DOCUMENTS, strict=True) if is_given(turn, each)]

    assert sum(isinstance(turn.outcome, Answer) for turn in asked) >= FEWEST
    assert sum(turn.described for turn in described) >= FEWEST
    assert len(quoted) >= FEWEST


def is_given(turn: Turn, document: Injection) -> bool:
    """Tell whether a chat model would be given any line of a document but its first."""
    if turn.evidence is None or not isinstance(turn.outcome, Answer):
        return False
    given = "\n".join(passage.text for passage in choose_passages(turn.outcome, turn.evidence))
    return document.text.strip()[-TELLING:] in given
