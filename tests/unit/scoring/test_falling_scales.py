"""What the handbook says of a range where less is better: every method goes by the points, conditions by the number."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import make, question, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.scoring.results.card import Score

SCALE = {"id": "r", "range": {"from": 0, "to": 100}, "points": [{"at": 0, "gives": 4}, {"at": 100, "gives": 0}]}


def score(scoring: str, **answers: Any) -> Score:
    targets = [target("t", [question(name, scale="r") for name in answers])]
    made = make(f"criteria: {{{scoring}}}", targets, scales=[SCALE])
    return score_review(review(**answers), compile_criteria(made)).targets[0].score


@pytest.mark.parametrize(
    ("scoring", "value"),
    [
        ("method: mean", Fraction(2)),
        ("method: weakest", Fraction(4, 5)),  # 80 gives 0.8 points
        ("method: best", Fraction(16, 5)),
        ("method: median, even: upper", Fraction(16, 5)),
        ("method: share_satisfied", Fraction(0)),
        ("method: share_satisfied, satisfied_at: 30", Fraction(1, 2)),  # 20 is better than 30
    ],
)
def test_every_method_goes_by_the_points(scoring: str, value: Fraction) -> None:
    assert score(scoring, a=20, b=80).value == value


def test_conditions_go_by_the_number() -> None:
    rules = "method: rules, rules: [{when: {count: {at_least: 50}, at_least: 1}, gives: 3}], otherwise: 0"
    assert score(rules, a=20, b=80).outcome == "3"
    assert score(rules, a=20, b=40).outcome == "0"


def test_all_rules_that_may_decide_are_named() -> None:
    rules = (
        "[{when: {part: a, is: 3}, gives: 2}, {when: {part: b, is: 3}, gives: 2}, {when: {part: c, is: 0}, gives: 1}]"
    )
    made = make(f"criteria: {{method: rules, rules: {rules}, otherwise: 0}}")
    plan = compile_criteria(made)
    found = score_review(review(a="?", b=3, c=0), plan).targets[0].score
    assert (found.outcome, found.rule, found.rules) == ("2", None, (0, 1))
    found = score_review(review(a="?", b=0, c="?"), plan).targets[0].score
    assert (found.low_outcome, found.high_outcome, found.rules) == ("0", "2", (0, 2, None))
    assert score_review(review(a=0, b=3, c=0), plan).targets[0].score.rule == 1


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("mean", Fraction(2)),
        ("weakest", Fraction(1)),
        ("best", Fraction(3)),
        ("share_satisfied, satisfied_at: 3", Fraction(1, 2)),
        ("share_satisfied, satisfied_at: 1", Fraction(1)),
    ],
)
def test_bands_whose_points_fall_go_by_the_points(method: str, value: Fraction) -> None:
    """A high result is the worse one: its band is worth 1, that of a low one 3."""
    bands = "[{from: 0, id: good, label: G, value: 3}, {from: 2, id: bad, label: B, value: 1}]"
    made = make(
        f"{{criteria: {{method: mean, passes_on: band, bands: {bands}}}, targets: {{method: {method}}}}}",
        [target("t", "a"), target("u", "b")],
    )
    total = score_review(review(a=3, b=0), compile_criteria(made)).total
    assert (total.value, total.outcome) == (value, None)
