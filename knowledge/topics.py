"""The topics, and the headings and everyday words that mean them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

PATH = Path(__file__).with_name("topics.yaml")

CHOICE = "when-to-choose"
"""The topic of questions about a project just described, or just advised on."""

METHOD_NAMES = re.compile(r"fine[\s_-]*tun\w+|prompt[\s_-]*engineering|prompting", re.IGNORECASE)
SMALL_WORDS = re.compile(r"^(?:(?:the|of|in|for|its|their|main|key|and|vs)-)+|(?:-(?:of|in|for|and|vs|the|with|or))+$")


class Topic(BaseModel):
    """What a passage explains."""

    model_config = ConfigDict(frozen=True)

    title: str
    also: tuple[str, ...]
    named_by: tuple[str, ...]


@cache
def load_topics() -> dict[str, Topic]:
    """Return our topics by id, in the lesson's order."""
    return TypeAdapter(dict[str, Topic]).validate_python(yaml.safe_load(PATH.read_text("utf-8")))


def match_topic(words: str) -> str | None:
    """Return the id of the topic that a heading or a few everyday words mean; None where they mean none.

    The names of the methods and the small words around them do not count: "Advantages of Fine-Tuning" means advantages.
    """
    words = words.replace("&", " and ")
    bare = slugify(METHOD_NAMES.sub(" ", words))
    topics = _topics_by_slug()
    return topics.get(slugify(words)) or topics.get(bare) or topics.get(SMALL_WORDS.sub("", bare))


def find_topics(text: str) -> frozenset[str]:
    """Return the ids of the topics that a sentence names."""
    return frozenset(topic_id for topic_id, names in _names().items() if names.search(text))


def slugify(text: str) -> str:
    """Return `text` as lower-case words joined by hyphens; `section` where it holds no letter or digit."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-") or "section"


@cache
def _names() -> dict[str, re.Pattern[str]]:
    return {
        topic_id: re.compile(rf"\b(?:{'|'.join(map(re.escape, topic.named_by))})\b", re.IGNORECASE)
        for topic_id, topic in load_topics().items()
    }


@cache
def _topics_by_slug() -> dict[str, str]:
    topics = load_topics()
    return {
        slugify(words): topic_id for topic_id, topic in topics.items() for words in (topic_id, topic.title, *topic.also)
    }
