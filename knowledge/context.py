"""What a message comes after: the last answer or advice, what that answered, and what was talked about before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.comparison import NAMES, SINGLE, Method
from knowledge.topics import load_topics

LONGEST_SAID = 200
"""Letters of what was said before that are read again; the last, where longer texts mostly ask."""
EARLIER = 2
"""Answers before the last that are kept in mind: "and the first one?"."""
ANSWERS = {"yes": "yes", "no": "no", "depends": "it depends", "false": "no"}
"""Openings that tell what comes next which way it went: after a no, "how then?" is about the other method."""


@dataclass(frozen=True)
class Context:
    """What a message comes after."""

    words: str = ""
    """As the encoder reads it, before the message."""
    topic: str | None = None
    method: Method | None = None
    subject: str = ""
    """Its topic and method in words."""
    earlier: tuple[str, ...] = ()
    """The subjects before it, the last at the end."""
    answered: str = ""
    """How the answer to it began, where that was yes, no or that it depends."""
    project: bool = False
    """Whether it is about a project of somebody's own."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """What to keep in mind once something else is talked about."""
        return (*self.earlier, self.subject)[-EARLIER:] if self.subject else self.earlier

    @property
    def recalled(self) -> Context:
        """The same, with the project, the subjects before it and how it was answered among its words."""
        before = ("project", *self.earlier) if self.project else self.earlier
        return replace(self, words=" ".join(("; ".join((*before, self.words)), self.answered)).strip())


NEW = Context()
"""The context of a message that follows nothing."""


def describe_context(
    topic: str,
    method: Method,
    said: str = "",
    opening: str = "plain",
    earlier: tuple[str, ...] = (),
    *,
    project: bool = False,
) -> Context:
    """Return the context of a message that follows an answer on this topic and method, to what was said.

    An answer on both methods that begins by naming one of them is followed up in the light of that.
    """
    title = load_topics()[topic].title if topic in load_topics() else topic.replace("-", " ")
    subject = f"{title.lower()}, {NAMES[method]}"
    if method is Method.BOTH and opening in SINGLE:
        subject = f"{subject}, rather {NAMES[Method(opening)]}"
    words = f"{subject}: {said[-LONGEST_SAID:]}" if said else subject
    return Context(words, topic, method, subject, earlier, ANSWERS.get(opening, ""), project)
