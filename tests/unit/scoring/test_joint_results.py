"""The joint result of several reviewers, in each of the ways a set can declare."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import GRADES, make, question, review, target

from granskning.i18n import Translator
from granskning.reporting.wording.uncounted import tell_round_status
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.results.numbers import root_of
from granskning.scoring.rounds import RoundCard, lay_together, score_round, takes_levels
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score

MEAN = "criteria: {method: mean}\ntargets: {method: mean}\nreviewers: "


def joint(made: CriteriaSet, *reviews: Review) -> RoundCard:
    plan = compile_criteria(made)
    return score_round(reviews, [score_review(one, plan) for one in reviews], made, plan)


def total(made: CriteriaSet, *reviews: Review) -> Score:
    card = joint(made, *reviews).card
    assert card is not None
    return card.total


ANNA, BO = review("anna", a=3, b=3, c=0), review("bo", a=1, b=0, c=0)


def test_consensus_is_the_joint_review_itself() -> None:
    agreed = review("together", kind="consensus", a=2, b=1, c=0)
    for reviewers in ("{method: consensus}", "{method: consensus, of: results}"):
        assert total(make(MEAN + reviewers), ANNA, BO, agreed).value == 1


def test_without_the_agreed_review_nothing_can_be_assessed() -> None:
    found = joint(make(MEAN + "{method: consensus}"), ANNA, BO)
    assert (found.method, found.card, found.missing) == ("consensus", None, True)


def test_a_set_that_does_not_say_waits_for_agreement_unless_one_reviewed_alone() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}")
    assert joint(made, ANNA, BO).missing
    alone = joint(made, ANNA)
    assert (alone.method, alone.missing) == ("single", False)
    assert total(made, ANNA).value == 2


ALL_METHODS = ("consensus", "pooled", "mean", "median", "none")


@pytest.mark.parametrize("method", ALL_METHODS)
def test_the_status_of_a_round_is_that_of_whoever_its_result_is_made_of(method: str) -> None:
    """A joint review that has been approved says nothing where the set counts the reviewers' own."""
    made = make(MEAN + f"{{method: {method}}}")
    agreed = replace(review("together", kind="consensus", a=2, b=1, c=0), status="approved")
    found = joint(made, replace(ANNA, status="submitted"), BO, agreed)
    assert (found.status, found.is_draft) == (("approved", False) if method == "consensus" else ("draft", True))
    assert found.is_of_one_review is (method == "consensus")


def test_a_round_that_waits_for_its_joint_review_has_come_as_far_as_its_reviewers() -> None:
    found = joint(make(MEAN + "{method: consensus}"), replace(ANNA, status="approved"), replace(BO, status="submitted"))
    assert (found.status, found.is_draft, found.is_of_one_review) == ("submitted", True, False)
    assert tell_round_status(found, Translator("en")) == "The joint review is missing"


def test_a_set_can_want_no_joint_result() -> None:
    found = joint(make(MEAN + "{method: none}"), ANNA, BO)
    assert (found.method, found.card, found.missing) == ("none", None, False)


@pytest.mark.parametrize(
    ("reviewers", "value"),
    [
        ("{method: mean}", Fraction(7, 6)),
        ("{method: median}", Fraction(7, 6)),
        ("{method: pooled}", Fraction(7, 6)),
        ("{method: mean, of: answers}", Fraction(7, 6)),
        ("{method: median, of: answers}", Fraction(1, 3)),  # of two answers the lower
    ],
)
def test_ways_of_laying_together(reviewers: str, value: Fraction) -> None:
    assert total(make(MEAN + reviewers), ANNA, BO).value == value


def test_pooled_answers_count_one_by_one() -> None:
    made = make("criteria: {method: share_satisfied}\ntargets: {method: mean}\nreviewers: {method: pooled}")
    assert total(made, ANNA, BO).value == Fraction(1, 3)
    assert total(made, ANNA, BO, review("cleo", a=3, b="n/a", c=3)).value == Fraction(4, 8)


def test_the_median_of_three_is_the_one_in_the_middle() -> None:
    made = make(MEAN + "{method: median}")
    assert total(made, ANNA, BO, review("cleo", a=0, b=0, c=0)).value == Fraction(1, 3)


def test_the_median_of_levels_is_a_level() -> None:
    made = make("criteria: {method: weakest}\ntargets: {method: weakest}\nreviewers: {method: median}", levels=GRADES)
    grades = [review(name, a=key, b=key, c=key) for name, key in (("x", "A"), ("y", "C"), ("z", "D"))]
    assert total(made, *grades).outcome == "C"
    assert total(made, *grades[:2]).outcome == "C"  # of two in the middle the lower


def test_what_is_open_for_one_is_open_for_all() -> None:
    found = total(make(MEAN + "{method: mean}"), ANNA, review("bo", a=1, b="?", c=0))
    assert (found.standing, found.value, found.low, found.high) == ("interval", None, Fraction(7, 6), Fraction(5, 3))


def test_a_joint_mean_counts_what_each_has_answered() -> None:
    found = total(make(MEAN + "{method: mean}"), ANNA, review("bo", a=1, b="?", c="n/a"))
    assert (found.assessed, found.applicable, found.asked) == (4, 5, 6)
    own = [total(make(MEAN + "{method: mean}"), entry) for entry in (ANNA, review("bo", a=1, b="?", c="n/a"))]
    summed = {
        key: sum((score.counts or {}).get(key, 0) for score in own) for score in own for key in score.counts or {}
    }
    assert found.counts == summed
    assert sum(summed.values()) > 0


def test_a_joint_result_has_outer_bounds_where_that_of_any_reviewer_has(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = "rules: [{when: {count: {is: 1}, exactly: 1}, gives: 3}], otherwise: 1"
    made = make(f"criteria: {{method: rules, {rules}}}\n{MEAN.partition(chr(10))[2]}{{method: mean, of: results}}")
    monkeypatch.setattr("granskning.scoring.engine.bounds.MOST", 1)
    assert total(made, ANNA, review("bo", a=1, b=0, c=0)).bounds == "exact"
    for first, second in ((ANNA, review("bo", a=1, b="?", c=0)), (review("bo", a=1, b="?", c=0), ANNA)):
        assert total(made, first, second).bounds == "outer"


def test_reviewers_without_a_result_are_left_out() -> None:
    assert total(make(MEAN + "{method: mean}"), ANNA, review("bo", a="?", b="?", c="?")).value == 2
    assert total(make(MEAN + "{method: mean}"), review("bo", a="?", b="?", c="?")).standing == "cannot_be_assessed"


def test_two_roots_that_are_the_same_stay_exact() -> None:
    made = make("criteria: {method: geometric_mean}\ntargets: {method: geometric_mean}\nreviewers: {method: mean}")
    found = total(made, *(review(name, a=1, b=1, c=2) for name in ("x", "y")))
    assert found.value == root_of(Fraction(2), 3)


def test_a_condition_on_a_pooled_question_looks_at_the_lowest_answer() -> None:
    gate = "gates: [{id: g, when: {part: a, below: 2}, cap: {target: t, at: 1}}]"
    made = make(MEAN + "{method: pooled}\n" + gate)
    assert total(made, review("x", a=3, b=3, c=3), review("y", a=1, b=3, c=3)).value == 1
    assert total(made, review("x", a=3, b=3, c=3), review("y", a=2, b=3, c=3)).value == Fraction(17, 6)


GRADED = {"scales": [{"id": "g", "levels": [{"value": k, "label": k, "points": n * 2} for n, k in enumerate(GRADES)]}]}


def test_a_level_stands_for_its_points_where_answers_are_averaged() -> None:
    rules = "{method: rules, rules: [{when: {part: a, at_least: B}, gives: 3}], otherwise: 0}"
    made = make(
        f"criteria: {rules}\ntargets: {{method: best}}\nreviewers: {{method: mean, of: answers}}",
        [target("t", [question("a", scale="g")])],
        **GRADED,
    )
    assert total(made, review("x", a="A"), review("y", a="C")).outcome == "3"  # 6 and 2 make 4, which is B
    assert total(made, review("x", a="B"), review("y", a="C")).outcome == "0"


def test_the_highest_level_satisfies_where_answers_are_averaged() -> None:
    made = make(
        "criteria: {method: share_satisfied}\ntargets: {method: mean}\nreviewers: {method: mean, of: answers}",
        [target("t", [question("a", scale="g"), question("b")])],
        **GRADED,
    )
    assert total(made, review("x", a="A", b=3), review("y", a="A", b=2)).value == Fraction(1, 2)


def test_a_band_that_no_reviewer_reached_is_not_reached_together() -> None:
    bands = "[{from: 0, id: low, label: L}, {from: 1, id: high, label: H, requires: {part: c, at_least: 1}}]"
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, bands: {bands}}}\nreviewers: {{method: mean}}")
    assert total(made, ANNA, BO).band == "low"
    assert total(made, review("x", a=3, b=3, c=1), BO).band == "high"


@pytest.mark.parametrize("turned", [False, True])
def test_what_can_be_reached_does_not_hang_on_who_comes_first(turned: Any) -> None:
    made = make("criteria: {method: sum}\ntargets: {method: sum}\nreviewers: {method: mean}")
    reviews = [review("x", a=3, b=3, c=3), review("y", a=3, b=3, c="n/a")]
    assert total(made, *(reviews[::-1] if turned else reviews)).maximum == Fraction(15, 2)


def test_the_verdict_is_of_what_all_read() -> None:
    made = make(MEAN + "{method: mean}\nverdict: {requires: {coverage: 80 %}}")
    card = joint(made, ANNA, review("y", a=3, b="?", c="?")).card
    assert card is not None
    assert (card.verdict.coverage, card.verdict.given) == (Fraction(4, 6), False)
    assert card.reviewer == ""


def test_results_are_combined_into_a_level_only_by_the_middle_of_levels() -> None:
    assert takes_levels(("A", "B"), "median")
    assert not takes_levels(("A", None), "median")
    assert not takes_levels(("A", "B"), "mean")


def test_answers_laid_together_are_pooled_or_merged() -> None:
    made = make(MEAN + "{method: pooled}")
    pooled, merged = (lay_together([ANNA, BO], made, merge) for merge in (None, "mean"))
    assert {question.criterion for question in pooled.session.plan.questions.values()} == {"a", "b", "c"}
    assert len(pooled.session.plan.questions) == 6
    assert len(merged.session.plan.nodes) > len(pooled.session.plan.nodes)
