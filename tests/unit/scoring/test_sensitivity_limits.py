"""How much of what would move a verdict is told, and where trying ends."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import make, question, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.sensitivity import make_sensitivity

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.sensitivity import Sensitivity

BANDS = "bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]"
MEAN = f"criteria: {{method: mean, {BANDS}}}"


def of(made: CriteriaSet, **answers: Any) -> Sensitivity:
    [one] = make_sensitivity(review(**answers), compile_criteria(made))
    return one


def weighing(*weights: int) -> CriteriaSet:
    return make(MEAN, [target("t", [question(name, weight=w) for name, w in zip("abcdefghij", weights, strict=False)])])


def test_six_of_the_smallest_sets_are_told_and_the_others_counted() -> None:
    """Eight that weigh otherwise, at 1: each of them lifted to 3 lifts the mean to 2, or lowered to 0 lowers it."""
    weights = range(100, 108)
    answers: dict[str, Any] = {**dict.fromkeys("abcdefgh", 1), "i": 3}
    found = of(weighing(*weights, 700), **answers)
    assert (found.verdict, len(found.changes), found.left_out) == ("low", 6, (2, 0))
    assert {one.is_up for one in found.changes} == {True}
    fewer = of(weighing(1, 1, 1), a=2, b=2, c=1)
    assert (len(fewer.changes), fewer.left_out) == (2, (0, 0))
    down = of(weighing(*weights, 900), **answers)  # and i itself
    assert (down.verdict, down.left_out) == ("high", (0, 3))
    assert {one.is_up for one in down.changes} == {False}


@pytest.mark.parametrize(
    ("scoring", "verdict", "has_verdicts"),
    [
        (MEAN, "low", True),
        ("criteria: {method: weakest}", "1", True),
        ("criteria: {method: mean}", None, False),
    ],
)
def test_whether_a_result_can_have_a_verdict_at_all(scoring: str, verdict: str | None, *, has_verdicts: bool) -> None:
    found = of(make(scoring), a=1, b=1, c=1)
    assert (found.verdict, found.has_verdicts) == (verdict, has_verdicts)


def test_four_answers_are_no_small_set() -> None:
    even = weighing(*[1] * 8)
    assert of(even, **dict.fromkeys("abcdefgh", 1)).changes == ()  # 4 of 8 at 3 make 2, and that is too many
    assert [len(one.answers) for one in of(weighing(*[1] * 6), **dict.fromkeys("abcdef", 1)).changes] == [3]


def test_where_there_are_too_many_ways_it_is_said_that_not_all_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = "rules: [{when: {count: {is: 1}, exactly: 4}, gives: 3}], otherwise: 0"
    made = make(f"criteria: {{method: rules, {rules}}}", [target("t", "a b c d e")])
    answers: dict[str, Any] = dict.fromkeys("abcde", 3)
    assert of(made, **answers).is_complete
    for tries, is_complete in ((9, False), (38, False), (39, True)):  # one to three of five alike: 3 + 9 + 27 ways
        monkeypatch.setattr("granskning.scoring.sensitivity._TRIES", tries)
        found = of(made, **answers)
        assert (found.changes, found.is_complete) == ((), is_complete)


def test_the_nearest_levels_come_first_where_any_may_decide() -> None:
    rules = "rules: [{when: {part: a, is: [0, 1]}, gives: 2}], otherwise: 1"
    found = of(make(f"criteria: {{method: rules, {rules}}}"), a=3, b=0, c=0)
    assert [(one.answers, one.verdict, one.is_up) for one in found.changes] == [((("a", "1"),), "2", True)]
    pair = "rules: [{when: [{part: a, is: 1}, {part: b, is: 2}], gives: 2}], otherwise: 1"
    found = of(make(f"criteria: {{method: rules, {pair}}}"), a=3, b=0, c=0)
    assert [dict(one.answers) for one in found.changes] == [{"a": "1", "b": "2"}]


def test_a_weight_is_tried_down_to_nothing_and_up_to_four_times() -> None:
    """Of 3 and 0 with a weight of 1 and 4: a would have to weigh 8; b a half, an eighth of it."""
    found = of(weighing(1, 4), a=3, b=0)
    assert [(one.id, one.weight, one.factor) for one in found.weights] == [("b", Fraction(12, 25), Fraction(3, 25))]
    four = of(weighing(1, 2), a=3, b=0)
    assert [(one.id, one.weight, one.factor) for one in four.weights] == [
        ("a", Fraction(4), Fraction(4)),
        ("b", Fraction(1, 2), Fraction(1, 4)),
    ]


def test_a_weight_that_must_go_to_nothing_is_the_farthest_of_all() -> None:
    """Without b the mean of a, c is 2; b at any weight lowers it."""
    made = weighing(1, 1, 1)
    found = of(made, a=2, b=0, c=2)
    assert [(one.id, one.factor, one.verdict) for one in found.weights] == [("b", Fraction(0), "high")]


def test_what_does_not_apply_cannot_be_left_out() -> None:
    found = of(weighing(1, 1, 1), a=2, b="n/a", c=1)
    assert [one.id for one in found.variations] == ["a", "c"]
    assert [dict(one.answers) for one in found.changes if one.is_up] == [{"a": "3"}, {"c": "2"}]


def test_targets_are_weighed_before_their_questions() -> None:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, {BANDS}}}", [target("t", "a"), target("u", "b")])
    found = of(made, a=1, b=2)
    assert [(one.id, one.left_out is None) for one in found.variations] == [
        ("t", True), ("u", True), ("a", False), ("b", False),
    ]  # fmt: skip
    lighter, heavier = found.variations[0].lighter, found.variations[0].heavier
    assert lighter is not None
    assert heavier is not None
    assert (lighter.value, heavier.value) == (Fraction(11, 7), Fraction(13, 9))  # (3/4 + 2) / (7/4), (5/4 + 2) / (9/4)
    assert found.variations[2].lighter is None  # alone in its target, its weight has no say


def test_a_result_that_is_none_hangs_on_nothing() -> None:
    plan = compile_criteria(weighing(1, 1, 1))
    assert make_sensitivity(review(a="n/a", b="n/a", c="n/a"), plan) == ()
    assert make_sensitivity(review(), plan) == ()
