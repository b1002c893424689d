"""Which steps can only rise as answers do, so that their ends are the ends of their parts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_sets import make, question, result, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.results.card import TOTAL

PRODUCT = "criteria: {method: mean}\ntargets: {method: product}"


def rule(criterion: str, reaches: str, gives: int) -> str:
    return f"{{when: {{part: {criterion}, {reaches}}}, gives: {gives}}}"


RISING = [rule("a", "at_least: 2", 3), rule("b", "at_least: 2", 2)]
FALLING = [rule("a", "at_most: 0", 0), rule("b", "at_most: 1", 1)]


@pytest.mark.parametrize(
    ("rules", "otherwise", "is_monotone"),
    [
        (RISING, 0, True),
        (RISING, 2, True),
        (RISING, 3, False),
        (RISING[::-1], 0, False),
        (FALLING, 3, True),
        (FALLING, 1, True),
        (FALLING, 0, False),
        (FALLING[::-1], 3, False),
        ([RISING[0], FALLING[0]], 3, False),
    ],
)
def test_rules_rise_where_all_lead_the_same_way(rules: list[str], otherwise: int, *, is_monotone: bool) -> None:
    made = make(f"criteria: {{method: rules, rules: [{', '.join(rules)}], otherwise: {otherwise}}}")
    assert compile_criteria(made).nodes["t"].is_monotone is is_monotone


@pytest.mark.parametrize(
    ("steps", "otherwise", "is_monotone"),
    [((1, 2), 0, True), ((2, 1), 0, False), ((1, 2), 3, False), ((1, 2), 1, True)],
)
def test_a_ladder_rises_where_its_steps_do(steps: tuple[int, int], otherwise: int, *, is_monotone: bool) -> None:
    first, second = (
        f"{{gives: {gives}, requires: {{part: {part}, at_least: 2}}}}" for gives, part in zip(steps, "ab", strict=True)
    )
    made = make(f"criteria: {{method: ladder, steps: [{first}, {second}], otherwise: {otherwise}}}")
    assert compile_criteria(made).nodes["t"].is_monotone is is_monotone


GIVING = "mean, passes_on: band, bands: [{from: -1, id: x, label: X, gives: %d}, {from: 0, id: y, label: Y, gives: %d}]"


@pytest.mark.parametrize(
    ("scoring", "levels", "rises"),
    [
        (PRODUCT, (0, 1), True),
        (PRODUCT, (-1, 0, 1), False),
        (PRODUCT.replace("mean", "mean, points: [{at: 0, gives: 1}, {at: 1, gives: 2}]"), (0, 1), True),
        (PRODUCT.replace("mean", "mean, points: [{at: 0, gives: 0}, {at: 1, gives: 2}]"), (0, 1), True),
        (PRODUCT.replace("mean", "mean, points: [{at: 0, gives: -1}, {at: 1, gives: 2}]"), (0, 1), False),
        (PRODUCT.replace("mean", GIVING % (-1, 1)), (-1, 0, 1), False),
        (PRODUCT.replace("mean", GIVING % (0, 1)), (-1, 0, 1), True),
        (PRODUCT.replace("mean", "difference, of: [a, b]"), (0, 1), False),
        (PRODUCT + "\ngates: [{id: g, when: {part: a, below: 1}, cap: {target: t, at: 0.5}, why: w}]", (0, 1), True),
    ],
)
def test_a_product_rises_where_none_of_its_parts_can_be_below_0(
    scoring: str, levels: tuple[int, ...], *, rises: bool
) -> None:
    made = make(scoring, [target("t", [question("a"), question("b")])], levels)
    assert compile_criteria(made).nodes[TOTAL].rises is rises


FALLS = "{method: mean, between: step, points: [{above: 0, gives: 2}, {above: 1, gives: 1}, {above: 2, gives: 0}]}"
SHARES = "targets: {method: share_of_possible}"


def test_a_share_of_the_possible_looks_at_what_can_be_reached_and_not_at_bounds() -> None:
    """What holds a target at 0 is the answer that would lift it to the whole; falling points stop above their least."""
    gate = "[{id: g, when: {part: a, above: 0}, cap: {target: t, at: 0}}]"
    share = f"{{criteria: {{method: share_of_possible}}, {SHARES}, gates: {gate}}}"
    gated = make(share, [target("t", "a b"), target("u", "c")], (0, 1))
    assert result(gated, "total", a=0, b=0, c=1).value == Fraction(2, 3)
    flat = make(f"{{criteria: {FALLS}, {SHARES}}}", (), (0, 1))
    assert result(flat, "total", a=0, b=0, c=1).standing == "cannot_be_assessed"
    falling = make(f"{{criteria: {FALLS}, {SHARES}}}")
    assert result(falling, "total", a=2, b=2, c=2).value == Fraction(1, 2)


def test_a_range_with_steps_is_tried_number_by_number() -> None:
    points = "between: step, points: [{at: 0, gives: 0}, {above: 0, gives: 5}, {at: 1, gives: 1}]"
    scales = [{"id": "n", "range": {"from": 0, "to": 4, "step": 2}}]
    asked = [question("a", scale="n"), question("b", scale="n")]
    made = make(f"criteria: {{method: mean, {points}}}", [target("t", asked)], scales=scales)
    found = result(made, a="?", b=0)
    assert (found.low, found.high, found.bounds) == (0, 1, "exact")


@pytest.mark.parametrize(("worst", "rises"), [(-1, False), (0, True)])
def test_a_product_of_levels_whose_points_are_below_0_does_not_rise(worst: int, *, rises: bool) -> None:
    """What is asked has no number below 0; what the rules give has."""
    words = (("bad", worst), ("good", 1))
    scales = [{"id": "w", "levels": [{"value": word, "label": word, "points": n} for word, n in words]}]
    rules = "{method: rules, scale: w, rules: [{when: {part: a, at_least: 2}, gives: good}], otherwise: bad}"
    made = make(
        f"criteria: {rules}\ntargets: {{method: product}}",
        [target("t", "a"), target("u", [question("b")])][:1],
        scales=scales,
    )
    assert compile_criteria(made).nodes[TOTAL].rises is rises


def test_a_target_shown_by_the_level_that_its_band_gives_is_looked_at_by_that() -> None:
    bands = "bands: [{from: 0, id: low, label: L, gives: 1}, {from: 2, id: high, label: H, gives: 3}]"
    rules = "{method: rules, rules: [{when: {part: t, is: [2, 3]}, gives: 3}], otherwise: 0}"
    made = make(f"criteria: {{method: mean, passes_on: band, {bands}}}\ntargets: {rules}", [target("t", "a b")])
    assert compile_criteria(made).nodes[TOTAL].is_monotone
    found = result(made, "total", a=3, b="?")
    assert (found.low_outcome, found.high_outcome) == ("0", "3")
    assert result(made, "total", a=3, b=1).outcome == "3"


@pytest.mark.parametrize(("low", "high", "rises"), [(1, 3, True), (3, 1, False)])
def test_bands_that_go_on_rise_where_their_points_do(low: int, high: int, *, rises: bool) -> None:
    bands = f"bands: [{{from: 0, id: low, label: L, value: {low}}}, {{from: 2, id: high, label: H, value: {high}}}]"
    made = make(f"criteria: {{method: mean, passes_on: band, {bands}}}\ntargets: {{method: mean}}")
    assert compile_criteria(made).nodes[TOTAL].rises is rises


@pytest.mark.parametrize(("gives", "rises"), [(2, True), (-1, False)])
def test_points_rise_where_their_curve_does(gives: int, *, rises: bool) -> None:
    made = make(f"criteria: {{method: mean, points: [{{at: 0, gives: 0}}, {{at: 3, gives: {gives}}}]}}")
    assert compile_criteria(made).nodes["t"].rises is rises


def test_what_can_move_a_result_is_also_what_its_gates_look_at() -> None:
    gate = "gates: [{id: g, when: {part: u, below: 1}, cap: {target: t, at: 1}, why: w}]"
    plan = compile_criteria(make(f"criteria: {{method: mean}}\n{gate}", [target("t", "a b"), target("u", "c")]))
    assert plan.nodes["t"].support == {"a", "b", "c"}
    assert plan.nodes["u"].support == {"c"}
    asked = [
        question("a", prerequisites=[{"criterion": "c", "at_least": 1, "otherwise": 0}]),
        question("b", asked_if={"part": "c", "is": 1}),
    ]
    held = compile_criteria(make("criteria: {method: mean}", [target("t", asked), target("u", "c")]))
    assert held.nodes["t"].support == {"a", "b", "c"}


@pytest.mark.parametrize(("by", "rises"), [(1, True), (2, False), (3, False)])
def test_a_weakest_with_a_step_up_rises_where_every_level_is_that_far_from_the_next(by: int, *, rises: bool) -> None:
    """On the scale of the result D and C stand next to each other, C and B two apart."""
    fine = [{"id": "fine", "levels": [{"value": key, "label": key} for key in ("D", "C", "C+", "B")]}]
    step = f"{{method: weakest, scale: fine, step_up: {{at_least: 1, by: {by}}}}}"
    made = make(f"criteria: {step}", (), ("D", "C", "B"), scales=fine)
    assert compile_criteria(made).nodes["t"].rises is rises


@pytest.mark.parametrize(("scale", "is_monotone"), [("up", True), ("down", False)])
def test_a_count_rises_where_the_points_of_what_is_counted_do(scale: str, *, is_monotone: bool) -> None:
    ends = {"up": (0, 9), "down": (9, 0)}
    scales = [{"id": name, "range": {"from": 0, "to": 9}, "points": [{"at": 0, "gives": low}, {"at": 9, "gives": high}]}
              for name, (low, high) in ends.items()]  # fmt: skip
    rule = "rules: [{when: {count: {at_least: 5}, at_least: 1}, gives: 3}], otherwise: 0"
    asked = [question("a", scale=scale), question("b", scale=scale)]
    made = make(f"criteria: {{method: rules, {rule}}}", [target("t", asked)], scales=scales)
    assert compile_criteria(made).nodes["t"].is_monotone is is_monotone


def test_a_count_of_targets_with_numbers_is_no_question_of_scales() -> None:
    rule = "{method: rules, rules: [{when: {count: {at_least: 2}, at_least: 1}, gives: 3}], otherwise: 0}"
    made = make(f"criteria: {{method: mean}}\ntargets: {rule}")
    assert compile_criteria(made).nodes[TOTAL].is_monotone
