"""Points at numbers: lines, steps and logarithms, exact wherever a fraction is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from granskning.model.method import CurvePoint, Step
from granskning.scoring.engine.curve import _is_reached, convert, is_rising_curve, points_on
from granskning.scoring.results.numbers import ApproximateNumber, root_of
from granskning.scoring.results.values import Result

ROOT = root_of(Fraction(2), 2)
LINE = (
    CurvePoint(Fraction(0), Fraction(10)),
    CurvePoint(Fraction(2), Fraction(30)),
    CurvePoint(Fraction(4), Fraction(20)),
)
STEPS = (
    CurvePoint(Fraction(0), Fraction(3)),
    CurvePoint(Fraction(1), Fraction(2), above=True),
    CurvePoint(Fraction(2), Fraction(1)),
)
LOG = (CurvePoint(Fraction(1), Fraction(0)), CurvePoint(Fraction(100), Fraction(10)))


@pytest.mark.parametrize(
    ("number", "points"), [(-1, 10), (0, 10), (1, 20), (Fraction(3, 2), 25), (2, 30), (3, 25), (4, 20), (9, 20)]
)
def test_along_a_line_and_beyond_its_ends(number: Any, points: Any) -> None:
    found = points_on(number, LINE, "line")
    assert (found, type(found)) == (points, Fraction)


@pytest.mark.parametrize(("number", "points"), [(-1, 3), (0, 3), (1, 3), (Fraction(3, 2), 2), (2, 1), (3, 1)])
def test_by_steps_that_begin_at_a_number_or_just_above_it(number: Any, points: int) -> None:
    assert points_on(number, STEPS, "step") == points


def test_by_logarithms_exact_where_one_is_a_simple_power_of_the_other() -> None:
    for number, points in ((1, 0), (10, 5), (100, 10), (1000, 10), (Fraction(1, 10), 0)):
        found = points_on(Fraction(number), LOG, "log")
        assert found == points
        assert type(found) is Fraction
    near = points_on(Fraction(2), LOG, "log")
    assert isinstance(near, ApproximateNumber)
    assert float(near) == pytest.approx(1.50514997831991)  # five times the logarithm of 2


def test_what_is_near_has_near_points() -> None:
    assert isinstance(points_on(ROOT, LINE, "line"), ApproximateNumber)
    assert float(points_on(ROOT, LINE, "line")) == pytest.approx(10 + 10 * 2**0.5)
    assert isinstance(points_on(ApproximateNumber(10), LOG, "log"), ApproximateNumber)
    assert points_on(ROOT, STEPS, "step") == 2


def test_whether_a_curve_rises() -> None:
    assert is_rising_curve(LINE[:2])
    assert not is_rising_curve(LINE)
    assert not is_rising_curve(STEPS)
    assert is_rising_curve(())


def ends(low: Any, high: Any, curve: tuple[CurvePoint, ...]) -> tuple[Any, Any]:
    step = Step("mean", points=curve, between="step" if curve is STEPS else "line")
    first, last = convert((Result(low), Result(high)), step)
    return first.value, last.value


@pytest.mark.parametrize(
    ("low", "high", "curve", "least", "most"),
    [
        (0, 2, LINE[:2], 10, 30),
        (1, 3, LINE, 20, 30),  # the turn within is the most
        (2, 4, LINE, 20, 30),
        (3, 4, LINE, 20, 25),
        (0, 1, STEPS, 3, 3),  # what begins just above 1 is not reached at 1
        (0, Fraction(3, 2), STEPS, 2, 3),
        (1, 2, STEPS, 1, 3),
        (None, 2, LINE, None, 30),
        (1, None, LINE, 20, None),
    ],
)  # fmt: skip
def test_the_fewest_and_the_most_points_of_an_interval(
    low: Any, high: Any, curve: tuple[CurvePoint, ...], least: Any, most: Any
) -> None:
    assert ends(low, high, curve) == (least, most)


def test_one_result_stays_one() -> None:
    result = Result(1, rule=3)
    low, high = convert((result, result), Step("mean", points=LINE))
    assert low is high
    assert low == Result(20, rule=3)
    none = Result(None)
    assert convert((none, none), Step("mean", points=LINE)) == (none, none)


def test_what_begins_at_a_turn_is_reached_at_it_and_what_begins_above_it_only_beyond() -> None:
    at, above = CurvePoint(Fraction(2), Fraction(0)), CurvePoint(Fraction(2), Fraction(0), above=True)
    ends = [(0, 1), (0, 2), (2, 2), (2, 3), (3, 4)]
    assert [_is_reached(at, Fraction(low), Fraction(high)) for low, high in ends] == [False, True, True, True, False]
    assert [_is_reached(above, Fraction(low), Fraction(high)) for low, high in ends] == [
        False,
        False,
        False,
        True,
        False,
    ]
