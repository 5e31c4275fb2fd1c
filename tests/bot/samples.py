"""Recommendations to be put into words, complete but for what a test changes."""

from __future__ import annotations

from typing import Any

from knowledge.signals import Leaning, Need
from retrieval.limits import Limits
from retrieval.pilot import Pilot
from retrieval.profile import Finding, Profile
from retrieval.recipe import Size
from retrieval.recommendation import Confidence, Reason, Recommendation, Verdict

EXAMPLES = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.FINE_TUNING, words="5000 labelled tickets")
NONE = Finding(need=Need.DATA_REQUIREMENT, leaning=Leaning.PROMPT_ENGINEERING, words="nobody kept any")
SECRET = Finding(need=Need.PRIVACY, leaning=Leaning.FINE_TUNING, words="nothing may leave the house")
HURRY = Finding(need=Need.TIME_AND_COST, leaning=Leaning.PROMPT_ENGINEERING, words="it is due tomorrow")


def plan(**changes: Any) -> Pilot:
    """Return a pilot for which nothing was stated but what is changed."""
    fields: dict[str, Any] = {
        "size": Size(least=50, most=500),
        "epochs": (1, 3),
        "stock": None,
        "raw": None,
        "exact": True,
        "check": None,
        "unseen": None,
        "gather": 0,
        "cases": Size(least=20, most=100),
        "tests": None,
        "more_tests": 0,
        "limits": Limits(),
    }
    return Pilot(**fields | changes)


def recommend(reason: Reason | None = None, **changes: Any) -> Recommendation:
    """Return a recommendation for one reason."""
    fields: dict[str, Any] = {
        "verdict": Verdict.FINE_TUNING,
        "confidence": Confidence.MEDIUM,
        "retrieval_advised": False,
        "profile": Profile(findings=(EXAMPLES,)),
        "reasons": (reason or Reason(finding=EXAMPLES, weight=1, passage=None),),
        "objections": (),
        "flips": (),
        "assumptions": (),
        "next_need": None,
        "pilot": plan(),
        "unready": False,
        "caution": "fine_tuning",
    }
    return Recommendation(**fields | changes)
