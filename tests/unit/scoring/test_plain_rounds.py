"""Rounds as plain values: every key there, null where it has no meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from small_sets import make, review

from granskning.model.review import LeftOut
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.plain import plain_left_out, plain_round
from granskning.scoring.reliability.agreement import compare_reviews
from granskning.scoring.reliability.coefficients import Coefficients, Kappa
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.review import Answer, Review

REVIEWS = (review("anna", a=3, b=2, c=0), review("bo", a=1, b=2, c="?"))


def plain(reviewers: str, *reviews: Review, coefficients: Coefficients | None = None) -> dict[str, Any]:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean}}\nreviewers: {{method: {reviewers}}}")
    plan = compile_criteria(made)
    joint = score_round(reviews, [score_review(one, plan) for one in reviews], made, plan)
    ladder = plan.questions["a"].ladder
    own = [one for one in reviews if one.kind == "reviewer"]
    agreement = compare_reviews(own, ["a", "b", "c"], lambda _, level: ladder.rank.get(level))
    return plain_round("p", "r", joint, agreement, coefficients, "en", reviews)


def test_a_round_with_a_joint_result() -> None:
    found = plain("mean", *REVIEWS)
    assert (found["strategy"], found["round"], found["method"], found["standing"]) == ("p", "r", "mean", "interval")
    assert (found["total"]["low"], found["total"]["high"], found["total"]["value"]) == (4 / 3, 11 / 6, None)
    assert found["total"]["shown"] == "1.3–1.8"
    assert [one["id"] for one in found["targets"]] == ["t"]
    assert found["verdict"]["coverage"] == "5/6"


def test_without_the_agreed_review_it_cannot_be_assessed() -> None:
    found = plain("consensus", *REVIEWS)
    assert (found["standing"], found["total"], found["targets"], found["verdict"]) == (
        "cannot_be_assessed",
        None,
        [],
        None,
    )
    assert found.keys() == plain("mean", *REVIEWS).keys()


def test_a_set_that_wants_no_joint_result_has_none() -> None:
    found = plain("none", *REVIEWS)
    assert (found["method"], found["standing"], found["total"], found["verdict"]) == ("none", None, None, None)


def test_how_far_reviewers_agree() -> None:
    found = plain("mean", *REVIEWS)
    assert found["agreement"] == {
        "reviewers": ["anna", "bo"],
        "compared": 2,
        "exact": 1,
        "within_one": 1,
        "largest": 2.0,
        "coefficients": None,
    }
    assert found["disagreements"][0] == {
        "criterion": "a",
        "kind": "levels",
        "distance": 2.0,
        "answers": [
            {"reviewer": "anna", "answer": "3", "justification": None},
            {"reviewer": "bo", "answer": "1", "justification": None},
        ],
        "joint": None,
    }
    assert [(one["criterion"], one["kind"]) for one in found["disagreements"]] == [("a", "levels")]


def test_a_disagreement_has_both_reasons_and_what_was_agreed() -> None:
    anna, bo = (
        replace(one, answers={**one.answers, "a": reasoned(one, why)}) for one, why in zip(REVIEWS, "xy", strict=True)
    )
    agreed = review("samlad", kind="consensus", a=2, b=2)
    agreed = replace(agreed, answers={**agreed.answers, "a": reasoned(agreed, "Two of\n  three.")})
    [found] = plain("consensus", anna, bo, agreed)["disagreements"]
    assert [one["justification"] for one in found["answers"]] == ["x", "y"]
    assert found["joint"] == {"answer": "2", "justification": "Two of three."}


def reasoned(one: Review, why: str) -> Answer:
    return replace(one.answers["a"], justification=why)


def test_nobody_to_compare_with() -> None:
    found = plain("mean", REVIEWS[0])
    assert (found["agreement"]["compared"], found["agreement"]["largest"], found["disagreements"]) == (0, None, [])


def test_coefficients_by_name() -> None:
    held = Coefficients(
        kappas=(Kappa(("anna", "bo"), 12, 0.5, 0.6, 0.7),),
        nominal=0.4,
        ordinal=0.5,
        interval=None,
        items=12,
        few=False,
    )
    found = plain("mean", *REVIEWS, coefficients=held)["agreement"]["coefficients"]
    assert (found["items"], found["few"]) == (12, False)
    kappa = {"reviewers": ["anna", "bo"], "items": 12, "plain": 0.5, "linear": 0.6, "quadratic": 0.7}
    assert found["kappa"] == [kappa | {"intervals": {"plain": None, "linear": None, "quadratic": None}}]
    assert (found["measures"], found["unused"], found["pair_distances"]) == ([], 0, "steps")
    assert found["alpha"] == {"nominal": 0.4, "ordinal": 0.5, "interval": None}


def test_files_that_do_not_count_have_the_code_that_says_why() -> None:
    assert plain_left_out([LeftOut("f.yaml", "p", "r", "GR101", everywhere=False)]) == [
        {"file": "f.yaml", "code": "GR101", "everywhere": False}
    ]
