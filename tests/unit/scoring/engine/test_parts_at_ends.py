"""What parts are where the result is the lowest and the highest: shares, bands, rounded numbers, and outer bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from small_sets import card, make, question, result, review, target

from granskning.model.review import READING_DEPTHS
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

TWO = [target("t", "a b"), target("u", "c")]
BANDS = "bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]"
EXACTLY_ONE = "criteria: {method: rules, rules: [{when: {count: {is: 1}, exactly: 1}, gives: 3}], otherwise: 1}"


def test_a_share_of_a_scale_that_does_not_begin_at_0() -> None:
    made = make("criteria: {method: mean, not_applicable: {share: 50 %}}", [target("t", "a b")], levels=(1, 2, 5))
    assert result(made, a="n/a", b=1).value == 2  # 3, halfway from 1 to 5, and 1


@pytest.mark.parametrize(("meaning", "outcome"), [("absent", "1"), ("satisfied", "3")])
def test_what_counts_for_a_target_has_its_band(meaning: str, outcome: str) -> None:
    rules = (
        f"{{method: rules, rules: [{{when: {{part: u, is: low}}, gives: 1}}], otherwise: 3, not_applicable: {meaning}}}"
    )
    made = make(f"criteria: {{method: mean, {BANDS}}}\ntargets: {rules}", TWO)
    assert card(made, a=2, b=2, c="n/a").total.outcome == outcome


@pytest.mark.parametrize(("passes_on", "outcome"), [("rounded", "3"), ("value", "0")])
def test_a_condition_sees_a_number_as_it_goes_on(passes_on: str, outcome: str) -> None:
    """The mean of 0 and 1 is a half, and 1 where it is rounded."""
    rules = "{method: rules, rules: [{when: {part: t, at_least: 1}, gives: 3}], otherwise: 0}"
    mean = f"{{method: mean, passes_on: {passes_on}, rounding: {{decimals: 0}}}}"
    made = make(f"criteria: {mean}\ntargets: {rules}", [target("t", "a b")])
    assert card(made, a=0, b=1).total.outcome == outcome


def test_where_one_answer_decides_what_is_asked_its_levels_are_tried_and_all_others_at_their_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [
        question("a"),
        question("b", asked_if={"part": "a", "at_least": 2}),
        question("c", weight=2),
        question("d"),
    ]
    made = make("criteria: {method: mean}", [target("t", asked)])
    open_answers: dict[str, Any] = {"a": "?", "b": "?", "c": "?", "d": 3}
    whole = result(made, **open_answers)
    assert (whole.low, whole.high, whole.bounds) == (Fraction(3, 4), 3, "exact")  # a, c at 0, b not asked: 3 / 4
    monkeypatch.setattr("granskning.scoring.engine.bounds.MOST", 8)
    few = result(made, **open_answers)
    assert (few.low, few.high, few.bounds) == (Fraction(3, 4), 3, "exact")


def test_outer_bounds_tell_each_part_at_its_own_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.scoring.engine.bounds.MOST", 1)
    step = explain_review(review(a="?", b="?", c=0), compile_criteria(make(EXACTLY_ONE)))["t"]
    assert step.basis == "outer"
    assert [(part.low, part.high) for part in step.parts] == [(0, 3), (0, 3), (0, 0)]


def test_a_part_that_counts_as_points_tells_what_it_is_shown_as() -> None:
    points = "passes_on: points, points: [{at: 0, gives: 0}, {at: 3, gives: 30}]"
    made = make(f"criteria: {{method: mean, {points}}}\ntargets: {{method: mean}}", TWO)
    t, u = explain_review(review(a=1, b="?", c=2), compile_criteria(made))[""].parts
    assert (t.shown, t.low, t.high) == ((Fraction(1, 2), 2), 5, 20)
    assert (u.shown, u.low, u.high) == ((2, 2), 20, 20)


def test_a_round_is_read_as_far_as_the_one_who_read_least() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}\nreviewers: {method: mean, of: results}")
    plan = compile_criteria(made)
    reviews = [
        replace(review(name, a=1, b=1, c=1), reading_depth=depth)
        for name, depth in zip("xy", READING_DEPTHS[-2:], strict=True)
    ]
    for order in (reviews, reviews[::-1]):
        joint = score_round(order, [score_review(each, plan) for each in order], made, plan).card
        assert joint is not None
        assert joint.verdict.reading_depth == READING_DEPTHS[-2]
