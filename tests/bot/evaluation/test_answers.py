"""Answers are held against what a reader would accept."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.evaluation.answers import mark_answer, mark_kind, score_dialogues, score_outside, score_questions
from bot.evaluation.cases import DialogueCase, Expected, OutsideCase, QuestionCase
from bot.evaluation.scores import Score
from bot.evaluation.trials import DialogueTrial, OutsideTrial, QuestionTrial
from bot.reply import Reply
from knowledge.comparison import Method
from retrieval.recommendation import Confidence, Verdict
from tests.bot.evaluation.replies import OUT_OF_SCOPE, make_advice, make_answer

TUNED, PROMPTED, BOTH = Method.FINE_TUNING, Method.PROMPT_ENGINEERING, Method.BOTH
EXPECTED = Expected(topics=("cost", "definition"), methods=(TUNED,), facts=(("gpu", "comput"), ("expens",)))
RIGHT = make_answer("Expensive: it takes GPUs.", ("cost", TUNED), ("definition", BOTH))


def tell(scores: Iterable[Score]) -> dict[str, str]:
    """Return what was right of how many, by the scores' names without the data set."""
    return {score.name.removeprefix("mine: "): f"{score.right:.4g}/{score.of}" for score in scores if score.of}


def list_values(reply: Reply, expected: Expected = EXPECTED) -> dict[str, float]:
    return {measure: mark.value for measure, mark in mark_answer("asked", reply, expected).items()}


def test_an_answer_with_everything_is_right() -> None:
    assert list_values(RIGHT) == {"topic": 1, "method": 1, "facts": 1, "everything expected": 1}


@pytest.mark.parametrize(
    ("reply", "topic", "method", "facts"),
    [
        (make_answer("Expensive GPUs.", ("examples", TUNED), ("cost", TUNED)), 0, 1, 1),
        (make_answer("Expensive GPUs.", ("definition", BOTH)), 1, 0, 1),
        (make_answer("Expensive.", ("cost", TUNED)), 1, 1, 0),
        (make_answer("Expensive GPUs."), 0, 0, 1),
        (OUT_OF_SCOPE.model_copy(update={"text": "Expensive GPUs."}), 0, 0, 0),
        (make_advice(Verdict.BOTH, Confidence.LOW).model_copy(update={"citations": RIGHT.citations}), 0, 0, 0),
    ],
)
def test_each_thing_that_is_expected_is_judged_by_itself(reply: Reply, topic: int, method: int, facts: int) -> None:
    """The first citation counts, and a reply that is no answer has nothing, whatever it says."""
    values = list_values(reply)

    assert values == {"topic": topic, "method": method, "facts": facts, "everything expected": 0}


def test_a_plain_opening_is_not_right_where_more_is_asked_for_but_it_is_not_wrong() -> None:
    case = QuestionCase(text="is it dear?", topics=("cost",), openings=("yes", "depends"))
    replies = [RIGHT.model_copy(update={"opening": opening}) for opening in ("yes", "depends", "plain", "no")]

    scores = tell(score_questions("mine", [QuestionTrial(case, reply, ()) for reply in replies]))

    assert (scores["opening"], scores["no wrong opening"]) == ("2/4", "3/4")


def test_what_is_not_expected_is_not_judged() -> None:
    assert list_values(RIGHT, Expected(facts=(("gpu",),))) == {"facts": 1, "everything expected": 1}


def test_a_miss_tells_what_was_expected_and_what_was_said() -> None:
    marks = mark_answer("is it dear?", make_answer("Cheap.", ("cost", PROMPTED)), EXPECTED)

    assert marks["method"].expected == "fine_tuning"
    assert marks["method"].said == "answer, prompt_engineering: Cheap."
    assert marks["facts"].expected == "gpu or comput; expens"
    assert marks["everything expected"].asked == "is it dear?"
    assert marks["everything expected"].expected == "fine_tuning; gpu or comput; expens"


def test_the_more_is_missed_the_graver_it_is() -> None:
    half = mark_answer("", make_answer("Expensive.", ("cost", TUNED)), EXPECTED)["everything expected"]
    most = mark_answer("", make_answer("Cheap.", ("cost", TUNED)), EXPECTED)["everything expected"]
    nothing = mark_answer("", OUT_OF_SCOPE, EXPECTED)["everything expected"]

    assert half.gravity < most.gravity < nothing.gravity == 1


def test_a_reply_may_be_of_any_kind_that_is_accepted() -> None:
    assert mark_kind("", OUT_OF_SCOPE, ("smalltalk", "out_of_scope")).value == 1
    assert mark_kind("", OUT_OF_SCOPE, ("smalltalk",)).value == 0


def test_questions_are_scored_by_what_is_expected_by_ranking_by_topic_and_by_style() -> None:
    """Known values: the first is right, the second wrong but with the topic second, the third is declined."""
    short = QuestionCase(text="a", topics=("cost", "definition"), methods=(TUNED,), style="short")
    quiz = QuestionCase(text="b", topics=("cost",), facts=(("gpu",),), style="quiz")
    plain = QuestionCase(text="c", topics=("definition",), facts=(("gpu",),), style="quiz")
    trials = [
        QuestionTrial(short, RIGHT, ("cost", "definition", "examples")),
        QuestionTrial(quiz, make_answer("GPUs", ("examples", TUNED), ("cost", TUNED)), ("examples", "cost")),
        QuestionTrial(plain, OUT_OF_SCOPE, ("cost", "examples", "flexibility", "definition")),
    ]

    assert tell(score_questions("mine", trials)) == {
        "topic": "1/3",
        "method": "1/1",
        "facts": "1/2",
        "everything expected": "1/3",
        "answered": "2/3",
        "Hit@1 of citations": "1/3",
        "Hit@3 of citations": "2/3",
        "MRR of citations": "1.5/3",
        "nDCG@5 of citations": "1.631/3",
        "Hit@1 of evidence": "1/3",
        "Hit@3 of evidence": "2/3",
        "MRR of evidence": "1.75/3",
        "nDCG@5 of evidence": "2.062/3",
        "everything expected (topic cost)": "1/2",
        "everything expected (topic definition)": "0/1",
        "everything expected (style quiz)": "0/2",
        "everything expected (style short)": "1/1",
    }


def test_a_question_without_topics_is_not_ranked() -> None:
    trial = QuestionTrial(QuestionCase(text="LoRA?", facts=(("gpu",),)), RIGHT, ("cost",))

    assert tell(score_questions("mine", [trial])) == {"facts": "1/1", "everything expected": "1/1", "answered": "1/1"}


def test_messages_from_outside_are_scored_by_their_kind() -> None:
    accepted: dict[str, bool] = {"near": True, "attack": False}
    trials = [
        OutsideTrial(OutsideCase(text="a", kind=kind, kinds=("out_of_scope" if met else "smalltalk",)), OUT_OF_SCOPE)
        for kind, met in accepted.items()
    ]

    assert tell(score_outside("mine", trials)) == {
        "kind of reply": "1/2",
        "kind of reply to near": "1/1",
        "kind of reply to attack": "0/1",
    }


def test_messages_of_one_kind_have_one_score() -> None:
    trial = OutsideTrial(OutsideCase(text="a", kinds=("out_of_scope",)), OUT_OF_SCOPE)

    assert tell(score_outside("mine", [trial])) == {"kind of reply": "1/1"}


def test_dialogues_are_scored_by_turn_and_as_a_whole() -> None:
    """A turn that expects nothing does not count; the miss tells what was said before."""
    case = DialogueCase(turns=("a", "hm", "b"), expect=(EXPECTED, None, EXPECTED))
    good, bad = DialogueTrial(case, (RIGHT,) * 3), DialogueTrial(case, (RIGHT, RIGHT, OUT_OF_SCOPE))
    late = DialogueTrial(DialogueCase(turns=("a", "b"), expect=(None, EXPECTED)), (OUT_OF_SCOPE, RIGHT))
    silent = DialogueTrial(DialogueCase(turns=("a",), expect=(None,)), (RIGHT,))
    scores = list(score_dialogues("mine", [good, bad, late, silent]))

    assert tell(scores) == {"first turns": "2/2", "follow-up turns": "2/3", "whole dialogues": "2/3"}
    assert [miss.asked for miss in scores[1].misses] == ["a → hm → b"]
