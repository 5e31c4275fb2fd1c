"""What kind of message it is: a question, a project, small talk, or something we do not cover."""

from __future__ import annotations

import unicodedata
from typing import Literal, cast

from knowledge.listing import order_items
from knowledge.reader import Likelihoods
from knowledge.store import Knowledge
from knowledge.topics import CHOICE
from retrieval.clarification import count_examples, is_number
from retrieval.conversation import Conversation
from retrieval.extractive import split_sentences
from retrieval.patterns import find_request, remove, remove_quoted, shows, wishes
from retrieval.rules import load_rules
from retrieval.scenario import read_scenario

Kind = Literal[
    "question",
    "follow_up",
    "project",
    "reasons",
    "sources",
    "supposition",
    "comparison",
    "smalltalk",
    "near",
    "unrelated",
    "attack",
]
Command = Literal["ask", "advise"]

SUSPECTED, CONVICTED = 0.3, 0.7
"""Likelihoods from which a message counts as manipulation, and from which it does even where it asks for the table."""
HONEST: tuple[Kind, ...] = ("question", "follow_up", "project")
ASKING: tuple[Kind, ...] = ("question", "follow_up")
CONVINCING = 0.6
"""Likelihood of being one of these from which a message is taken for one in spite of what else speaks for another."""
ALIKE = 0.5
"""Of the likelihood of an update, that of another project from which a description counts as one."""
BRIEF = 15
"""Words of a description that is none yet, right after an answer or where it asks: more belongs to a project."""
CHOOSING, PLAIN = 0.1, 0.95
"""Likelihoods of that topic from which a question may be about the choice, and of a question that stands for itself."""
ELSEWHERE = ("term", "near", "unrelated")
"""Kinds of a question that has nothing to do with a project just described."""
HINTED = 0.05
"""Likelihood of a project from which what asks is a description, if it is long and shows needs enough to decide on."""
COMMANDED = 1.5
"""How much more likely a message is what a command says it is."""
MEANT: dict[Command, tuple[Kind, ...]] = {
    "ask": HONEST,
    "advise": (*HONEST, "smalltalk"),
}
"""What may be what a command says it is: "help me with my project" is small talk only where nobody asks for advice."""


def route_message(text: str, conversation: Conversation, knowledge: Knowledge, command: Command | None) -> Kind:
    """Return the kind of a message; a command settles which of question and project it is, but opens no door."""
    plain = unicodedata.normalize("NFKC", text)
    if find_request(plain):
        return "smalltalk"
    if is_manipulation(plain) and not _is_honest(plain, conversation, knowledge):
        return "attack"
    bare = _take_signs_out(plain)
    if decided := _decide_kind(bare, conversation):
        return decided
    kind = _choose_kind(bare, _judge_kind(bare, conversation, knowledge), command)
    unsettled = command is None and kind in (*ASKING, "near")
    return "project" if unsettled and _begins_project(bare, conversation, knowledge) else kind


def is_manipulation(text: str) -> bool:
    """Tell whether words alone look as if somebody wanted the bot to do what it is not for."""
    plain = unicodedata.normalize("NFKC", text)
    return shows("manipulation", plain) or shows("suspicious", plain)


def begins_anew(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Tell whether a message describes another project than the one that is talked about."""
    if not conversation.has_project:
        return False
    if shows("anew", text):
        return True
    judged = _judge_in_context(text, conversation, knowledge)
    return judged["project"] > judged["update"] * ALIKE


def asks_on(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Tell whether a message may be a question that goes on from what was recommended, whatever else it may be."""
    if conversation.verdict is None or conversation.focus is None:
        return False
    judged = _judge_in_context(text, conversation, knowledge)
    return sum(judged[kind] for kind in ASKING) >= CONVINCING


def _is_honest(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Tell whether only mentions, braces or quoted words look like manipulation, and the rest is to our purpose."""
    bare = _take_signs_out(text)
    if shows("manipulation", remove_quoted("manipulation", text)) or not any(map(str.isalpha, bare)):
        return False
    likelihoods = _judge_kind(bare, conversation, knowledge)
    return likelihoods["attack"] < SUSPECTED and sum(likelihoods[kind] for kind in HONEST) >= CONVINCING


def _decide_kind(text: str, conversation: Conversation) -> Kind | None:
    """Return the kind that its words alone decide, before anything learnt is asked; None where they decide none."""
    advised, asked = conversation.verdict is not None, conversation.asked is not None
    answers = asked or count_examples(text, conversation.open_need) is not None
    digits_tell = answers or (conversation.focus is not None and not conversation.was_advised)
    decided: dict[Kind, bool] = {
        "smalltalk": not any(map(str.isalnum if digits_tell else str.isalpha, text)) or shows("privacy", text),
        "project": (advised and shows("anew", text)) or (answers and is_number(text)),
        "supposition": conversation.has_project and shows("supposition", text),
        "reasons": advised and _asks_for_advice(text, conversation),
        "sources": _asks_for_sources(text, conversation),
        "follow_up": _is_answered(conversation) and wishes("reasons", text),
    }
    return next((kind for kind, holds in decided.items() if holds), None)


def _choose_kind(text: str, likelihoods: Likelihoods, command: Command | None) -> Kind:
    """Return the kind that is most likely, in the light of the command."""
    if command is None and likelihoods["attack"] < CONVICTED and shows("comparison", text):
        return "comparison"
    if likelihoods["attack"] >= (CONVICTED if command else SUSPECTED):
        return "attack"
    best = max(likelihoods, key=likelihoods.__getitem__)
    if command is not None and sum(likelihoods[kind] for kind in MEANT[command]) * COMMANDED >= likelihoods[best]:
        return "question" if command == "ask" else "project"
    return cast("Kind", best)


def _judge_kind(text: str, conversation: Conversation, knowledge: Knowledge) -> Likelihoods:
    """Return how likely each kind is after what was said before; without an answer, nothing can follow it up."""
    likelihoods = dict(_judge_in_context(text, conversation, knowledge))
    if conversation.focus is None:
        likelihoods["question"] += likelihoods["follow_up"]
        likelihoods["follow_up"] = 0.0
    likelihoods["question"] += likelihoods.pop("term")
    likelihoods["follow_up" if _is_remark(text, conversation) else "project"] += likelihoods.pop("update")
    return likelihoods


def _judge_in_context(text: str, conversation: Conversation, knowledge: Knowledge) -> Likelihoods:
    """Return how likely each kind is as the reader sees it in the light of what we said last."""
    return knowledge.reader.judge_message(_mend_text(text, knowledge), conversation.context).kind


def _mend_text(text: str, knowledge: Knowledge) -> str:
    return order_items(knowledge.speller.mend_text(text))


def _begins_project(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Tell whether a message that asks something describes a project for it, as many do: "… so, train it or not?".

    A single need is not enough, not even one that would settle the verdict: it may be all that the question is about.
    """
    likelihoods = _judge_in_context(text, conversation, knowledge)
    if len(text.split()) <= BRIEF or likelihoods["project"] < HINTED or _ends_in_question(text, knowledge):
        return False
    return len({finding.need for finding in read_scenario(text, knowledge)}) >= load_rules().enough


def _ends_in_question(text: str, knowledge: Knowledge) -> bool:
    """Tell whether the last sentence, read alone, asks for anything but what to choose."""
    judgement = knowledge.reader.judge_message(_mend_text(split_sentences(text)[-1], knowledge))
    plain = judgement.kind["question"] >= PLAIN and judgement.topic[CHOICE] < CHOOSING
    return plain or max(judgement.kind, key=judgement.kind.__getitem__) in ELSEWHERE


def _is_remark(text: str, conversation: Conversation) -> bool:
    """Tell whether one's own situation, told in few words, is told of an answer, as there is no project yet."""
    return conversation.focus is not None and not conversation.has_project and len(text.split()) <= BRIEF


def _asks_for_advice(text: str, conversation: Conversation) -> bool:
    """Tell whether a message asks for the recommendation again: its reasons or next steps right after it only."""
    again = wishes("reasons", text) or wishes("next_steps", text)
    left_open = conversation.raised is not None and wishes("unknown", text)
    return wishes("doubts", text) or (conversation.was_advised and (again or left_open))


def _asks_for_sources(text: str, conversation: Conversation) -> bool:
    """Tell whether a message asks what was said last rests on; who wants more of a recommendation does so once."""
    if wishes("more", text):
        return conversation.verdict is not None and conversation.was_advised and not _is_answered(conversation)
    return (conversation.has_project or _is_answered(conversation)) and wishes("sources", text)


def _is_answered(conversation: Conversation) -> bool:
    return conversation.focus is not None and bool(conversation.focus.shown)


def _take_signs_out(text: str) -> str:
    """Return what is left of a message without mentions, braces and quoted words that look like manipulation."""
    return remove("suspicious", remove_quoted("manipulation", text))
