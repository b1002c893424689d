"""A coefficient with its standard error and 95 % interval, and the quantiles that intervals need.

Quantiles of Student's t and of F come from the incomplete beta function by its continued fraction (Abramowitz and
Stegun, Handbook of Mathematical Functions, 26.5.8, 26.6.2 and 26.7.1), found by halving. The standard library has
none, and SciPy is a hundred megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import exp, isqrt, lgamma, log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UPPER = 0.975
"""Intervals leave out a fortieth at each end: 95 % lies between."""
_HALVINGS = 80
_TERMS = 300
_TINY = 1e-300
_EXACT_ENOUGH = 1e-15


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient. The value is exact; error and interval are approximate, and None where there is none."""

    value: Fraction
    error: float | None = None
    low: float | None = None
    high: float | None = None


def of_items(value: Fraction, parts: Sequence[Fraction]) -> Estimate:
    """An estimate from what each item gives, linearised: the variance of their mean, and Student's t.

    It is how far the items lie apart that tells, so what is the same for all of them can be left out.

    Where the items do not vary, the formula gives no width, so there is no interval: agreement that is complete on
    ten items is no certainty.
    """
    number = len(parts)
    if number < 2:  # noqa: PLR2004  # one item does not vary
        return Estimate(value)
    mean = sum(parts, Fraction(0)) / number
    squares = sum(((part - mean) ** 2 for part in parts), Fraction(0))
    return with_variance(value, squares / (number * (number - 1)), number - 1)


def with_variance(value: Fraction, variance: Fraction, freedom: int) -> Estimate:
    """An estimate with the variance given, on so many degrees of freedom."""
    if variance <= 0 or freedom < 1:
        return Estimate(value)
    error = sqrt(variance)
    reach = t_quantile(UPPER, freedom) * error
    shown = float(value)
    return Estimate(value, error, max(min(-1.0, shown), shown - reach), min(1.0, shown + reach))


@lru_cache(maxsize=256)  # it rests on how many there are alone, and takes most of the time of an interval
def t_quantile(share: float, freedom: float) -> float:
    """What Student's t is below with this probability, above one half."""
    return _found(lambda t: 1 - incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2, share)


def f_quantile(share: float, above: float, below: float) -> float:
    """What F with these degrees of freedom is below with this probability."""
    return _found(lambda f: incomplete_beta(above * f / (above * f + below), above / 2, below / 2), share)


def _found(probability: Callable[[float], float], share: float) -> float:
    high = 1.0
    while probability(high) < share:
        high *= 2
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if probability(middle) < share else (low, middle)
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):  # where the fraction converges fast; else by the symmetry of the two ends
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's way to work out the continued fraction from the front."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value, step, m = d, 0.0, 0
    most = _TERMS + 5 * isqrt(int(max(a, b)))  # it takes some multiple of the root of the larger one
    while abs(step - 1) >= _EXACT_ENOUGH and m < most:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            step = c * d
            value *= step
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
