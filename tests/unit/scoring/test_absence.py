"""What a part without a result of its own counts as in the step above, and what missing evidence counts as."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from small_sets import card, make, question, result, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

TWO = [target("t", "a b"), target("u", "c")]
BY_LEVEL = "criteria: {method: weakest}"


@pytest.mark.parametrize(
    ("meaning", "value"),
    [
        ("exclude", 2),
        ("absent", 1),
        ("satisfied", Fraction(5, 2)),
        ("satisfied_if_justified", 1),
        ("{level: 1}", Fraction(3, 2)),
    ],
)
@pytest.mark.parametrize("below", ["criteria: {method: mean}", BY_LEVEL])
def test_a_target_of_which_nothing_applies_counts_as_the_step_above_says(below: str, meaning: str, value: Any) -> None:
    made = make(f"{below}\ntargets: {{method: mean, not_applicable: {meaning}}}", TWO)
    assert result(made, "total", a=2, b=2, c="n/a").value == value
    assert result(made, "u", a=2, b=2, c="n/a").standing == "not_applicable"
    if meaning == "satisfied_if_justified":
        assert result(made, "total", a=2, b=2, c="n/a!").value == Fraction(5, 2)


def test_what_is_said_of_all_steps_holds_above_too() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}\nnot_applicable: absent", TWO)
    assert result(made, "total", a=2, b=2, c="n/a").value == 1


def test_where_nothing_at_all_applies_it_stays_so() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: absent}", TWO)
    assert result(made, "total", a="n/a", b="n/a", c="n/a").standing == "not_applicable"


def test_a_question_counts_as_its_step_says_while_something_beneath_the_target_applies() -> None:
    nested = [target("t", "a", targets=[target("u", "c")])]
    made = make("criteria: {method: mean}\ntargets: {method: mean}\nnot_applicable: absent", nested)
    assert result(made, "t", a="n/a", c=2).value == 1


@pytest.mark.parametrize(("meaning", "value"), [("lowest", 1), ("unsatisfied", 1)])
def test_a_target_without_evidence_counts_as_the_step_above_says(meaning: str, value: int) -> None:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, insufficient_evidence: {meaning}}}", TWO)
    scored = card(made, a=2, b=2, c="lacking")
    assert (scored.total.standing, scored.total.value) == ("value", value)
    assert [one.counted for one in scored.targets] == [None, "0"]
    assert scored.targets[1].score.standing == "cannot_be_assessed"
    assert (scored.total.assessed, scored.total.applicable) == (2, 3)


def test_only_missing_evidence_counts_so_and_not_what_is_open() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean, insufficient_evidence: lowest}", TWO)
    assert result(made, "total", a=2, b=2, c="?").standing == "interval"
    assert result(made, "total", a="lacking", b="?", c=2).standing == "interval"


@pytest.mark.parametrize("meaning", ["lowest", "unsatisfied"])
def test_a_target_that_lacks_all_evidence_has_the_result_that_the_total_counts(meaning: str) -> None:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean}}\ninsufficient_evidence: {meaning}", TWO)
    scored = card(made, a=2, b=2, c="lacking")
    assert (scored.targets[1].score.standing, scored.targets[1].score.value) == ("value", 0)
    assert (scored.targets[1].score.assessed, scored.targets[1].score.applicable) == (0, 1)
    assert scored.total.value == 1
    alone = card(made, a="lacking", b="lacking", c="lacking")
    assert (alone.total.standing, alone.total.value) == ("value", 0)
    assert "nothing_assessed" in alone.verdict.missing


def test_rules_and_gates_of_the_step_see_what_a_part_counts_as() -> None:
    rules = "{method: rules, rules: [{when: {part: u, at_most: 0}, gives: 1}], otherwise: 3, not_applicable: absent}"
    made = make(f"criteria: {{method: mean}}\ntargets: {rules}", TWO)
    assert result(made, "total", a=2, b=2, c="n/a").outcome == "1"
    gate = "gates: [{id: g, when: {part: u, below: 1}, cap: {total: true, at: 0.5}}]"
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, not_applicable: absent}}\n{gate}", TWO)
    scored = card(made, a=2, b=2, c="n/a")
    assert (scored.total.value, scored.gates[0].standing) == (Fraction(1, 2), "not_met")


def test_a_part_by_its_band_counts_as_a_band() -> None:
    bands = "bands: [{from: 0, id: low, label: L, value: 1}, {from: 2, id: high, label: H, value: 5}]"
    scoring = f"criteria: {{method: mean, passes_on: band, {bands}}}\ntargets: {{method: mean, not_applicable: %s}}"
    for meaning, value, counted in (("absent", 3, "low"), ("satisfied", 5, "high"), ("{level: low}", 3, "low")):
        scored = card(make(scoring % meaning, TWO), a=2, b=2, c="n/a")
        assert (scored.total.value, scored.targets[1].counted) == (value, counted)


def test_a_target_that_a_form_asks_nothing_of_counts_as_nothing() -> None:
    asked = [target("t", [question("a", core=True), question("b")]), target("u", "c")]
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: absent}", asked)
    plan = compile_criteria(made)
    assert score_review(review(form="short", a=2, b=0, c="n/a"), plan).total.value == 2
    assert score_review(review(a=2, b=2, c="n/a"), plan).total.value == 1


def test_a_share_of_the_possible_has_room_for_what_counts() -> None:
    scoring = "criteria: {method: sum}\ntargets: {method: share_of_possible, not_applicable: absent}"
    assert result(make(scoring, TWO), "total", a=3, b=3, c="n/a").value == Fraction(6, 9)


def test_a_question_that_is_not_put_counts_as_nothing() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}\nnot_applicable: absent", TWO)
    given = review(a=2, b="n/a", c="n/a")
    outside = {name: replace(given.answers[name], is_put=False) for name in ("b", "c")}
    scored = score_review(replace(given, answers={**given.answers, **outside}), compile_criteria(made))
    assert scored.total.value == 2
    assert score_review(given, compile_criteria(made)).total.value == Fraction(1, 2)


def test_averaged_answers_are_the_means_of_their_points() -> None:
    graded = {"g": [("D", 0), ("C", 1), ("B", 4)]}
    scales = [{"id": "g", "levels": [{"value": key, "label": key, "points": n} for key, n in graded["g"]]}]
    asked = [question("a", scale="g"), question("b", scale="g")]
    gate = "gates: [{id: g, when: {part: a, below: B}, cap: {target: t, at: 2}}]"
    scoring = f"criteria: {{method: mean}}\nreviewers: {{method: mean, of: answers}}\n{gate}"
    made = make(scoring, [target("t", asked)], scales=scales)
    held = [review("x", a="D", b="B"), review("y", a="B", b="B")]
    plan = compile_criteria(made)
    joint = score_round(held, [score_review(one, plan) for one in held], made, plan).card
    assert joint is not None
    assert joint.targets[0].score.value == 2  # (2 + 4) / 2, held down by the gate: the mean of a is below B


def test_a_review_scored_on_some_of_its_questions() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}", TWO)
    own, plan = review(a=1, b=3, c=0), compile_criteria(made)
    assert score_review(own, plan).total.value == 1
    some = score_review(own, plan, only=frozenset({"a", "c"}))
    assert (some.total.value, some.total.asked) == (Fraction(1, 2), 2)


def test_what_lacks_evidence_and_is_left_out_is_no_room_either() -> None:
    made = make("criteria: {method: sum, insufficient_evidence: exclude}")
    score = result(made, a="lacking", b=2, c=1)
    assert (score.value, score.minimum, score.maximum) == (3, 0, 6)
    share = make("criteria: {method: share_of_possible, insufficient_evidence: exclude}")
    assert result(share, a="lacking", b=2, c=1).value == Fraction(1, 2)


def test_a_session_tells_what_a_target_can_come_to_as_it_is_this_time() -> None:
    """Where nothing at all applies nothing is made of it, so that the same target has no least and no most."""
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: absent}", TWO)
    plan = compile_criteria(made)
    session = ScoringSession(plan)
    given = [review(a=a, b=a, c="n/a") for a in (2, "n/a", 2)]
    cards = [score_review(each, plan, session=session) for each in given]
    assert [each.targets for each in cards] == [score_review(each, plan).targets for each in given]
    assert cards[0].targets[1] != cards[1].targets[1]


def test_a_session_tells_a_justified_absence_from_one_that_is_not() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: satisfied_if_justified}", TWO)
    plan = compile_criteria(made)
    session = ScoringSession(plan)
    totals = [score_review(review(a=2, b=2, c=c), plan, session=session).total.value for c in ("n/a", "n/a!", "n/a")]
    assert totals == [1, Fraction(5, 2), 1]
