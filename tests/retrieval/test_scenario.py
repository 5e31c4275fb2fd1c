"""A described project → findings in the user's own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.signals import Leaning, Need, Signal
from knowledge.store import Knowledge
from retrieval.scenario import read_scenario

TUNED, PROMPTED, RETRIEVAL = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING, Leaning.RETRIEVAL
DESCRIBED = st.text(
    alphabet=st.sampled_from("ab 1,.!?;:-–\n\t•()*") | st.characters(exclude_categories=["Cs"]), max_size=120
)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("We have 40,000 labelled examples from our own archive.", Signal(Need.DATA_REQUIREMENT, TUNED)),
        ("We have no examples at all.", Signal(Need.DATA_REQUIREMENT, PROMPTED)),
        ("It has to be live by Friday and there is no budget.", Signal(Need.TIME_AND_COST, PROMPTED)),
        ("Nobody on the team has ever trained a model.", Signal(Need.TECHNICAL_REQUIREMENTS, PROMPTED)),
        ("The tasks change every week.", Signal(Need.FLEXIBILITY, PROMPTED)),
        ("Every answer must have exactly the same format.", Signal(Need.OUTPUT_CONSISTENCY, TUNED)),
        ("Prices and stock change every day.", Signal(Need.CHANGING_FACTS, RETRIEVAL)),
        ("Millions of requests a day, under 50 ms each.", Signal(Need.VOLUME_LATENCY, TUNED)),
        ("We have tried many prompts and they no longer improve.", Signal(Need.PROMPTING_TRIED, TUNED)),
        ("The data must not leave our own servers.", Signal(Need.PRIVACY, TUNED)),
    ],
)
def test_a_plain_statement_is_read_for_what_it_shows(knowledge: Knowledge, text: str, signal: Signal) -> None:
    findings = read_scenario(text, knowledge)

    assert signal in {finding.signal for finding in findings}


def test_findings_quote_the_users_words_in_their_order_one_for_each_signal(knowledge: Knowledge) -> None:
    text = (
        "We run a small notary's office. We have 20,000 labelled deeds, but nobody here has ever trained a model; "
        "every deed must come out in exactly the same form.\n- no budget\n- 15,000 more labelled deeds next year"
    )

    findings = read_scenario(text, knowledge)

    assert findings
    places = [text.index(finding.words) for finding in findings]
    assert places == sorted(places)
    assert len({finding.signal for finding in findings}) == len(findings)


@pytest.mark.parametrize("text", ["", "ok", "???", "Good morning from Lisbon.", "My dog is called Llama."])
def test_talk_that_shows_nothing_gives_no_finding(knowledge: Knowledge, text: str) -> None:
    assert read_scenario(text, knowledge) == []


def test_the_order_of_a_list_changes_nothing_but_the_order_of_findings(knowledge: Knowledge) -> None:
    items = [
        "20,000 labelled deeds",
        "one fixed task",
        "two engineers who train models",
        "no deadline",
        "must be exact",
    ]
    forward = read_scenario("\n".join(f"- {item}" for item in items), knowledge)
    backward = read_scenario("\n".join(f"- {item}" for item in reversed(items)), knowledge)

    assert {(finding.signal, finding.words) for finding in forward} == {
        (finding.signal, finding.words) for finding in backward
    }


def test_whatever_is_written_the_words_of_each_finding_are_verbatim(knowledge: Knowledge) -> None:
    @settings(max_examples=25)
    @given(DESCRIBED)
    def check(text: str) -> None:
        assert all(finding.words in text for finding in read_scenario(text, knowledge))

    check()


def test_what_is_said_at_the_end_of_a_long_text_counts(knowledge: Knowledge) -> None:
    talk, shown = (
        "Good morning from Lisbon, it rains again and the trams are late. ",
        "We have 40,000 labelled examples.",
    )

    findings = read_scenario(talk * 60 + shown, knowledge)

    assert Signal(Need.DATA_REQUIREMENT, TUNED) in {finding.signal for finding in findings}


@pytest.mark.parametrize(
    ("text", "signal", "absent"),
    [
        (
            "None of our 40,000 letters is labelled.",
            Signal(Need.DATA_REQUIREMENT, PROMPTED),
            Signal(Need.DATA_REQUIREMENT, TUNED),
        ),
        (
            "The data is there, 40,000 labelled letters, but nobody here has ever trained a model.",
            Signal(Need.TECHNICAL_REQUIREMENTS, PROMPTED),
            Signal(Need.TECHNICAL_REQUIREMENTS, TUNED),
        ),
        (
            "A competitor of ours has 40,000 labelled chats. We have no examples at all.",
            Signal(Need.DATA_REQUIREMENT, PROMPTED),
            Signal(Need.DATA_REQUIREMENT, TUNED),
        ),
    ],
)
def test_negation_contrast_and_whose_it_is_are_understood(
    knowledge: Knowledge, text: str, signal: Signal, absent: Signal
) -> None:
    found = {finding.signal for finding in read_scenario(text, knowledge)}

    assert signal in found
    assert absent not in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time, 8000 labelled chats, one fixed task that never changes", "8000 labelled chats"),
        ("Ada and I: We have 8000 labelled chats and one fixed task.", "We have 8000 labelled chats"),
    ],
)
def test_a_finding_begins_and_ends_with_what_shows_it(knowledge: Knowledge, text: str, words: str) -> None:
    found = {finding.need: finding.words for finding in read_scenario(text, knowledge)}

    assert found[Need.DATA_REQUIREMENT] == words


def test_what_is_too_long_for_a_word_is_no_finding_of_its_own(knowledge: Knowledge) -> None:
    assert read_scenario("8000-labelled-chats-" + "x" * 200, knowledge) == []
    assert read_scenario("8000-labelled-chats", knowledge) != []


def test_the_same_words_show_one_leaning_of_a_need(knowledge: Knowledge) -> None:
    tweets = "We have 400 labelled tweets to sort into angry, happy and sad, what should we use?"
    shown = [finding for finding in read_scenario(tweets, knowledge) if finding.need is Need.DATA_REQUIREMENT]

    assert len(shown) == 1
