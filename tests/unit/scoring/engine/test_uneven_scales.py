"""Levels whose points are neither their names nor their order: each is used where it is meant, and no other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from small_sets import card, make, question, result, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

POINTS = (10, 20, 40, 80)
SCALE = [{"value": level, "label": str(level), "points": points} for level, points in enumerate(POINTS)]
TWO = [target("t", "a b"), target("u", "c")]
BANDS = "passes_on: band, bands: [{from: 10, id: low, label: L, gives: 1}, {from: 40, id: high, label: H, gives: 3}]"


def test_a_band_passes_on_the_points_of_the_level_that_it_gives() -> None:
    above = "{method: mean, insufficient_evidence: unsatisfied}"
    made = make(f"criteria: {{method: mean, {BANDS}}}\ntargets: {above}", TWO, scale=SCALE)
    assert card(made, a=2, b=2, c=0).total.value == 50, "80 of the level 3, and 20 of the level 1"
    assert card(made, a=2, b=2, c="lacking").total.value == 45, "80, and 10: the fewest points that there are"
    part = explain_review(review(a=2, b=2, c=0), compile_criteria(made))[""].parts[0]
    assert part.spans == ((20, 80), (20, 80))


def test_a_number_of_a_range_is_satisfied_by_its_points() -> None:
    scales = [{"id": "r", "range": {"from": 0, "to": 10}, "points": [{"at": 0, "gives": 1}, {"at": 10, "gives": 5}]}]
    for at, value in (("", Fraction(1, 2)), (", satisfied_at: 5", 1)):
        asked = [question("a", scale="r"), question("b", scale="r")]
        made = make(f"criteria: {{method: share_satisfied{at}}}", [target("t", asked)], scales=scales)
        assert result(made, a=10, b=5).value == value


@pytest.mark.parametrize(("levels", "share"), [((1, 3), 1), ((1, 2), 0), ((2, 2), 1)])
def test_answers_of_several_are_satisfied_where_their_mean_has_the_points_of_the_level(
    levels: tuple[int, int], share: int
) -> None:
    scoring = "criteria: {method: share_satisfied, satisfied_at: 2}\nreviewers: {method: mean, of: answers}"
    made = make(scoring, [target("t", "a")], scale=SCALE)
    plan = compile_criteria(made)
    reviews = [review(name, a=level) for name, level in zip("xy", levels, strict=True)]
    joint = score_round(reviews, [score_review(each, plan) for each in reviews], made, plan).card
    assert joint is not None
    assert joint.targets[0].score.value == share


@pytest.mark.parametrize(("meaning", "counted", "value"), [("satisfied", "3", 60), ("absent", "0", 25)])
def test_what_a_target_counts_as_is_told_on_its_own_scale(meaning: str, counted: str, value: int) -> None:
    """The first target is a number, the second a level: each is told as what it is."""
    targets = [target("t", "a b"), target("u", "c", scoring={"method": "weakest"})]
    made = make(
        f"criteria: {{method: mean}}\ntargets: {{method: mean, not_applicable: {meaning}}}", targets, scale=SCALE
    )
    scored = card(made, a=2, b=2, c="n/a")
    assert ([one.counted for one in scored.targets], scored.total.value) == ([None, counted], value)


@pytest.mark.parametrize(("answers", "value"), [(("n/a!", "n/a!"), Fraction(5, 2)), (("n/a!", "n/a"), 1)])
def test_a_target_is_satisfied_where_each_question_says_why_it_does_not_apply(
    answers: tuple[str, str], value: Any
) -> None:
    above = "{method: mean, not_applicable: satisfied_if_justified}"
    made = make(f"criteria: {{method: mean}}\ntargets: {above}", [target("t", "a"), target("u", "c d")])
    assert card(made, a=2, c=answers[0], d=answers[1]).total.value == value


def test_a_part_is_there_where_it_counts_at_one_end() -> None:
    asked = [question("a"), question("b", asked_if={"part": "a", "at_least": 2})]
    made = make("criteria: {method: mean}", [target("t", asked)])
    parts = {part.criterion: part for part in explain_review(review(a="?", b=3), compile_criteria(made))["t"].parts}
    assert parts["b"].is_there
    assert [parts["b"].counts(side) for side in (0, 1)] == [False, True]
    assert [parts["a"].counts(side) for side in (0, 1)] == [True, True]


@pytest.mark.parametrize(("answer", "band"), [("n/a", "high"), ("lacking", "low")])
def test_bounds_shrink_for_what_does_not_apply_and_not_for_what_lacks_evidence(answer: str, band: str) -> None:
    bands = "bands: [{from: 3, id: low, label: L}, {from: 8, id: high, label: H}]"
    step = f"criteria: {{method: sum, insufficient_evidence: exclude, {bands}}}"
    made = make(f"{step}\nnot_applicable: shrink_bounds", levels=(1, 2, 3))
    scored = card(made, a=3, b=3, c=answer).targets[0].score
    assert (scored.value, scored.band) == (6, band)


def test_a_target_in_numbers_that_counts_as_the_lowest_is_told_by_its_number() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: absent}", TWO)
    scored = card(made, a=2, b=2, c="n/a")
    assert ([one.counted for one in scored.targets], scored.total.value) == ([None, "0"], 1)
