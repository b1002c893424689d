"""Which steps can only rise as answers do, so that their ends are the ends of their parts."""

from __future__ import annotations

import pytest
from small_sets import make, question, target

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


@pytest.mark.parametrize(
    ("scoring", "levels", "rises"),
    [
        (PRODUCT, (0, 1), True),
        (PRODUCT, (-1, 0, 1), False),
        (PRODUCT.replace("mean", "mean, points: [{at: 0, gives: 1}, {at: 1, gives: 2}]"), (0, 1), True),
        (PRODUCT.replace("mean", "mean, points: [{at: 0, gives: -1}, {at: 1, gives: 2}]"), (0, 1), False),
        (PRODUCT.replace("mean", "difference, of: [a, b]"), (0, 1), False),
        (PRODUCT + "\ngates: [{id: g, when: {part: a, below: 1}, cap: {target: t, at: 0.5}, why: w}]", (0, 1), True),
    ],
)
def test_a_product_rises_where_none_of_its_parts_can_be_below_0(
    scoring: str, levels: tuple[int, ...], *, rises: bool
) -> None:
    made = make(scoring, [target("t", [question("a"), question("b")])], levels)
    assert compile_criteria(made).nodes[TOTAL].rises is rises
