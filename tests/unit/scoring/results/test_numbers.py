"""Roots are compared and shown without rounding anything first."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from granskning.scoring.results.numbers import (
    ApproximateNumber,
    ExactRoot,
    geometric_mean,
    is_exact,
    root_of,
    to_fraction,
)

HALF = Fraction(1, 2)


def test_a_root_that_is_a_fraction_is_one() -> None:
    assert root_of(Fraction(16), 2) == 4
    assert root_of(Fraction(8, 27), 3) == Fraction(2, 3)
    assert root_of(Fraction(0), 5) == 0
    assert isinstance(root_of(Fraction(2), 2), ExactRoot)


def test_two_and_eight_make_exactly_four() -> None:
    assert geometric_mean([2, 8], [Fraction(1), Fraction(1)]) == 4


def test_weights_are_powers() -> None:
    assert geometric_mean([2, 16], [Fraction(2), Fraction(1)]) == 4
    assert geometric_mean([2, 16], [Fraction(1), HALF]) == 4  # only their relation counts


def test_a_root_meets_a_threshold_by_powers() -> None:
    root = root_of(Fraction(2), 2)
    just_below, just_above = (Fraction(141421356237309504880168872420 + n, 10**29) for n in (0, 1))
    assert just_below < root < just_above
    assert root > -1
    assert root != just_below
    assert not root < 0


def test_roots_of_different_degrees_are_compared() -> None:
    assert root_of(Fraction(2), 2) == root_of(Fraction(4), 4) == root_of(Fraction(8), 6)
    assert hash(root_of(Fraction(2), 2)) == hash(root_of(Fraction(4), 4))
    assert root_of(Fraction(3), 3) > root_of(Fraction(2), 2)  # 1.442 and 1.414


def test_a_root_of_roots() -> None:
    inner = geometric_mean([2, 3], [Fraction(1), Fraction(1)])
    assert geometric_mean([inner, inner], [Fraction(1), Fraction(2)]) == inner
    assert geometric_mean([inner, Fraction(6)], [Fraction(2), Fraction(1)]) == root_of(Fraction(36), 3)


@pytest.mark.parametrize(("unit", "whole"), [(1, 1), (10, 14), (100, 141), (10**6, 1414213)])
def test_the_digits_of_a_root(unit: int, whole: int) -> None:
    root = root_of(Fraction(2), 2)
    assert isinstance(root, ExactRoot)
    assert root.floor(unit) == whole


def test_a_root_to_thirty_digits() -> None:
    root = root_of(Fraction(2), 2)
    assert isinstance(root, ExactRoot)
    near = root.approximate()
    assert abs(Decimal(near.numerator) / near.denominator - Decimal(2).sqrt()) < Decimal(10) ** -26
    assert to_fraction(root) == root.approximate()
    assert float(root) == 2**0.5


def test_what_is_exact() -> None:
    assert is_exact(Fraction(1, 3))
    assert is_exact(7)
    assert not is_exact(root_of(Fraction(2), 2))
    assert not is_exact(ApproximateNumber(1, 3))


def test_weights_with_many_decimals_still_give_a_mean() -> None:
    found = geometric_mean([2, 8], [Fraction(3333, 10000), Fraction(6667, 10000)])
    assert abs(float(found) - 2**0.3333 * 8**0.6667) < 0.01
