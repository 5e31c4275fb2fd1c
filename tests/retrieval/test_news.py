"""What has come to be known since the recommendation before."""

from __future__ import annotations

from knowledge.signals import Leaning, Need
from retrieval.news import find_news
from retrieval.profile import Finding, Profile
from retrieval.recommendation import News

TUNED, PROMPTED = Leaning.FINE_TUNING, Leaning.PROMPT_ENGINEERING


def find(need: Need, leaning: Leaning, words: str) -> Finding:
    return Finding(need=need, leaning=leaning, words=words)


NOTHING = find(Need.DATA_REQUIREMENT, PROMPTED, "no examples yet")
MUCH = find(Need.DATA_REQUIREMENT, TUNED, "we have 20k now")
MORE = find(Need.DATA_REQUIREMENT, TUNED, "and soon it will be 40k")
EXACT = find(Need.OUTPUT_CONSISTENCY, TUNED, "always the same wording")
EXPERT = find(Need.SPECIALIZATION, TUNED, "no general model gets it right")
GRADED = find(Need.SUCCESS_MEASURE, TUNED, "we have graded cases")
BEFORE = Profile(findings=(EXACT, EXPERT, NOTHING))


def test_a_need_that_leans_the_other_way_now_has_turned_and_decides_where_the_verdict_hangs_on_it() -> None:
    assert find_news(BEFORE.add_findings([MUCH]), BEFORE) == (News(finding=MUCH, turned=True, decisive=True),)


def test_what_was_not_spoken_of_before_is_new_and_has_not_turned() -> None:
    assert find_news(BEFORE.add_findings([GRADED]), BEFORE) == (News(finding=GRADED, turned=False, decisive=False),)


def test_of_several_news_those_decide_without_which_the_verdict_would_be_the_one_before() -> None:
    news = find_news(BEFORE.add_findings([GRADED, MUCH]), BEFORE)

    assert [(each.finding, each.decisive) for each in news] == [(GRADED, False), (MUCH, True)]


def test_the_same_in_other_words_is_news_too_and_decides_nothing() -> None:
    before = BEFORE.add_findings([MUCH])

    assert find_news(before.add_findings([MORE]), before) == (News(finding=MORE, turned=False, decisive=False),)


def test_what_was_said_before_is_no_news() -> None:
    assert find_news(BEFORE, BEFORE) == ()
