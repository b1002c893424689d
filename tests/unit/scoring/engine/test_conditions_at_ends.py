"""Conditions while answers are open, which way they move, and what of a part they look at."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from small_sets import card, make, question, result, target

from granskning.model.method import Condition, Level, Scale
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.conditions import direction_of, together

LADDER = make_ladder(Scale("", tuple(Level(key, {}, points=Fraction(key)) for key in range(3))))
RANGE = make_ladder(Scale("r", minimum=Fraction(0), maximum=Fraction(10)))


def part(comparison: Any, *levels: str) -> Condition:
    return Condition("part", part="a", comparison=comparison, levels=levels)


def count(amount: Any, comparison: Any = "at_least", *levels: str) -> Condition:
    return Condition("count", comparison=comparison, levels=levels or ("1",), amount=amount, number=Fraction(1))


@pytest.mark.parametrize(
    ("condition", "direction"),
    [
        (part("at_least", "1"), 1), (part("above", "1"), 1), (part("at_most", "1"), -1), (part("below", "1"), -1),
        (part("is", "2"), 1), (part("is", "1", "2"), 1), (part("is", "0"), -1), (part("is", "0", "1"), -1),
        (part("is", "1"), 0), (part("is", "0", "2"), 0), (part("is", "0", "1", "2"), 2), (part("is", "x"), 2),
        (count("at_least"), 1), (count("more_than"), 1), (count("at_most"), -1), (count("fewer_than"), -1),
        (count("exactly"), 0), (count("exactly", "is", "x"), 2), (count("at_most", "below"), 1),
        (Condition("not", conditions=(part("below", "1"),)), 1),
        (Condition("not", conditions=(part("is", "x"),)), 2),
        (Condition("all", conditions=(part("above", "1"), part("is", "x"))), 1),
        (Condition("any", conditions=(part("above", "1"), part("below", "1"))), 0),
    ],
)  # fmt: skip
def test_which_way_a_condition_moves_as_answers_rise(condition: Condition, direction: int) -> None:
    assert direction_of(condition, lambda _: [LADDER]) == direction


def test_being_at_a_number_or_on_no_scale_moves_no_way() -> None:
    assert direction_of(part("is", "1"), lambda _: [RANGE]) == 0
    assert direction_of(part("is", "1"), lambda _: [None]) == 0
    assert direction_of(count("at_least", "is", "2"), lambda _: [LADDER, RANGE]) == 0
    assert direction_of(part("above", "1"), lambda _: [None]) == 1


def test_the_direction_of_several_is_the_one_that_they_share() -> None:
    assert [together(ways) for ways in ((), (2, 2), (1, 2, 1), (-1, 2), (1, -1), (0, 2))] == [2, 2, 1, -1, 0, 0]


def outcomes(condition: str, levels: Any = (0, 1, 2, 3), **answers: Any) -> tuple[str | None, str | None]:
    """The worst and the best outcome of a rule that gives 1 while the condition holds."""
    made = make(f"criteria: {{method: rules, rules: [{{when: {condition}, gives: 1}}], otherwise: 0}}", (), levels)
    score = result(made, **answers)
    return (score.outcome, score.outcome) if score.outcome else (score.low_outcome, score.high_outcome)


@pytest.mark.parametrize(
    ("condition", "ends"),
    [
        ("{part: a, at_least: 0}", ("1", "1")),  # whatever it is
        ("{part: a, above: 0}", ("0", "1")),
        ("{part: a, is: [0, 1, 2, 3]}", ("1", "1")),
        ("{part: a, is: [0, 1, 2]}", ("0", "1")),
        ("{count: {at_least: 1}, at_least: 2}", ("0", "1")),
        ("{count: {at_least: 1}, more_than: 2}", ("0", "0")),
        ("{count: {at_least: 1}, more_than: 1}", ("0", "1")),
        ("{count: {at_least: 1}, at_most: 2}", ("1", "1")),
        ("{count: {at_least: 1}, at_most: 1}", ("0", "1")),
        ("{count: {at_least: 1}, fewer_than: 2}", ("0", "1")),
        ("{count: {at_least: 1}, fewer_than: 3}", ("1", "1")),
        ("{count: {at_least: 1}, exactly: 1}", ("0", "1")),
        ("{count: {at_least: 1}, exactly: 0}", ("0", "0")),
        ("{not: {part: a, above: 0}}", ("0", "1")),
        ("{any: [{part: a, above: 0}, {part: b, is: 2}]}", ("1", "1")),
        ("{all: [{part: a, above: 0}, {part: b, is: 2}]}", ("0", "1")),
        ("{all: [{part: a, above: 0}, {part: b, is: 1}]}", ("0", "0")),
    ],
)
def test_a_rule_over_an_open_answer(condition: str, ends: tuple[str, str]) -> None:
    """a is open, b is at 2 and c at 0."""
    assert outcomes(condition, a="?", b=2, c=0) == ends


def test_levels_on_other_scales_are_numbers_or_never_reached() -> None:
    """a on words, b on a range: counted by the levels that each of them has."""
    scales = [{"id": "w", "levels": [{"value": word, "label": word} for word in ("no", "yes")]},
              {"id": "n", "range": {"from": 0, "to": 10}}]  # fmt: skip
    asked = [question("a", scale="w"), question("b", scale="n"), question("c")]

    def outcome(condition: str, **answers: Any) -> str | None:
        rules = f"rules: [{{when: {condition}, gives: 1}}], otherwise: 0"
        return result(
            make(f"criteria: {{method: rules, {rules}}}", [target("t", asked)], scales=scales), **answers
        ).outcome

    assert outcome('{count: {is: ["yes"]}, at_least: 1}', a="yes", b=0, c=0) == "1"
    assert outcome('{count: {is: ["yes"]}, at_least: 1}', a="no", b=10, c=3) == "0"
    assert outcome('{count: {at_least: "yes"}, at_least: 2}', a="yes", b=10, c=3) == "0"
    assert outcome('{count: {at_least: "yes"}, exactly: 1}', a="yes", b=10, c=3) == "1"
    assert outcome("{part: b, at_least: 2.5}", a="no", b=2.5, c=0) == "1"
    assert outcome("{part: b, is: 2.5}", a="no", b=2.5, c=0) == "1"
    assert outcome("{part: b, is: 2.5}", a="no", b=2, c=0) == "0"


@pytest.mark.parametrize(("level", "holds"), [("0", False), ("1", True), ("2", True)])
def test_a_target_is_looked_at_by_its_band_its_level_or_its_number(level: str, *, holds: bool) -> None:
    def standing(below: str, bar: str) -> bool:
        rules = f"rules: [{{when: {{part: t, at_least: {bar}}}, gives: 3}}], otherwise: 0"
        made = make(f"criteria: {{{below}}}\ntargets: {{method: rules, {rules}}}")
        return card(made, a=level, b=level, c=level).total.outcome == "3"

    bands = "bands: [{from: 0, id: low, label: L}, {from: 1, id: high, label: H}]"
    assert standing(f"method: mean, {bands}", "high") is holds
    assert standing("method: weakest", "1") is holds
    assert standing("method: mean", "1") is holds
    assert standing("method: mean, passes_on: rounded, rounding: {decimals: 0}", "1") is holds
