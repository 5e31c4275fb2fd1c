"""What was weighed becomes part of the reply."""

from __future__ import annotations

from bot.reply import PullShape
from bot.shapes import shape_pulls
from retrieval.recommendation import Reason
from tests.bot.samples import EXAMPLES, HURRY, SECRET, recommend


def test_what_pulls_is_what_speaks_for_the_verdict_and_against_it_strongest_first() -> None:
    reasons = (Reason(finding=EXAMPLES, weight=1.6, passage=None), Reason(finding=SECRET, weight=0.2, passage=None))
    objections = (Reason(finding=HURRY, weight=1.0, passage=None),)

    pulls = shape_pulls(recommend(reasons=reasons, objections=objections))

    assert pulls == tuple(
        PullShape(need=finding.need, leaning=finding.leaning, weight=weight)
        for finding, weight in ((EXAMPLES, 1.6), (HURRY, 1.0), (SECRET, 0.2))
    )


def test_nothing_pulls_where_nothing_was_found() -> None:
    assert shape_pulls(recommend(reasons=(), objections=())) == ()
