"""What is not finished is shown, but not too often, and without harm where it cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest
from structlog.testing import capture_logs

from bot.drafts import Draft, pace_drafts
from bot.reply import Reply


@dataclass
class Shown:
    """A message of the bot's."""

    texts: list[str]

    async def edit(self, *, view: discord.ui.LayoutView, allowed_mentions: discord.AllowedMentions) -> None:
        assert not any((allowed_mentions.everyone, allowed_mentions.users, allowed_mentions.roles))
        self.texts.append(read_text(view))


@dataclass
class Channel:
    """A channel in which somebody has asked something."""

    texts: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    async def send(self, *, view: discord.ui.LayoutView, **options: Any) -> Shown:
        self.texts.append(read_text(view))
        self.options = options
        return Shown(self.texts)


@dataclass
class Asked:
    """The message that is answered."""

    channel: Channel = field(default_factory=Channel)
    id: int = 4711

    def to_reference(self, *, fail_if_not_exists: bool) -> str:
        return f"{self.id}, {fail_if_not_exists}"


class Screen:
    """Shows drafts, or fails to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.texts: list[str] = []

    async def show(self, reply: Reply) -> None:
        self.texts.append(reply.text)
        if self.error:
            raise self.error


def read_text(view: discord.ui.LayoutView) -> str:
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))


def draft(text: str) -> Reply:
    return Reply(kind="answer", text=text)


async def test_a_draft_is_sent_as_a_reply_and_then_changed() -> None:
    asked = Asked()
    growing = Draft(cast("discord.Message", asked), pause=0)
    assert growing.shown is None

    await growing.show(draft("One. …"))
    await growing.show(draft("One. Two. …"))

    assert asked.channel.texts == ["One. …", "One. Two. …"]
    assert asked.channel.options == {"nonce": "4711-draft", "reference": "4711, False", "mention_author": False}
    assert isinstance(growing.shown, Shown)


async def test_drafts_that_follow_too_soon_are_left_out() -> None:
    screen = Screen()
    show = pace_drafts(screen.show, pause=3600)
    for text in ("One. …", "One. Two. …"):
        await show(draft(text))

    assert screen.texts == ["One. …"]


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectionError("gone"),
        TimeoutError(),
        discord.Forbidden(cast("aiohttp.ClientResponse", SimpleNamespace(status=403, reason="Forbidden")), "no"),
    ],
    ids=repr,
)
async def test_a_draft_that_cannot_be_shown_does_no_harm(error: Exception) -> None:
    screen = Screen(error)
    show = pace_drafts(screen.show, pause=0)
    with capture_logs() as logs:
        await show(draft("One. …"))
        await show(draft("One. Two. …"))

    assert screen.texts == ["One. …", "One. Two. …"]
    assert [entry["reason"] for entry in logs] == [type(error).__name__] * 2


async def test_what_nobody_foresaw_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        await pace_drafts(Screen(ZeroDivisionError()).show)(draft("One. …"))
