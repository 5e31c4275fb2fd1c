"""Reply → what Discord shows, within its limits."""

from __future__ import annotations

import re
from typing import Self

import discord
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot.gaps.gap import Gap
from bot.reply import Reply
from bot.what_if import phrase_question
from bot.words import load_words
from knowledge.signals import Leaning, Need, Signal
from retrieval.questions import list_answers

PAGE = 3_000
"""Characters of one message. Discord takes 4,000, and about 10,000 bytes, which other scripts reach sooner."""
LONGEST_LABEL = 80
TEMPLATE = re.compile(r"choice:(?P<asker>\d+):(?P<need>\w+):(?P<place>\d+)")
GAP_TEMPLATE = re.compile(r"gap:(?P<asker>\d+):(?P<key>[0-9a-f]{32})")
WHAT_IF_TEMPLATE = re.compile(r"what-if:(?P<asker>\d+):(?P<need>\w+):(?P<leaning>\w+)")
MENU_TEMPLATE = re.compile(r"what-if:(?P<asker>\d+)")
MARKUP = re.compile(r"https?://\S+|(?P<mark>[\\*_~|`\[\]<>#])")


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


def lay_out(reply: Reply, asker: int, gap: Gap | None = None) -> list[discord.ui.LayoutView]:
    """Return the messages of a reply, at least one; what can be tapped stands below the last."""
    pages = [_lay_page(page) for page in PAGES.split_text(escape_markup(reply.text))]
    if reply.asks:
        buttons = [ChoiceButton(asker, reply.asks, place, choice) for place, choice in enumerate(reply.choices)]
        skip = ChoiceButton(asker, reply.asks, len(buttons), load_words()["discord"]["skip"])
        pages[-1].add_item(discord.ui.ActionRow(*buttons, skip))
    if reply.what_ifs:
        supposed = [Signal(what_if.need, what_if.leaning) for what_if in reply.what_ifs]
        pages[-1].add_item(discord.ui.ActionRow(*(WhatIfButton(asker, signal) for signal in supposed)))
    if reply.kind == "recommendation":
        pages[-1].add_item(discord.ui.ActionRow(WhatIfMenu(asker)))
    if gap:
        pages[-1].add_item(discord.ui.ActionRow(GapButton(asker, gap.key)))
    return pages


def thank_asker(message: discord.Message) -> discord.ui.LayoutView:
    """Return a message with thanks in the place of its button."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    for row in [item for item in view.children if isinstance(item, discord.ui.ActionRow)]:
        view.remove_item(row)
    return view.add_item(discord.ui.TextDisplay(load_words()["discord"]["gap"]["thanks"]))


def lay_out_picture(text: str, file: discord.File) -> discord.ui.LayoutView:
    """Return the message of a text with a picture below it, which has the file's description."""
    view = _lay_page(escape_markup(text))
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(file)))
    return view


def escape_markup(text: str) -> str:
    """Return text that Discord shows as it stands: no formatting, masked links or mentions; addresses stay whole."""
    escaped = MARKUP.sub(lambda found: f"\\{found['mark']}" if found["mark"] else found.group(), text)
    return discord.utils.escape_mentions(escaped)


class ChoiceButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=TEMPLATE):
    """One answer to a clarifying question. All it needs stands in its id, so that it outlives a restart."""

    def __init__(self, asker: int, need: Need, place: int, label: str) -> None:
        custom_id = f"choice:{asker}:{need}:{place}"
        super().__init__(discord.ui.Button(label=label[:LONGEST_LABEL], custom_id=custom_id))
        self.asker = asker
        self.need = need
        self.place = place
        """Which answer, from 0; the one after the last is Skip."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        label = getattr(item, "label", None) or ""
        return cls(int(match["asker"]), Need(match["need"]), int(match["place"]), label)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the answer to the cog that listens for it."""
        interaction.client.dispatch("choice", interaction, self)


class GapButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=GAP_TEMPLATE):
    """Consent to keeping a question that found nothing. Its id names the gap, so that it outlives a restart."""

    def __init__(self, asker: int, key: str) -> None:
        label = load_words()["discord"]["gap"]["send"]
        super().__init__(discord.ui.Button(label=label, custom_id=f"gap:{asker}:{key}"))
        self.asker = asker
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the question to the cog that listens for it."""
        interaction.client.dispatch("gap", interaction, self)


class WhatIfButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=WHAT_IF_TEMPLATE):
    """A change that flips the verdict. Its id names what is supposed, but not of which project."""

    def __init__(self, asker: int, supposed: Signal) -> None:
        label = phrase_question(supposed)[:LONGEST_LABEL]
        super().__init__(discord.ui.Button(label=label, custom_id=f"what-if:{asker}:{supposed}"))
        self.asker = asker
        self.supposed = supposed

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the button that was tapped."""
        return cls(int(match["asker"]), Signal(Need(match["need"]), Leaning(match["leaning"])))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave the supposition to the cog that listens for it."""
        interaction.client.dispatch("what_if", interaction, self.asker, self.supposed)


class WhatIfMenu(discord.ui.DynamicItem[discord.ui.Select[discord.ui.LayoutView]], template=MENU_TEMPLATE):
    """Everything that can be supposed, to pick one."""

    def __init__(self, asker: int) -> None:
        options = [discord.SelectOption(label=phrase_question(signal), value=str(signal)) for signal in list_answers()]
        placeholder = load_words()["discord"]["what_if"]["menu"]
        super().__init__(discord.ui.Select(custom_id=f"what-if:{asker}", placeholder=placeholder, options=options))
        self.asker = asker

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        return cls(int(match["asker"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Leave what was picked to the cog that listens for it."""
        need, leaning = self.item.values[0].split(":")
        interaction.client.dispatch("what_if", interaction, self.asker, Signal(Need(need), Leaning(leaning)))


def _lay_page(text: str) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text.strip()))
    return view
