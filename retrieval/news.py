"""What has come to be known since the recommendation before, and whether the verdict hangs on it."""

from __future__ import annotations

from knowledge.signals import Need
from retrieval.profile import Finding, Profile
from retrieval.recommendation import News
from retrieval.rules import decide


def find_news(profile: Profile, earlier: Profile) -> tuple[News, ...]:
    """Return the findings of needs on which something else was known earlier, in the order they were said."""
    verdict, before = decide(profile.signals), decide(earlier.signals)
    return tuple(
        News(
            finding=finding,
            turned=any(known.leaning is not finding.leaning for known in _select(earlier, finding.need)),
            decisive=verdict is not before and decide(_revert(profile, earlier, finding.need).signals) is before,
        )
        for finding in profile.findings
        if _select(profile, finding.need) != _select(earlier, finding.need)
    )


def _select(profile: Profile, need: Need) -> frozenset[Finding]:
    return frozenset(finding for finding in profile.findings if finding.need is need)


def _revert(profile: Profile, earlier: Profile, need: Need) -> Profile:
    """Return the profile as it would be, were nothing new known of a need."""
    kept = tuple(finding for finding in profile.findings if finding.need is not need)
    return Profile(findings=(*kept, *_select(earlier, need)))
