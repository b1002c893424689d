"""What would move a verdict: answers, weights, and what the result would be without one question."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import make, question, read, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.plain import plain_sensitivity
from granskning.scoring.sensitivity import make_sensitivity
from granskning.workspace.schema.put import as_put

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.sensitivity import Sensitivity

STEPS = "between: step, points: [{at: 0, gives: 0},"
BANDS = "bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]"


def sensitivity(made: CriteriaSet, **answers: Any) -> list[Sensitivity]:
    return list(make_sensitivity(review(**answers), compile_criteria(made)))


def changes(made: CriteriaSet, **answers: Any) -> list[tuple[dict[str, str], str]]:
    [found] = sensitivity(made, **answers)
    return [(dict(one.answers), one.verdict) for one in found.changes]


def test_one_answer_moved_no_farther_than_it_takes() -> None:
    made = make(f"criteria: {{method: mean, {BANDS}}}")
    assert changes(made, a=2, b=2, c=1) == [({"a": "3"}, "high"), ({"c": "2"}, "high")]
    [found] = sensitivity(made, a=2, b=2, c=1)
    assert [one.choices for one in found.changes] == [(("a", "b"),), (("c",),)]


def test_two_answers_where_one_is_not_enough() -> None:
    made = make(f"criteria: {{method: mean, {BANDS}}}")
    assert changes(made, a=0, b=0, c=3) == [({"a": "3"}, "high")]
    assert changes(made, a=0, b=0, c=1) == [({"a": "2", "b": "3"}, "high"), ({"a": "3", "c": "3"}, "high")]


def test_an_answer_in_the_middle_that_decides_is_found() -> None:
    """The best answer and the worst give the same: neither end changes anything."""
    made = make("criteria: {method: rules, rules: [{when: {part: a, is: 1}, gives: 3}], otherwise: 0}")
    [found] = sensitivity(made, a=3, b=0, c=0)
    assert [(one.answers, one.is_up, one.verdict) for one in found.changes] == [((("a", "1"),), True, "3")]
    assert found.is_complete


def test_an_answer_that_is_worse_when_higher_lowers_the_verdict() -> None:
    made = make("criteria: {method: rules, rules: [{when: {count: {above: 1}, at_least: 1}, gives: 0}], otherwise: 2}")
    [found] = sensitivity(made, a=1, b=1, c=0)
    assert [(one.answers, one.is_up) for one in found.changes] == [((("a", "2"),), False), ((("c", "2"),), False)]


def test_alike_answers_are_told_as_a_rule() -> None:
    """Two of eight in six lines of twenty-eight is no answer; which two does not matter, and that is one line."""
    made = make(f"criteria: {{method: mean, {BANDS}}}", [target("t", "a b c d e f g h")])
    [found] = sensitivity(made, **dict.fromkeys("abcdefg", 1), h=3)
    assert found.is_complete
    assert [(len(one.answers), one.choices[0]) for one in found.changes if one.is_up] == [(3, tuple("abcdefg"))]


def test_down_as_well_as_up() -> None:
    made = make("criteria: {method: weakest}")
    [found] = sensitivity(made, a=1, b=2, c=2)
    assert found.verdict == "1"
    assert [(dict(one.answers), one.verdict, one.is_up) for one in found.changes] == [
        ({"a": "2"}, "2", True),
        ({"a": "0"}, "0", False),
        ({"b": "0"}, "0", False),
    ]


def on_a_range(scale: str, bands: str, **answers: Any) -> list[tuple[dict[str, str], str]]:
    made = make(
        f"criteria: {{method: sum, bands: {bands}}}",
        [target("t", [question("a", scale="r")])],
        scales=[{"id": "r", **read(f"{{{scale}}}")}],
    )
    return changes(made, **answers)


@pytest.mark.parametrize(
    ("scale", "start", "moved"),
    [
        ("range: {from: 0, to: 10}", 1, {"a": "5"}),
        ("range: {from: 0, to: 10}", "1/3", {"a": "5"}),
        ("range: {from: 0, to: 10}", 0.1234567, {"a": "5"}),
        ("range: {from: 0, to: 10, step: 2}", 2, {"a": "6"}),
        (f"range: {{from: 0, to: 9}}, {STEPS} {{above: 4.5, gives: 5}}]", 0, {"a": "4.59"}),
        (f"range: {{from: 0, to: 9}}, {STEPS} {{at: 4.123, gives: 5}}]", 0, {"a": "4.123"}),
        (f"range: {{from: 0, to: 9, step: 3}}, {STEPS} {{above: 4.5, gives: 5}}]", 0, {"a": "6"}),
        ("range: {from: 0, to: 9}, points: [{at: 0, gives: 9}, {at: 9, gives: 0}]", 9, {"a": "3.96"}),
    ],
)
def test_a_number_is_moved_to_one_that_can_be_given(scale: str, start: Any, moved: dict[str, str]) -> None:
    bands = "[{from: 0, id: low, label: L}, {from: 5, id: high, label: H}]"
    assert on_a_range(scale, bands, a=start) == [(moved, "high")]


def test_the_lowest_points_need_not_be_where_an_answer_can_be() -> None:
    curve = "[{at: 0, gives: 5}, {above: 4.5, gives: 0}]"
    bands = "[{from: 0, id: low, label: L}, {from: 5, id: high, label: H}]"
    scale = f"range: {{from: 0, to: 9, step: 1}}, between: step, points: {curve}"
    assert on_a_range(scale, bands, a=2) == [({"a": "5"}, "low")]


def test_an_open_verdict_hangs_on_nothing_yet() -> None:
    [found] = sensitivity(make(f"criteria: {{method: mean, {BANDS}}}"), a=2, b=2, c="?")
    assert (found.verdict, found.changes, found.weights) == (None, (), ())


def test_the_total_where_there_is_one_else_each_target() -> None:
    targets = [target("t", "a"), target("u", "b c")]
    assert [one.place for one in sensitivity(make("criteria: {method: mean}", targets), a=1, b=1, c=1)] == ["t", "u"]
    made = make("criteria: {method: mean}\ntargets: {method: mean}", targets)
    assert [one.place for one in sensitivity(made, a=1, b=1, c=1)] == [""]


def test_a_weight_that_would_move_the_verdict() -> None:
    made = make(f"criteria: {{method: mean, {BANDS}}}", [target("t", "a b")])
    [found] = sensitivity(made, a=3, b=0)
    assert found.verdict == "low"
    assert [(one.id, one.factor, one.verdict) for one in found.weights] == [
        ("a", Fraction(2), "high"),  # (2 · 3 + 0) / 3
        ("b", Fraction(1, 2), "high"),
    ]


def test_a_result_under_other_weights_and_without_a_question() -> None:
    made = make("criteria: {method: mean}", [target("t", [question("a"), question("b", weight=3)])])
    [found] = sensitivity(made, a=3, b=1)
    by_name = {one.id: one for one in found.variations}
    light, heavy, without = by_name["b"].lighter, by_name["b"].heavier, by_name["b"].left_out
    assert light is not None
    assert heavy is not None
    assert without is not None
    assert (light.value, heavy.value, without.value) == (Fraction(21, 13), Fraction(27, 19), 3)


def test_weights_have_no_say_in_the_weakest() -> None:
    [found] = sensitivity(make("criteria: {method: weakest}"), a=1, b=2, c=2)
    assert found.weights == ()
    assert [(one.lighter, one.heavier) for one in found.variations] == [(None, None)] * 3
    assert [one.left_out.outcome for one in found.variations if one.left_out] == ["2", "1", "1"]


def test_sensitivity_as_plain_values() -> None:
    made = make(f"criteria: {{method: mean, {BANDS}}}", [target("t", "a b")])
    [plain] = plain_sensitivity(sensitivity(made, a=3, b=0), "en")
    assert (plain["of"], plain["verdict"], plain["complete"]) == ("t", "low", True)
    assert plain["answers"][0] == {
        "direction": "up",
        "verdict": "high",
        "changes": [{"criterion": "b", "level": "1"}],
        "choices": [["b"]],
    }
    assert plain["weights"][0] == {"id": "a", "weight": 2.0, "factor": 2.0, "verdict": "high"}
    assert plain["variations"][0]["left_out"]["shown"] == "0.0"
    assert plain["variations"][0]["id"] == "a"


def test_a_skipped_question_has_no_answer_yet_where_another_answer_would_ask_it() -> None:
    asking = [question("a"), question("b", asked_if={"criterion": "a", "at_least": 2}), question("c")]
    made = make(f"criteria: {{method: mean, {BANDS}}}", [target("t", asking)])
    for own in (review(a=1, c=2), review(a=1, b=3, c=2)):
        [found] = make_sensitivity(as_put(own, made, None), compile_criteria(made))
        assert [(dict(one.answers), one.verdict) for one in found.changes] == [({"c": "3"}, "high")]


def test_what_applies_elsewhere_decides_what_an_answer_counts_as() -> None:
    """That `a` counts as absent, and holds `b` back, hangs on `beside`, which the result of `u` does not rest on."""
    held_back = question("b", prerequisites=[{"criterion": "a", "at_least": 2, "otherwise": 0}])
    made = make(f"{{criteria: {{method: mean, not_applicable: absent, {BANDS}}}}}",
                [target("t", "a beside"), target("u", [held_back])])  # fmt: skip
    of_u = next(one for one in sensitivity(made, a="n/a", beside=2, b=1) if one.place == "u")
    assert (of_u.verdict, of_u.changes) == ("low", ())
    of_u = next(one for one in sensitivity(made, a="n/a", beside="n/a", b=1) if one.place == "u")
    assert [dict(one.answers) for one in of_u.changes] == [{"b": "2"}]


def test_a_target_that_shares_a_question_is_no_part_of_the_others() -> None:
    made = make(f"criteria: {{method: mean, {BANDS}}}",
                [target("t", "a b"), target("u", "c", counts_also=["a"])])  # fmt: skip
    of_t = next(one for one in sensitivity(made, a="n/a", b=1, c=1) if one.place == "t")
    assert [dict(one.answers) for one in of_t.changes] == [{"b": "2"}]


def test_on_a_range_that_begins_above_nothing_each_hundredth_is_tried() -> None:
    """From 101 the nearest number that gives the higher verdict is 150, and from 200 the lower begins at 149."""
    far = {"scales": [{"id": "far", "range": {"from": 100, "to": 200}}]}
    bands = "bands: [{from: 100, id: low, label: L}, {from: 150, id: high, label: H}]"
    made = make(f"criteria: {{method: mean, {bands}}}", [target("t", [question("a", scale="far")])], **far)
    assert changes(made, a=101) == [({"a": "150"}, "high")]
    assert changes(made, a=200) == [({"a": "149"}, "low")]


def test_on_a_range_that_begins_below_nothing_each_hundredth_is_tried() -> None:
    far = {"scales": [{"id": "far", "range": {"from": -100, "to": 100}}]}
    bands = "bands: [{from: -100, id: low, label: L}, {from: 0, id: high, label: H}]"
    made = make(f"criteria: {{method: mean, {bands}}}", [target("t", [question("a", scale="far")])], **far)
    assert changes(made, a=-100) == [({"a": "0"}, "high")]
