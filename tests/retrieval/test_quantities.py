"""Quantities are read as people write them, in their own words; what is no quantity is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from retrieval.quantities import parse_quantities
from retrieval.quantity import Deadline, Duration, Examples, Gpus, Money, People, Quantity, Range, Requests

Fact = tuple[object, ...]


def tell(quantity: Quantity) -> Fact:
    """Return what a quantity says, in short."""
    match quantity:
        case Examples():
            return ("examples", *ends(quantity.count), quantity.labelled)
        case Money():
            return ("money", *ends(quantity.amount), quantity.currency, quantity.period)
        case Duration() | Deadline():
            return (quantity.kind, *ends(quantity.days))
        case Gpus():
            return ("gpus", *ends(quantity.count), quantity.model)
        case Requests():
            return ("requests", *ends(quantity.per_day))
        case People():
            return ("people", *ends(quantity.count), quantity.skill)


def ends(stated: Range | None) -> Fact:
    """Return a number, or both ends of a range."""
    if stated is None:
        return (None,)
    low, high = round(stated.low, 3), round(stated.high, 3)
    return (low,) if low == high else ((low, high),)


PHRASINGS: list[tuple[str, list[Fact]]] = [
    # examples, by how their number is written
    ("8k rated support chats", [("examples", 8_000, True)]),
    ("We own 1.2M chat transcripts", [("examples", 1_200_000, None)]),
    ("12.000 Tickets liegen vor", [("examples", 12_000, None)]),
    ("12,000 letters", [("examples", 12_000, None)]),
    ("1 200 letters", [("examples", 1_200, None)]),
    ("1\N{NARROW NO-BREAK SPACE}200 letters", [("examples", 1_200, None)]),
    ("a couple thousand emails", [("examples", 2_000, None)]),
    ("a couple of emails", [("examples", 2, None)]),
    ("11 thousend letters", [("examples", 11_000, None)]),
    ("half a million invoices", [("examples", 500_000, None)]),
    ("half a dozen essays", [("examples", 6, None)]),
    ("maybe a dozen examples", [("examples", 12, None)]),
    ("three thousand five hundred notes", [("examples", 3_500, None)]),
    ("thirty-five thousand sentences", [("examples", 35_000, None)]),
    ("2 lakh records", [("examples", 200_000, None)]),
    ("1.5 crore rows", [("examples", 15_000_000, None)]),
    ("1,2 Mio rows", [("examples", 1_200_000, None)]),
    ("20-30k chats", [("examples", (20_000, 30_000), None)]),
    ("20k – 30k chats", [("examples", (20_000, 30_000), None)]),
    ("between 20 and 30 thousand chats", [("examples", (20_000, 30_000), None)]),
    ("500-1k posts", [("examples", (500, 1_000), None)]),
    ("ten to twelve letters", [("examples", (10, 12), None)]),
    ("a few hundred tickets", [("examples", (300, 500), None)]),
    ("thousands of past quotes", [("examples", (2_000, 9_000), None)]),
    ("hundreds of thousands of posts", [("examples", (200_000, 900_000), None)]),
    ("5m rows", [("examples", 5_000_000, None)]),
    ("5M rows", [("examples", 5_000_000, None)]),
    ("I have 2000 tickets", [("examples", 2_000, None)]),
    # examples, by numbers that might be years or telephone numbers
    ("a dataset of 2000 labelled emails", [("examples", 2_000, True)]),
    ("around 2000 tickets", [("examples", 2_000, None)]),
    ("around 2000 examples", [("examples", 2_000, None)]),
    ("a corpus of 1950 letters", [("examples", 1_950, None)]),
    ("sampled from 2000 tickets", [("examples", 2_000, None)]),
    ("between 2000 and 2100 letters", [("examples", (2_000, 2_100), None)]),
    ("500-1000 labelled tickets", [("examples", (500, 1_000), True)]),
    # examples, by how they are named
    ("500k labeled", [("examples", 500_000, True)]),
    ("Data: 22k, English and Tagalog, labelled.", [("examples", 22_000, True)]),
    ("examples: 11", [("examples", 11, None)]),
    ("250,000 anonymised court rulings", [("examples", 250_000, None)]),
    ("12k question/answer pairs", [("examples", 12_000, True)]),
    ("the judges' verdicts are there, roughly 19,000.", [("examples", 19_000, None)]),
    ("300 of them are annotated", [("examples", 300, True)]),
    ("no examples yet", [("examples", 0, None)]),
    ("we have no data.", [("examples", 0, None)]),
    ("one example per class", [("examples", 1, None)]),
    # labelled or not
    ("200k letters, none of it is annotated", [("examples", 200_000, False)]),
    ("200k letters. None of them are labelled.", [("examples", 200_000, False)]),
    ("200k letters, not labelled", [("examples", 200_000, False)]),
    ("5k posts, unlabeled", [("examples", 5_000, False)]),
    ("5k raw chats", [("examples", 5_000, False)]),
    ("None of the 30k hotline tickets carry a label.", [("examples", 30_000, False)]),
    ("All of the 30k hotline tickets carry a label.", [("examples", 30_000, True)]),
    ("an archive of 9k reports, but nobody has ever sorted or tagged one", [("examples", 9_000, False)]),
    ("90k tickets, still to be labelled", [("examples", 90_000, False)]),
    ("90k tickets. Two teams use them, and every answer must be checked.", [("examples", 90_000, None)]),
    ("90k tickets, half of them labelled", [("examples", 90_000, None)]),
    ("7,700 notes, no shortage of labels", [("examples", 7_700, True)]),
    ("4k reports, each coded by a nurse", [("examples", 4_000, True)]),
    ("6k essays with the teacher's marks", [("examples", 6_000, True)]),
    ("5k labelled mails and 20k unlabelled posts", [("examples", 5_000, True), ("examples", 20_000, False)]),
    ("Out of 6,000 notes precisely 11 were checked", [("examples", 6_000, None)]),
    # money
    ("€200 a month", [("money", 200, "EUR", "month")]),
    ("$5/mo", [("money", 5, "USD", "month")]),
    ("200 quid", [("money", 200, "GBP", None)]),
    ("20 bucks/month tops", [("money", 20, "USD", "month")]),
    ("5 lakh rupees", [("money", 500_000, "INR", None)]),
    ("Rs. 500 per year", [("money", 500, "INR", "year")]),
    ("40k euros for october", [("money", 40_000, "EUR", None)]),
    ("75 pounds, one-off", [("money", 75, "GBP", "once")]),
    ("10 bucks a week", [("money", 42.857, "USD", "month")]),
    ("€5k–€10k", [("money", (5_000, 10_000), "EUR", None)]),
    ("$500 to $1000 upfront", [("money", (500, 1_000), "USD", "once")]),
    ("$5m in funding", [("money", 5_000_000, "USD", None)]),
    ("a few cents per month", [("money", (0.03, 0.05), None, "month")]),
    ("ten grand", [("money", 10_000, None, None)]),
    ("a budget of 5k", [("money", 5_000, None, None)]),
    ("a budget of 2000", [("money", 2_000, None, None)]),
    ("around 2000 euros", [("money", 2_000, "EUR", None)]),
    ("it costs us 9k monthly", [("money", 9_000, None, "month")]),
    ("our API bill: 38k a month", [("money", 38_000, None, "month")]),
    ("2k budget", [("money", 2_000, None, None)]),
    ("no budget", [("money", 0, None, None)]),
    ("monthly budget: $300", [("money", 300, "USD", "month")]),
    # time
    ("we have six months", [("duration", 180)]),
    ("3 wks of work", [("duration", 21)]),
    ("two and a half months", [("duration", 75)]),
    ("half a year", [("duration", 182.5)]),
    ("2-3 weeks", [("duration", (14, 21))]),
    ("a 6-month project", [("duration", 180)]),
    ("it takes 5m", [("duration", 0.003)]),
    ("a 48h hackathon", [("duration", 2)]),
    ("due in 3 weeks", [("deadline", 21)]),
    ("4 days left", [("deadline", 4)]),
    ("the season starts in a month", [("deadline", 30)]),
    ("It has to run by Friday.", [("deadline", None)]),
    ("launch on the 3rd", [("deadline", None)]),
    ("due tomorrow", [("deadline", 1)]),
    ("by the end of next week", [("deadline", None)]),
    ("before 12 June", [("deadline", None)]),
    ("live by 2027", [("deadline", None)]),
    # graphics cards
    ("one 4090", [("gpus", 1, "4090")]),
    ("2xA100", [("gpus", 2, "A100")]),
    ("8 x H100, ours", [("gpus", 8, "H100")]),
    ("A100 ×4", [("gpus", 4, "A100")]),
    ("an RTX 3090 in my PC", [("gpus", 1, "RTX 3090")]),
    ("two 3090s", [("gpus", 2, "3090")]),
    ("my 4090 box", [("gpus", 1, "4090")]),
    ("64 GPUs", [("gpus", 64, None)]),
    ("no GPUs", [("gpus", 0, None)]),
    ("we don't have any GPUs", [("gpus", 0, None)]),
    ("a room full of H100s", [("gpus", None, "H100")]),
    ("I have a GPU", [("gpus", 1, None)]),
    # requests
    ("4M mails a day", [("requests", 4_000_000)]),
    ("600 per second at peak", [("requests", 51_840_000)]),
    ("20 rps", [("requests", 1_728_000)]),
    ("a peak of 2000 requests a day", [("requests", 2_000)]),
    ("15,000 a minute", [("requests", 21_600_000)]),
    ("40k requests per hour", [("requests", 960_000)]),
    ("10k req/day", [("requests", 10_000)]),
    ("1.5 crore requests per month", [("requests", 500_000)]),
    ("50-60 calls a week", [("requests", (7.143, 8.571))]),
    ("with each of 20M daily calls", [("requests", 20_000_000)]),
    ("every day we get 5000 mails", [("requests", 5_000)]),
    ("5000 tickets arrive every day", [("requests", 5_000)]),
    ("it goes out 300k times a day", [("requests", 300_000)]),
    # people
    ("two ML engineers", [("people", 2, "machine_learning")]),
    ("5 data scientists, 1 platform engineer", [("people", 5, "machine_learning"), ("people", 1, "software")]),
    ("Two of us have trained models before.", [("people", 2, "machine_learning")]),
    ("Two of us have never trained anything.", []),
    ("I'm an ML engineer", [("people", 1, "machine_learning")]),
    ("we should hire an ML engineer", []),
    ("no ML engineers", [("people", 0, "machine_learning")]),
    ("three senior devs", [("people", 3, "software")]),
    ("one prompt engineer", [("people", 1, "prompting")]),
    # no quantities
    ("GPT-4 and Llama 3 8B, on Python 3.12", []),
    ("a 7B model with 32k context", []),
    ("in 2027, or since 1999, or 2008-2024", []),
    ("the 2019 emails, from 2021 letters on, 2008-2024 reports, tickets of 2019", []),
    ("ring 555-1234, or 555-0123", []),
    ("on 2026-05-03, 3.5.2026 or May 3", []),
    ("call 555-123-4567 or +49 170 1234567", []),
    ("24/7 until 14:30 or 7pm", []),
    ("97% of it, or 5 percent", []),
    ("RTX 3090 hours are what the A100 hours are", []),
    ("12 board members, 3 clients, 37 fault classes", []),
    ("20 years of logs, for the last 3 weeks, every 2 weeks, 4 weeks old", []),
    ("3 cents per call, $20 a seat, experts charge 300 an hour", []),
    ("we earn 5k a month", []),
    ("they hand me 2,500 annotated examples a month", []),
    ("zero-shot or few-shot, twice a day", []),
    ("not one pair", []),
    ("3 test cases, 2 use cases", []),
    ("what's a GPU? we need no GPU time", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "facts"), PHRASINGS, ids=[text for text, _ in PHRASINGS])
def test_a_phrasing_states_what_people_mean_by_it(text: str, facts: list[Fact]) -> None:
    assert [tell(quantity) for quantity in parse_quantities(text)] == facts


def test_a_whole_project_is_read_in_the_order_and_words_of_its_text() -> None:
    text = (
        "8k rated support chats, 4M mails a day; two of us have trained models. "
        "€200 a month, one 4090, and it must run in 3 wks."
    )

    assert [(quantity.kind, quantity.words) for quantity in parse_quantities(text)] == [
        ("examples", "8k rated support chats"),
        ("requests", "4M mails a day"),
        ("people", "two of us have trained"),
        ("money", "€200 a month"),
        ("gpus", "one 4090"),
        ("deadline", "in 3 wks"),
    ]


CORRECTIONS: list[tuple[str, list[Fact]]] = [
    ("We have 200k labelled tickets. Sorry, I meant 200, not 200k.", [("examples", 200, True)]),
    ("200k labelled tickets, make that 200", [("examples", 200, True)]),
    ("200k labelled tickets (make that 200 not 200k), no GPUs", [("examples", 200, True), ("gpus", 0, None)]),
    ("€50 a month and 200k tickets. Correction: €80.", [("examples", 200_000, None), ("money", 80, "EUR", "month")]),
    ("€50 a month and 200k tickets. I meant 80, not 50.", [("examples", 200_000, None), ("money", 80, "EUR", "month")]),
    ("due in 3 weeks, no, 4", [("deadline", 28)]),
    ("5k mails a day. oops, typo: 5M mails a day", [("requests", 5_000_000)]),
    ("It's not 200k but 200 tickets", [("examples", 200, None)]),
    ("4 million requests a month, not 4 thousand", [("requests", 133_333.333)]),
    ("A thousand? No, ten thousand annotated leases", [("examples", 10_000, True)]),
    ("two ML engineers; sorry, three", [("people", 3, "machine_learning")]),
    # nothing there to correct
    ("sorry, I meant 200, not 200k", []),
    ("Sorry for the long post: 8k tickets", [("examples", 8_000, None)]),
    ("8k tickets. Sorry, it's €50 a month", [("examples", 8_000, None), ("money", 50, "EUR", "month")]),
    ("due by Friday. make that 200", [("deadline", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), CORRECTIONS, ids=[text for text, _ in CORRECTIONS])
def test_what_is_corrected_gives_way_to_what_corrects_it(text: str, facts: list[Fact]) -> None:
    assert [tell(quantity) for quantity in parse_quantities(text)] == facts


def test_a_correction_says_what_it_corrects() -> None:
    (corrected,) = parse_quantities("We have 200k labelled tickets. Sorry, I meant 200, not 200k.")

    assert (corrected.words, corrected.corrects) == ("200", "200k labelled tickets")


def test_what_was_stated_in_earlier_turns_can_be_corrected() -> None:
    earlier = parse_quantities("200k labelled tickets, €50 a month")
    (corrected,) = parse_quantities("make that 200, not 200k", earlier)

    assert tell(corrected) == ("examples", 200, True)
    assert corrected.corrects == "200k labelled tickets"


def test_later_statements_that_correct_nothing_stand_beside_earlier_ones() -> None:
    earlier = parse_quantities("200k labelled tickets")

    assert [tell(each) for each in parse_quantities("and 300 emails", earlier)] == [("examples", 300, None)]


def test_a_quantity_survives_being_written_down_and_does_not_change() -> None:
    """Its kind says which one it is."""
    quantities = parse_quantities("8k chats, €200 a month, by Friday, one 4090, 4M mails a day, two devs, six months")
    shape = TypeAdapter(tuple[Quantity, ...])

    assert {quantity.kind for quantity in quantities} == {
        "examples", "money", "deadline", "gpus", "requests", "people", "duration",
    }  # fmt: skip
    assert shape.validate_json(shape.dump_json(quantities)) == quantities
    with pytest.raises(ValidationError, match="frozen"):
        quantities[0].words = "else"  # type: ignore[misc]  # which is what it refuses


def test_a_range_has_its_lower_end_first() -> None:
    with pytest.raises(ValidationError, match="low must not be above high: 3"):
        Range(low=3, high=2)


PIECES = st.sampled_from(
    [
        "8k", "1.2M", "12.000", "5m", "a", "half a million", "20-30k", "€200", "$5", "/mo", "a month",
        "per day", "no", "two", "one", "not", "labelled", "tickets", "examples", "GPUs", "4090", "A100", "x2",
        "ML engineers", "of them", "by Friday", "in 3 weeks", "sorry, I meant", "make that", ", not", ".", ",",
        "\n", "%", "budget", "weeks", "years", "and", "or", "to", "-", "2027", "K", "ſ", "İ", "ı", "٣", "½",
        "²", "999999999999999999999", "million", "thousands of", "0", "\N{NO-BREAK SPACE}",
        "\N{NARROW NO-BREAK SPACE}", "lakh", "dozen", "none", "is",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)


@given(TEXTS)
def test_whatever_is_written_is_read_word_for_word_in_its_order(text: str) -> None:
    """Nothing raises, every span is verbatim, none overlaps another."""
    quantities = parse_quantities(text)

    position = 0
    for quantity in quantities:
        assert position <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.words
        position = quantity.end


@given(TEXTS, TEXTS)
def test_whatever_was_stated_before_may_be_corrected(before: str, text: str) -> None:
    earlier = parse_quantities(before)

    for quantity in parse_quantities(text, earlier):
        assert text[quantity.start : quantity.end] == quantity.words


@given(st.integers(0, 10**12))
def test_a_number_is_read_as_it_is_grouped_in_any_way(count: int) -> None:
    grouped = f"{count:,}"
    for text in (f"{count} examples", *(f"{grouped.replace(',', mark)} examples" for mark in ",.' ")):
        (stated,) = parse_quantities(text)
        assert tell(stated) == ("examples", count, None)


@pytest.mark.parametrize(
    "text",
    [
        "we have 20k now", "20k now", "it's 20k now", "by now we've got about 20k", "update: 20k",
        "there are 20k by now, all checked", "We now have 20k.",
    ],
)  # fmt: skip
def test_how_many_examples_there_are_by_now_corrects_how_many_there_were(text: str) -> None:
    earlier = parse_quantities("300 labelled tickets, a budget of 5k and 200 requests a day")

    (counted,) = parse_quantities(text, earlier)

    assert tell(counted) == ("examples", 20_000, True)
    assert counted.corrects == "300 labelled tickets"


@pytest.mark.parametrize(
    "text", ["we pay 20k now", "our team is 50 now", "We have 2 now", "budget is 20k now", "now it handles 300 users"]
)
def test_what_else_is_so_by_now_is_no_number_of_examples(text: str) -> None:
    assert parse_quantities(text, parse_quantities("300 labelled tickets")) == ()


def test_nothing_is_counted_by_now_where_no_examples_were_counted_before() -> None:
    assert parse_quantities("we have 20k now") == ()


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("€50 a month, sorry, 80", "make that 90, not 80", ("money", 90, "EUR", "month")),
        ("due in 3 weeks, no, 4", "no, 5", ("deadline", 35)),
        ("5k mails a day. oops, typo: 5M", "I meant 6M, not 5M", ("requests", 6_000_000)),
    ],
)
def test_a_correction_that_names_only_a_number_can_be_corrected(first: str, then: str, fact: Fact) -> None:
    assert [tell(each) for each in parse_quantities(then, parse_quantities(first))] == [fact]


def test_a_correction_takes_the_place_of_some_rather_than_of_none() -> None:
    earlier = parse_quantities("5,000 labelled receipts, and for the chat no examples")

    (corrected,) = parse_quantities("sorry, only 900 receipts", earlier)

    assert corrected.corrects == "5,000 labelled receipts"
