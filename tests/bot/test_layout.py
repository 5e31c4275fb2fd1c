"""Whatever a reply says, Discord takes it: within the limits, nothing lost, nobody called."""

from __future__ import annotations

import re

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.controls.card import TEMPLATE as CARD_TEMPLATE
from bot.controls.card import Act, CardButton
from bot.controls.choice import TEMPLATE, ChoiceButton
from bot.controls.gap import TEMPLATE as GAP_TEMPLATE
from bot.controls.what_if import MENU_TEMPLATE, WhatIfButton, WhatIfMenu
from bot.controls.what_if import TEMPLATE as WHAT_IF_TEMPLATE
from bot.gaps.gap import Gap
from bot.layout import PAGE, Stage, escape_markup, lay_out, lay_text
from bot.pictures.picture import Picture
from bot.reply import Reply, ReplyKind, SignalShape
from bot.what_if import phrase_question
from bot.words import load_words
from knowledge.signals import Leaning, Need, Signal
from retrieval.questions import list_answers, load_questions
from retrieval.recommendation import Verdict
from tests.fake_discord import ComponentType, MessageFlag
from tests.fake_discord.limits import check_message
from tests.fake_discord.payloads import walk
from tests.fake_discord.protocol import Json

MOST = 20_000
MOST_BYTES = 10_000
ADA = 123_456_789_012_345_678
PING = re.compile(r"@everyone|@here|<@[!&]?\d{17,20}>")
PARTS = st.one_of(
    st.sampled_from(
        [
            "word", "two words", " ", "\n", "\n\n", "- ", "1. ", "@everyone", "@here", f"<@{ADA}>", f"<@!{ADA}>",
            f"<@&{ADA}>", "https://example.org/a_b_c?d=*e*", "[text](https://example.org)", "**bold**", "`code`",
            "```\nblock\n```", "||spoiler||", "> quote", "# Title", "\\", "😀", "漢字", "e\u0301", "\u200b", "\u2028",
            "x" * 500, "ü" * 3_500, "👩‍👩‍👧",
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip
TEXTS = (
    st.tuples(st.lists(PARTS, min_size=1, max_size=40), st.integers(1, 400))
    .map(lambda parts: ("".join(parts[0]) * parts[1])[:MOST])
    .filter(str.strip)
)
many = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def show(reply: Reply) -> list[list[Json]]:
    """Return the components of each message that Discord gets."""
    return [view.to_components() for view in lay_out(reply, Stage(asker=ADA))]  # type: ignore[no-untyped-call]  # discord.py's


def read(components: list[Json]) -> str:
    """Return the text of a message."""
    return "".join(part["content"] for part in walk(components) if part["type"] == ComponentType.TEXT)


def unescape(text: str) -> str:
    """Return text as Discord shows it."""
    return re.sub(r"\\([\\*_~|`\[\]<>#])", r"\1", text).replace("@\u200b", "@")


@many
@given(TEXTS)
def test_every_message_is_within_the_limits(text: str) -> None:
    messages = show(Reply(kind="answer", text=text))

    assert messages
    for components in messages:
        assert not list(check_message({"components": components, "flags": MessageFlag.COMPONENTS_V2}, {}))
        assert 0 < len(read(components)) <= PAGE
        assert len(read(components).encode()) < MOST_BYTES
        assert read(components).strip()


@many
@given(TEXTS)
def test_no_word_is_lost_and_none_is_said_twice(text: str) -> None:
    shown = "".join(map(read, show(Reply(kind="answer", text=text))))

    assert "".join(shown.split()) == "".join(escape_markup(text).split())


@many
@given(TEXTS.filter(lambda text: max(len(word.encode()) for word in re.split("[ \n]", escape_markup(text))) <= PAGE))
def test_words_stay_whole(text: str) -> None:
    shown = [word for components in show(Reply(kind="answer", text=text)) for word in read(components).split()]

    assert shown == escape_markup(text).split()


@many
@given(TEXTS)
def test_nobody_is_called(text: str) -> None:
    for components in show(Reply(kind="answer", text=text)):
        assert not PING.search(read(components))


@many
@given(TEXTS.filter(lambda text: "http" not in text and "\u200b" not in text))
def test_text_is_shown_as_it_stands(text: str) -> None:
    """What would be formatting is escaped, so that people read it."""
    assert unescape(escape_markup(text)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("[here](https://evil.example)", r"\[here\](https://evil.example)"),
        ("see https://example.org/a_b_(c)#d for more_", r"see https://example.org/a_b_(c)#d for more\_"),
        (
            "https://x.org<[free](https://evil.example)**b**||s||",
            r"https://x.org\<\[free\](https://evil.example)\*\*b\*\*\|\|s\|\|",
        ),
        ("https://x.org\\<b", r"https://x.org\\\<b"),
        ("'https://x.org'__u__", r"'https://x.org'\_\_u\_\_"),
        ("https://x.org`code`", r"https://x.org\`code\`"),
        ("@everyone, look", "@\u200beveryone, look"),
        (f"<@{ADA}>", f"\\<@\u200b{ADA}\\>"),
        ("# Title", r"\# Title"),
        ("plain, and nothing else.", "plain, and nothing else."),
    ],
)
def test_markup_is_escaped_and_addresses_stay_whole(text: str, escaped: str) -> None:
    assert escape_markup(text) == escaped


def test_a_short_reply_is_one_message() -> None:
    assert [read(components) for components in show(Reply(kind="answer", text="One.\n\nTwo."))] == ["One.\n\nTwo."]


def test_a_long_reply_breaks_between_paragraphs() -> None:
    paragraph = "A sentence of some length. " * 40
    pages = [read(components) for components in show(Reply(kind="answer", text="\n\n".join([paragraph] * 9)))]

    assert len(pages) > 1
    for page in pages:
        assert set(page.split("\n\n")) == {paragraph.strip()} or set(page.split("\n\n")) <= {
            paragraph,
            paragraph.strip(),
        }


@pytest.mark.parametrize("need", list(Need))
def test_choices_are_buttons_with_skip_after_the_last(need: Need) -> None:
    """Each button is told by an id that says whom it is for and which answer it is."""
    choices = tuple(load_questions()[need].choices)
    components = show(Reply(kind="clarifying_question", text="Which?", asks=need, choices=choices))[0]
    buttons = [part for part in walk(components) if part["type"] == ComponentType.BUTTON]

    assert not list(check_message({"components": components, "flags": MessageFlag.COMPONENTS_V2}, {}))
    assert [button["label"] for button in buttons] == [*choices, load_words()["discord"]["skip"]]
    for place, button in enumerate(buttons):
        match = TEMPLATE.fullmatch(button["custom_id"])
        assert match is not None
        assert match.groupdict() == {"asker": str(ADA), "need": need, "place": str(place), "key": None}


def test_a_gap_has_one_button_that_tells_whose_it_is_and_which() -> None:
    """It stands below the last message of the reply."""
    gap, reply = Gap(reason="near"), Reply(kind="out_of_scope", text="No. " * 2_000)
    *others, last = [view.to_components() for view in lay_out(reply, Stage(asker=ADA, gap=gap))]  # type: ignore[no-untyped-call]  # as above
    (button,) = [part for part in walk(last) if part["type"] == ComponentType.BUTTON]
    match = GAP_TEMPLATE.fullmatch(button["custom_id"])

    assert others
    assert not any(part["type"] == ComponentType.BUTTON for components in others for part in walk(components))
    assert not list(check_message({"components": last, "flags": MessageFlag.COMPONENTS_V2}, {}))
    assert button["label"] == load_words()["discord"]["gap"]["send"]
    assert match is not None
    assert match.groupdict() == {"asker": str(ADA), "key": gap.key}


def recommend(text: str, *what_ifs: Signal) -> Reply:
    shapes = tuple(SignalShape(need=signal.need, leaning=signal.leaning) for signal in what_ifs)
    return Reply(kind="recommendation", text=text, what_ifs=shapes)


@pytest.mark.parametrize("first", range(0, len(list_answers()), 3))
def test_what_flips_a_recommendation_is_a_button_and_all_else_is_in_a_menu(first: int) -> None:
    """They stand below the last message and say whose they are and what is supposed."""
    flips = list_answers()[first : first + 3]
    *others, last = show(recommend("Why? " * 2_000, *flips))
    buttons = [part for part in walk(last) if part["type"] == ComponentType.BUTTON]
    (menu,) = [part for part in walk(last) if part["type"] == ComponentType.SELECT]

    assert others
    assert not {ComponentType.BUTTON, ComponentType.SELECT} & {part["type"] for page in others for part in walk(page)}
    assert not list(check_message({"components": last, "flags": MessageFlag.COMPONENTS_V2}, {}))
    assert [button["label"] for button in buttons] == [phrase_question(flip) for flip in flips]
    assert [option["label"] for option in menu["options"]] == [phrase_question(signal) for signal in list_answers()]
    for button, flip in zip(buttons, flips, strict=True):
        match = WHAT_IF_TEMPLATE.fullmatch(button["custom_id"])
        assert match is not None
        assert match.groupdict() == {"asker": str(ADA), "need": flip.need, "leaning": flip.leaning, "key": None}
    assert MENU_TEMPLATE.fullmatch(menu["custom_id"])


def test_a_recommendation_that_nothing_flips_has_the_menu_only() -> None:
    kinds = [part["type"] for part in walk(show(recommend("So."))[0])]

    assert ComponentType.SELECT in kinds
    assert ComponentType.BUTTON not in kinds


def test_below_what_is_only_supposed_nothing_can_be_tapped() -> None:
    kinds = {part["type"] for part in walk(show(Reply(kind="what_if", text="So."))[0])}

    assert not kinds & {ComponentType.BUTTON, ComponentType.SELECT}


async def test_a_supposition_that_is_tapped_or_picked_knows_what_it_was() -> None:
    """Nothing but its id is needed, so that it works after a restart."""
    supposed = Signal(Need.PRIVACY, Leaning.FINE_TUNING)
    before = WhatIfButton(ADA, supposed)
    tapped, used = WHAT_IF_TEMPLATE.fullmatch(before.custom_id), MENU_TEMPLATE.fullmatch(WhatIfMenu(ADA).custom_id)
    assert tapped is not None
    assert used is not None

    after = await WhatIfButton.from_custom_id(None, before.item, tapped)  # type: ignore[arg-type]  # as below
    menu = await WhatIfMenu.from_custom_id(None, before.item, used)  # type: ignore[arg-type]  # it is not looked at

    assert (after.asker, after.supposed) == (ADA, supposed)
    assert menu.asker == ADA


@pytest.mark.parametrize("character", ["x", "ü", "漢", "\N{GRINNING FACE}"])
def test_a_message_is_within_what_discord_takes_in_bytes_in_any_script(character: str) -> None:
    pages = [read(components) for components in show(Reply(kind="answer", text=character * MOST))]

    assert "".join(pages) == character * MOST
    assert max(len(page.encode()) for page in pages) < MOST_BYTES


def test_choices_stand_below_the_last_message() -> None:
    reply = Reply(kind="clarifying_question", text="Why? " * 2_000, asks=Need.PRIVACY, choices=("Yes", "No"))
    *others, last = [[part["type"] for part in walk(components)] for components in show(reply)]

    assert others
    assert not any(ComponentType.BUTTON in kinds for kinds in others)
    assert last.count(ComponentType.BUTTON) == 3


def test_a_long_choice_is_cut_to_what_a_button_holds() -> None:
    reply = Reply(kind="clarifying_question", text="Which?", asks=Need.PRIVACY, choices=("x" * 500, "y" * 500))
    components = show(reply)[0]

    assert not list(check_message({"components": components, "flags": MessageFlag.COMPONENTS_V2}, {}))


async def test_a_button_that_is_tapped_knows_what_it_was() -> None:
    """Nothing but its id is needed, so that a button works after a restart."""
    before = ChoiceButton(ADA, Need.PRIVACY, 1, "A hosted model is fine")
    match = TEMPLATE.fullmatch(before.item.custom_id or "")
    assert match is not None

    tapped: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(label="A hosted model is fine")
    after = await ChoiceButton.from_custom_id(None, tapped, match)  # type: ignore[arg-type]  # it is not looked at

    assert (after.asker, after.need, after.place) == (ADA, Need.PRIVACY, 1)
    assert after.item.label == "A hosted model is fine"


KEY = "0" * 32
PARTS_OF_A_CARD = ("Both (confidence: high)", "Use both.", "Why:\n- “we *have* 9k”: examples.", "Next steps:\n1. Go.")
CARD = Reply(kind="recommendation", text="Everything. " * 40, card=PARTS_OF_A_CARD, verdict=Verdict.BOTH)
PICTURE = Picture(png=b"\x89PNG", name="balance.png", alt="A seesaw.")


def show_staged(reply: Reply, stage: Stage, *pictures: Picture) -> list[Json]:
    (view,) = lay_out(reply, stage, pictures)
    components: list[Json] = view.to_components()  # type: ignore[no-untyped-call]  # as above
    return components


def list_acts(components: list[Json]) -> list[str]:
    ids = [part["custom_id"] for part in walk(components) if part["type"] == ComponentType.BUTTON]
    return [custom_id.split(":")[1] for custom_id in ids if custom_id.startswith("card:")]


def test_a_recommendation_is_a_card_with_its_picture_below_the_verdict() -> None:
    components = show_staged(CARD, Stage(asker=ADA, key=KEY), PICTURE)
    (card, *_) = components

    assert card["type"] == ComponentType.CONTAINER
    assert [part["type"] for part in card["components"]][:2] == [ComponentType.TEXT, ComponentType.GALLERY]
    assert card["components"][0]["content"] == "### Both (confidence: high)"
    assert card["components"][1]["items"][0]["media"]["url"] == "attachment://balance.png"
    assert card["components"][1]["items"][0]["description"] == "A seesaw."
    assert "**Why:**\n- “we \\*have\\* 9k”" in read(components)


def test_a_card_that_is_too_long_is_told_in_pages_with_its_picture_first() -> None:
    long = CARD.model_copy(update={"card": ("Both", "x" * PAGE)})

    components = show_staged(long, Stage(asker=ADA), PICTURE)

    assert components[0]["type"] == ComponentType.GALLERY
    assert read(components) == long.text.strip()


@pytest.mark.parametrize(
    ("kind", "stage", "acts"),
    [
        ("recommendation", Stage(asker=ADA), []),
        ("recommendation", Stage(asker=ADA, key=KEY), ["why", "like", "dislike", "delete"]),
        ("answer", Stage(asker=ADA, key=KEY), ["like", "dislike", "delete"]),
        ("answer", Stage(asker=ADA, key=KEY, sharable=True), ["share", "like", "dislike", "delete"]),
        ("answer", Stage(asker=ADA, key=KEY, feedback=False), ["delete"]),
        ("listing", Stage(asker=ADA, key=KEY), ["delete"]),
        ("clarifying_question", Stage(asker=ADA, key=KEY), ["delete"]),
    ],
)
def test_what_can_be_done_with_a_reply_depends_on_what_and_where_it_is(
    kind: ReplyKind, stage: Stage, acts: list[str]
) -> None:
    assert list_acts(show_staged(Reply(kind=kind, text="So."), stage)) == acts


def test_whatever_acts_on_a_project_names_the_reply_that_is_about_it() -> None:
    asked = Reply(kind="clarifying_question", text="Which?", asks=Need.PRIVACY, choices=("This", "That"))
    signals = (SignalShape(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING),)
    advised = CARD.model_copy(update={"what_ifs": signals})

    for reply, count in ((asked, 3), (advised, 2)):
        components = show_staged(reply, Stage(asker=ADA, key=KEY))
        ids = [part["custom_id"] for part in walk(components) if "custom_id" in part]
        assert len([each for each in ids if each.endswith(KEY) and not each.startswith("card:")]) == count


@pytest.mark.parametrize("reply", [CARD, Reply(kind="answer", text="So. " * 2_000)])
def test_who_shares_a_reply_is_named_above_the_first_of_its_messages(reply: Reply) -> None:
    first, *others = [
        read(view.to_components())  # type: ignore[no-untyped-call]  # as above
        for view in lay_out(reply, Stage(asker=ADA, shared_by="*Ann*"), [PICTURE])
    ]

    assert first.startswith(r"-# Shared by \*Ann\*")
    assert not any("Ann" in text for text in others)


def test_in_a_thread_everybody_can_go_on() -> None:
    components = show_staged(Reply(kind="answer", text="So."), Stage(asker=ADA, in_thread=True))

    assert [part["custom_id"] for part in walk(components) if part["type"] == ComponentType.BUTTON] == ["continue"]


@pytest.mark.parametrize(
    ("page", "possible"), [(0, [False, False, True]), (1, [True, False, True]), (2, [True, False, False])]
)
def test_pages_are_turned_to_where_there_are_any(page: int, possible: list[bool]) -> None:
    reply = Reply(kind="answer", text="A B C", pages=("A", "B", "C"))

    components = show_staged(reply, Stage(asker=ADA, key=KEY, page=page))
    turns = [part for part in walk(components) if part["type"] == ComponentType.BUTTON][:3]

    assert read(components) == "ABC"[page]
    assert [not part.get("disabled", False) for part in turns] == possible
    assert not list(check_message({"components": components, "flags": MessageFlag.COMPONENTS_V2}, {}))


@pytest.mark.parametrize(
    "reply",
    [
        CARD,
        Reply(kind="answer", text="So. " * 2_000),
        Reply(kind="answer", text="A B", pages=("A", "B")),
        Reply(kind="listing", text="Topics", choices=("Examples",)),
    ],
)
async def test_the_client_keeps_no_message_for_what_can_be_tapped_on_it(reply: Reply) -> None:
    """One with pages it would keep for as long as the bot runs."""
    assert all(view.is_finished() for view in lay_out(reply, Stage(asker=ADA, key=KEY)))


def test_a_list_of_topics_can_be_opened_from_a_menu() -> None:
    listed = Reply(kind="listing", text="Topics", choices=("Examples", "Scalability"))

    (menu,) = [part for part in walk(show_staged(listed, Stage(asker=ADA))) if part["type"] == ComponentType.SELECT]

    assert [option["value"] for option in menu["options"]] == ["Examples", "Scalability"]


def test_a_text_begins_with_its_pictures() -> None:
    (view,) = lay_text("Costs", [PICTURE])

    kinds = [part["type"] for part in view.to_components()]  # type: ignore[no-untyped-call]  # as above
    assert kinds == [ComponentType.GALLERY, ComponentType.TEXT]


@pytest.mark.parametrize("act", list(Act))
async def test_what_is_done_with_a_reply_is_told_by_the_id_of_its_button(act: Act) -> None:
    before = CardButton(act, ADA, KEY, "Do it")
    match = CARD_TEMPLATE.fullmatch(before.custom_id)
    assert match is not None

    after = await CardButton.from_custom_id(None, before.item, match)  # type: ignore[arg-type]  # as above

    assert (after.act, after.asker, after.key) == (act, ADA, KEY)
