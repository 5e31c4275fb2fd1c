"""What people leave behind, complete, and with words of their own to look for."""

from __future__ import annotations

from bot.records.conversations import Place
from bot.records.feedback import Feedback
from bot.records.records import Records
from bot.records.shown import ShownReply
from bot.reply import FindingShape, Reply, SignalShape
from knowledge.comparison import Method
from knowledge.signals import Leaning, Need
from retrieval.conversation import Conversation
from retrieval.profile import Finding, Profile
from retrieval.quantity import Examples, Range
from retrieval.question import Focus
from retrieval.recommendation import Verdict

ANN, BOB = 184_405_311_681_986_560, 9_007_199_254_740_993
"""Users, with ids as long as Discord's."""
CHANNEL, GUILD = 41, 42


def make_conversation(words: str) -> Conversation:
    """Return a conversation in which every field is set and these words were said."""
    count = Examples(words=words, start=0, end=len(words), count=Range(low=200, high=200), labelled=None)
    return Conversation(
        focus=Focus(
            topic="examples",
            method=Method.BOTH,
            said=words,
            opening="yes",
            earlier=("definition, both methods",),
            project=True,
            advice=True,
            shown=frozenset({"examples/both", "examples/few"}),
            cited=("examples/few",),
        ),
        profile=Profile(
            findings=(Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words=words, supposed=True),),
            quantities=(count,),
            told=(f"{words} never leaves Zürich 🏔️\0", words),
        ),
        verdict=Verdict.BOTH,
        asked=Need.FLEXIBILITY,
        raised=Need.TIME_AND_COST,
        may_ask=False,
    )


def make_reply(words: str) -> Reply:
    return Reply(
        kind="recommendation",
        text=f"“{words}” …\nBoth. 😀",
        profile=(FindingShape(need=Need.PRIVACY, leaning=Leaning.RETRIEVAL, words=words),),
        verdict=Verdict.BOTH,
        what_ifs=(SignalShape(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING),),
        choices=("yes", "no"),
        ms=1.5,
    )


def make_shown(user: int, words: str) -> ShownReply:
    return ShownReply(user=user, guild=GUILD, channel=CHANNEL, reply=make_reply(words))


def make_feedback(user: int, reply: str, words: str) -> Feedback:
    return Feedback(reply=reply, user=user, thumb="down", comment=words, kind="recommendation", verdict=Verdict.BOTH)


def leave_records(records: Records, user: int, words: str) -> str:
    """Keep one record of each kind, and return the key of the reply that was shown."""
    shown = make_shown(user, words)
    records.conversations.remember(Place(CHANNEL, user), make_conversation(words))
    records.replies.keep_reply(shown)
    records.feedback.keep_feedback(make_feedback(user, shown.key, words))
    return shown.key
