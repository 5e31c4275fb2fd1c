"""The caution that fits a recommendation best."""

from __future__ import annotations

import pytest

from bot.words import load_words
from knowledge.signals import Leaning, Need
from retrieval.cautions import choose_caution, load_caution_rules
from retrieval.pilot import plan_pilot
from retrieval.profile import Finding, Profile
from retrieval.quantities import parse_quantities
from retrieval.recommendation import Verdict

TUNE, PROMPT, BOTH = Verdict
NEW_FACTS = Finding(need=Need.CHANGING_FACTS, leaning=Leaning.RETRIEVAL, words="prices")
NO_BASE = Finding(need=Need.BASE_MODEL_TUNABLE, leaning=Leaning.PROMPT_ENGINEERING, words="its model")


def choose(verdict: Verdict, text: str, *findings: Finding) -> str:
    profile = Profile().add_findings(findings).add_quantities(parse_quantities(text)).add_text(text)
    return choose_caution(verdict, profile, plan_pilot(profile))


@pytest.mark.parametrize(
    ("verdict", "text", "caution"),
    [
        (TUNE, "We want a bot that answers from 3 years of Discord chat logs.", "discord_messages"),
        (BOTH, "All messages of our server on Discord, 90k of them.", "discord_messages"),
        (PROMPT, "Can we train it on the Discord messages of our guild?", "discord_messages"),
        (PROMPT, "A Discord bot that answers messages about our game.", "prompt_engineering"),
        (TUNE, "A Discord bot for our game, 9,000 checked answers.", "fine_tuning"),
        (TUNE, "48,000 discharge letters of our patients", "personal_data"),
        (PROMPT, "Summaries for patients, no examples", "sensitive_prompts"),
        (TUNE, "It should write like the novels of one author, 900 chapters.", "copyright"),
        (TUNE, "5,000 answers, on gpt-3.5 as up to now", "retired_base"),
        (TUNE, "90 labelled descriptions of pianos", "few_examples"),
        (TUNE, "9,000 labelled descriptions of pianos", "fine_tuning"),
        (PROMPT, "90 descriptions of pianos", "prompt_engineering"),
        (BOTH, "Descriptions of pianos.", "both"),
    ],
)
def test_the_description_chooses_the_caution(verdict: Verdict, text: str, caution: str) -> None:
    assert choose(verdict, text) == caution


def test_findings_choose_a_caution_where_its_verdict_is_given() -> None:
    assert choose(BOTH, "Prices change.", NEW_FACTS) == "facts_trained_in"
    assert choose(PROMPT, "Prices change.", NEW_FACTS) == "prompt_engineering"
    assert choose(BOTH, "Its model cannot be tuned.", NO_BASE) == "retired_base"


def test_of_several_cautions_the_first_in_the_list_counts() -> None:
    assert choose(TUNE, "30 Discord messages of patients", NEW_FACTS) == "discord_messages"


def test_what_was_said_in_an_earlier_message_still_counts() -> None:
    assert choose(TUNE, "All Discord messages we have.\nWe have 20k now.") == "discord_messages"


@pytest.mark.parametrize("caution", sorted({rule.caution for rule in load_caution_rules()} | set(Verdict)))
def test_every_caution_has_words(caution: str) -> None:
    assert load_words()["cautions"][caution].endswith((".", "8563934450327", "deprecations", "2405.05904"))
