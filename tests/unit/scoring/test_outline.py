"""What a set gives beforehand, in values: scales, parts, ends and weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_sets import make, question, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.outline import make_outline, outline_of
from granskning.scoring.results.card import TOTAL

MEAN = "criteria: {method: mean}"
WEAKEST = "criteria: {method: weakest}"


def test_every_step_has_its_parts_with_their_ends() -> None:
    outline = make_outline(make(MEAN, [target("t", [question("a", weight=2), question("b")])]))
    assert outline.targets == ("t",)
    a, b = outline.steps["t"].parts
    assert [(one.id, one.lowest, one.highest) for one in (a, b)] == [("a", 0, 3), ("b", 0, 3)]
    assert [(one.id, one.is_node) for one in outline.steps[TOTAL].parts] == [("t", True)]
    assert outline.weights == {"a": Fraction(2), "b": Fraction(1), "t": Fraction(1), TOTAL: Fraction(1)}


def test_a_scale_is_one_value_wherever_it_is_met() -> None:
    outline = make_outline(make(WEAKEST))
    step = outline.steps["t"]
    assert step.scale is step.common is outline.scales["a"] is step.parts[0].scale
    assert outline.scale_of("t") is step.scale


def test_a_number_has_no_scale_and_neither_has_an_unknown_place() -> None:
    outline = make_outline(make(MEAN))
    assert outline.scale_of("t") is None
    assert outline.scale_of("elsewhere") is None


def test_a_scale_tells_ranks_points_and_direction() -> None:
    scale = make_outline(make(MEAN)).scales["a"]
    assert scale.rank_of(scale.keys[-1]) == len(scale.keys) - 1
    assert scale.rank_of("none of them") is None
    assert scale.has_points
    assert scale.is_monotone


def test_an_outline_of_a_plan_is_that_of_its_set_and_remembers_nothing() -> None:
    made = make(WEAKEST)
    outline = outline_of(compile_criteria(made))
    assert outline == make_outline(made)
    with pytest.raises(AttributeError):
        outline.targets = ()  # type: ignore[misc]
