"""Reply → what Discord shows, within its limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot.controls.card import Act, CardButton
from bot.controls.choice import ChoiceButton
from bot.controls.gap import TEMPLATE as GAP_TEMPLATE
from bot.controls.gap import GapButton
from bot.controls.page import PageButton, TopicMenu
from bot.controls.thread import ContinueButton
from bot.controls.what_if import WhatIfButton, WhatIfMenu
from bot.gaps.gap import Gap
from bot.needs import name_choices
from bot.pictures.picture import Picture
from bot.reply import Reply
from bot.words import ENGLISH, load_words
from knowledge.signals import Signal
from retrieval.recommendation import Verdict

Row: TypeAlias = "discord.ui.ActionRow[Any]"

PAGE = 3_000
"""Characters of one message. Discord takes 4,000, and about 10,000 bytes, which other scripts reach sooner."""
MARKUP = re.compile(r"""https?://[^\s\\<>\[\]*|`"']+|(?P<mark>[\\*_~|`\[\]<>#])""")
"""An address, which ends where something else may begin, or what Discord takes for formatting."""
TITLE = re.compile(r"\A.+:$", re.MULTILINE)
"""A first line that names what comes below it."""
COLORS = {Verdict.FINE_TUNING: 0x047857, Verdict.PROMPT_ENGINEERING: 0xC2410C, Verdict.BOTH: 0x6D28D9}


@dataclass(frozen=True)
class Stage:
    """To whom a reply is shown, and what can be done with it there."""

    asker: int
    language: str = ENGLISH
    key: str | None = None
    """Of the reply as it is kept; None where it is not, and nothing can be done with it later."""
    sharable: bool = False
    """Whether nobody but the asker sees it, who may show it to everybody."""
    shared_by: str | None = None
    """Who shows it to everybody, where it was for one alone."""
    feedback: bool = True
    """Whether people are asked what they think of it."""
    in_thread: bool = False
    page: int = 0
    """Of a reply in pages, the one to show."""
    gap: Gap | None = None
    """What the question found nothing of."""


def _measure(text: str) -> int:
    """Return how much of a page a text takes: its characters, or a third of its bytes where that is more."""
    return max(len(text), -(-len(text.encode()) // 3))


PAGES = RecursiveCharacterTextSplitter(
    chunk_size=PAGE,
    chunk_overlap=0,
    length_function=_measure,
    separators=["\n\n", "\n", " ", ""],
    keep_separator="end",
)


def lay_out(reply: Reply, stage: Stage, pictures: Sequence[Picture] = ()) -> list[discord.ui.LayoutView]:
    """Return the messages of a reply, at least one; what can be tapped stands below the last.

    The pictures have to be sent along with the first of them.
    """
    parts = [escape_markup(part) for part in reply.card]
    if reply.pages:
        pages = lay_text(reply.pages[stage.page])
    elif parts and sum(map(_measure, parts)) <= PAGE:
        pages = [_lay_card(reply, parts, pictures)]
    else:
        pages = lay_text(reply.text, pictures)
    if stage.shared_by:
        line = load_words(stage.language)["discord"]["card"]["shared"].format(name=escape_markup(stage.shared_by))
        _put_above(pages[0], f"-# {line}")
    for row in _list_controls(reply, stage):
        pages[-1].add_item(row)
    return pages


def lay_text(text: str, pictures: Sequence[Picture] = ()) -> list[discord.ui.LayoutView]:
    """Return the messages of a text, at least one; the first of them begins with the pictures."""
    texts = PAGES.split_text(escape_markup(text))
    views = [_open_message() for _ in texts]
    for picture in pictures:
        views[0].add_item(_hang_picture(picture))
    for view, page in zip(views, texts, strict=True):
        view.add_item(discord.ui.TextDisplay(page.strip()))
    return views


def thank_asker(message: discord.Message, thanks: str) -> discord.ui.LayoutView:
    """Return a message with thanks in the place of the button that sends a question; all others stay."""
    view = _open_message()
    for item in discord.ui.LayoutView.from_message(message).children:
        view.add_item(discord.ui.TextDisplay(thanks) if _sends_question(item) else item)
    return view


def escape_markup(text: str) -> str:
    """Return text that Discord shows as it stands: no formatting, masked links or mentions; addresses stay whole."""
    escaped = MARKUP.sub(lambda found: f"\\{found['mark']}" if found["mark"] else found.group(), text)
    return discord.utils.escape_mentions(escaped)


def _open_message() -> discord.ui.LayoutView:
    """Return an empty message that the client does not keep: whatever can be tapped on it is known by its id alone."""
    view = discord.ui.LayoutView(timeout=None)
    view.stop()
    return view


def _sends_question(item: discord.ui.Item[discord.ui.LayoutView]) -> bool:
    controls = item.children if isinstance(item, discord.ui.ActionRow) else ()
    return any(GAP_TEMPLATE.fullmatch(getattr(control, "custom_id", None) or "") for control in controls)


def _put_above(view: discord.ui.LayoutView, line: str) -> None:
    """Put a line above everything that a message has."""
    below = view.children
    view.clear_items()
    view.add_item(discord.ui.TextDisplay(line))
    for item in below:
        view.add_item(item)


def _lay_card(reply: Reply, parts: Sequence[str], pictures: Sequence[Picture]) -> discord.ui.LayoutView:
    """Return a card: the first part in large, the pictures, and the other parts below one another."""
    card: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        accent_color=COLORS[reply.verdict] if reply.verdict else None
    )
    card.add_item(discord.ui.TextDisplay(f"### {parts[0]}"))
    for picture in pictures:
        card.add_item(_hang_picture(picture))
    for part in parts[1:]:
        card.add_item(discord.ui.TextDisplay(TITLE.sub(lambda title: f"**{title.group()}**", part)))
    return _open_message().add_item(card)


def _hang_picture(picture: Picture) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    item = discord.MediaGalleryItem(f"attachment://{picture.name}", description=picture.alt)
    return discord.ui.MediaGallery(item)


def _list_controls(reply: Reply, stage: Stage) -> Iterator[Row]:
    """Yield the rows of what can be tapped: answers first, then suppositions, then what can be done with the reply."""
    words = load_words(stage.language)["discord"]
    if reply.asks:
        names = name_choices(reply.asks, stage.language)
        labels = enumerate([*(names.get(choice, choice) for choice in reply.choices), words["skip"]])
        buttons = [ChoiceButton(stage.asker, reply.asks, place, label, stage.key) for place, label in labels]
        yield discord.ui.ActionRow(*buttons)
    if reply.what_ifs:
        supposed = [Signal(what_if.need, what_if.leaning) for what_if in reply.what_ifs]
        yield discord.ui.ActionRow(
            *(WhatIfButton(stage.asker, signal, stage.key, stage.language) for signal in supposed)
        )
    if reply.kind == "recommendation":
        yield discord.ui.ActionRow(WhatIfMenu(stage.asker, words["what_if"]["menu"], stage.key, stage.language))
    if reply.pages and stage.key and len(reply.pages) > 1:
        yield _lay_turns(len(reply.pages), stage)
    if reply.kind == "listing" and reply.choices:
        yield discord.ui.ActionRow(TopicMenu(stage.asker, reply.choices, words["card"]["open"]))
    if stage.gap:
        yield discord.ui.ActionRow(GapButton(stage.asker, stage.gap.key, words["gap"]["send"]))
    if stage.in_thread:
        yield discord.ui.ActionRow(ContinueButton(words["card"]["continue"]))
    if stage.key:
        for acts in _list_acts(reply, stage):
            yield discord.ui.ActionRow(
                *(CardButton(act, stage.asker, stage.key, words["card"].get(act)) for act in acts)
            )


def _lay_turns(count: int, stage: Stage) -> Row:
    """Return the buttons to the neighbouring pages; where there is none, a button that cannot be tapped."""
    words, key = load_words(stage.language)["discord"]["card"], stage.key or ""
    back = PageButton(stage.asker, key, max(stage.page - 1, 0), words["previous"])
    back.item.disabled = stage.page == 0
    here = words["page"].format(number=stage.page + 1, count=count)
    onward = PageButton(stage.asker, key, stage.page + 1, words["next"])
    onward.item.disabled = stage.page + 1 >= count
    place: discord.ui.Button[Any] = discord.ui.Button(label=here, custom_id="page", disabled=True)
    return discord.ui.ActionRow(back, place, onward)


def _list_acts(reply: Reply, stage: Stage) -> Iterator[tuple[Act, ...]]:
    """Yield what can be done with a reply, row by row."""
    offered: dict[Act, Any] = {
        Act.WHY: reply.kind == "recommendation",
        Act.LESSON_WORDS: reply.kind == "recommendation" and reply.citations,
        Act.SHARE: stage.sharable and not reply.asks,
    }
    own = tuple(act for act, possible in offered.items() if possible)
    if own:
        yield own
    asked = stage.feedback and reply.kind not in {"listing", "clarifying_question"}
    yield (Act.LIKE, Act.DISLIKE, Act.DELETE) if asked else (Act.DELETE,)
