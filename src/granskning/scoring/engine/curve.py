"""Points at numbers: of an answer on a range, and of the number that a step gives. Exact wherever a fraction is.

A number and a curve in, its points out; for a result that is not settled, the fewest and the most over its interval.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.scoring.results.numbers import ApproximateNumber, is_exact, to_fraction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.method import CurvePoint, Step
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Pair

_DIGITS = 40
_SIMPLE = 12


def points_on(number: Number, curve: Sequence[CurvePoint], between: Literal["line", "step", "log"]) -> Fraction:
    """The points of a number: beyond the ends of the curve as at the ends. Roots are compared with it exactly."""
    below = [turn for turn in curve if (number > turn.at if turn.above else number >= turn.at)]
    if not below:
        return curve[0].gives
    start = below[-1]
    if between == "step" or len(below) == len(curve) or start.at == number:
        return start.gives
    end, at = curve[len(below)], to_fraction(number)
    if between == "line":
        points = start.gives + (end.gives - start.gives) * (at - start.at) / (end.at - start.at)
        return points if is_exact(number) else ApproximateNumber(points)
    way = _way(at / start.at, end.at / start.at)
    points = start.gives + (end.gives - start.gives) * way
    return ApproximateNumber(points) if isinstance(way, ApproximateNumber) or not is_exact(number) else points


def convert(pair: Pair, step: Step) -> Pair:
    """The results of a step turned into its points: the fewest and the most, where the curve does not rise."""
    low, high = pair
    if low is high or low.value is None or high.value is None:
        first = low if low.value is None else low._replace(value=points_on(low.value, step.points, step.between))
        if low is high:
            return first, first
        last = high if high.value is None else high._replace(value=points_on(high.value, step.points, step.between))
        return first, last
    ends = [points_on(end.value, step.points, step.between) for end in pair if end.value is not None]
    if not is_rising_curve(step.points):
        ends += [turn.gives for turn in step.points if _is_reached(turn, low.value, high.value)]
    return low._replace(value=min(ends)), high._replace(value=max(ends))


def _is_reached(turn: CurvePoint, low: Number, high: Number) -> bool:
    """Whether some number from the low to the high one gets what begins at the turn, or just above it."""
    return low <= turn.at and (turn.at < high if turn.above else turn.at <= high)


def is_rising_curve(curve: Sequence[CurvePoint]) -> bool:
    """Whether a higher number never gives fewer points."""
    gives = [turn.gives for turn in curve]
    return gives == sorted(gives)


def _way(number: Fraction, end: Fraction) -> Fraction:
    """How far along the logarithm from 1 to `end` a number is; exactly, where one is a simple power of the other."""
    way = Fraction(_logarithm(number) / _logarithm(end))
    simple = way.limit_denominator(_SIMPLE)
    return simple if number**simple.denominator == end**simple.numerator else ApproximateNumber(way)


def _logarithm(number: Fraction) -> Decimal:
    with localcontext(prec=_DIGITS):
        return (Decimal(number.numerator) / Decimal(number.denominator)).ln()
