"""How a result came about, told in values: parts at both ends, gates, bands, rules and what was left out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from small_sets import make, question, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.explanation import Hindrance, StepExplanation

MEAN = "criteria: {method: mean}"


def explain(made: CriteriaSet, of: str = "t", **answers: str) -> StepExplanation:
    return explain_review(review(**answers), compile_criteria(made))[of]


def test_a_part_has_its_points_and_weight_at_both_ends() -> None:
    made = make(MEAN, [target("t", [question("a", weight=2), question("b")])])
    a, b = explain(made, a="3", b="?").parts
    assert (a.id, a.weight, a.low, a.high, a.is_settled) == ("a", Fraction(2), 3, 3, True)
    assert (b.weight, b.low, b.high, b.is_settled, b.spans[0]) == (Fraction(1), 0, 3, False, (0, 3))


def test_the_ends_are_those_of_the_result() -> None:
    low, high = explain(make(MEAN), a="3", b="?", c="0").result
    assert (low.value, high.value) == (1, 2)


def test_a_part_that_is_not_applicable_is_left_out() -> None:
    a, b, _ = explain(make(MEAN), a="3", b="n/a", c="0").parts
    assert a.is_there
    assert not b.is_there


def test_a_part_as_it_is_at_one_end_has_no_other_end() -> None:
    a, b, _ = explain(make(MEAN), a="3", b="?", c="0").parts
    ends = [b.at(side) for side in (0, 1)]
    assert [(one.low, one.high, one.low_rank, one.high_rank) for one in ends] == [(0, 0, 0, 0), (3, 3, 3, 3)]
    assert [one.is_settled for one in (b, *ends)] == [False, True, True]
    own, joint = (10, 20), (0, 30)
    apart = replace(a, spans=(own, joint))
    assert [apart.at(side).spans for side in (0, 1)] == [(own, own), (joint, joint)]


@pytest.mark.parametrize(("a", "bites"), [("0", True), ("?", True), ("1", False), ("n/a", False)])
def test_a_gate_bites_where_it_holds_either_end_down(a: str, *, bites: bool) -> None:
    gate = "gates: [{id: g, when: {criterion: a, below: 1}, cap: {target: t, at: 1}}]"
    [gate_told] = explain(make(f"{MEAN}\n{gate}"), a=a, b="3", c="3").gates
    assert gate_told.bites is bites


def test_the_rules_tell_which_hold() -> None:
    rules = "criteria: {method: rules, rules: [{when: {criterion: a, at_least: 2}, gives: 3}], otherwise: 0}"
    made = make(rules)
    met, unmet, unsettled = (explain(made, a=answer, b="1", c="1") for answer in ("2", "1", "?"))
    standings = [one.rules for one in (met, unmet, unsettled)]
    assert standings == [
        ((True, True, True, True),),
        ((False, False, False, False),),
        ((False, True, False, True),),
    ]
    assert (met.result[0].rule, unmet.result[0].rule) == (0, None)


def test_the_whole_has_the_targets_as_parts() -> None:
    made = make(MEAN + "\ntargets: {method: mean}")
    whole = explain(made, TOTAL, a="3", b="3", c="0")
    [part] = whole.parts
    assert (part.id, part.is_node, part.low) == ("t", True, 2)
    assert not whole.gates


def test_an_explanation_remembers_nothing() -> None:
    made = explain(make(MEAN), a="1", b="1", c="1")
    with pytest.raises(AttributeError):
        made.id = "other"  # type: ignore[misc]
    assert explain(make(MEAN), a="1", b="1", c="1") == made


def test_a_number_is_held_against_its_threshold_by_its_points() -> None:
    turns = [{"at": 0, "gives": 0}, {"at": 10, "gives": 1}]
    scales = [{"id": "number", "range": {"from": 0, "to": 10}, "between": "line", "points": turns}]
    scoring = "criteria: {method: share_satisfied, satisfied_at: 1}"
    criteria = make(scoring, [target("t", [question("a", scale="number")])], scales=scales)
    step = explain_review(review(a=0.25), compile_criteria(criteria))["t"]
    (part,) = step.parts
    assert (part.low_rank, part.compared, part.threshold) == (Fraction(1, 4), (Fraction(1, 40),) * 2, Fraction(1, 10))
    assert step.result[0].value == 0


@pytest.mark.parametrize(
    ("a", "b", "at"),
    [
        ("3", "1", (True, True)),
        ("3", "?", (True, False)),
        ("?", "1", (False, True)),
        ("3", "2", None),  # the prerequisite is met
        ("1", "0", None),  # nothing is taken from it
        ("n/a", "0", None),
        ("3", "n/a", None),
    ],
)
def test_a_prerequisite_hinders_what_stands_higher_than_it_lets(a: str, b: str, at: tuple[bool, bool] | None) -> None:
    asked = [question("a", prerequisites=[{"criterion": "b", "at_least": 2, "otherwise": 1}]), question("b")]
    found: tuple[Hindrance, ...] = explain(make(MEAN, [target("t", asked)]), a=a, b=b).parts[0].hindrances
    assert [one.at for one in found] == ([] if at is None else [at])
    assert all((one.criterion, one.at_least, one.otherwise) == ("b", "2", "1") for one in found)


def test_a_prerequisite_lowers_nothing_where_the_question_is_not_asked() -> None:
    asked = question(
        "b", prerequisites=[{"criterion": "c", "at_least": 2, "otherwise": 0}], asked_if={"part": "a", "at_least": 1}
    )
    made = make(MEAN, [target("t", [question("a"), asked, question("c")])])
    b = next(one for one in explain(made, a="?", b="3", c="0").parts if one.id == "b")
    assert (b.low, b.high) != (3, 3)
    assert [one.at for one in b.hindrances] in ([(True, False)], [(False, True)])


def test_a_question_of_weight_0_that_counts_elsewhere_too_is_told_there() -> None:
    made = make(MEAN, [target("t", "a", counts_also=["z"]), target("u", [question("z", weight=0), question("c")])])
    out = explain(made, a="1", z="3", c="2").left_out
    assert [(one.id, one.reason) for one in out] == [("z", "weight_0")]
