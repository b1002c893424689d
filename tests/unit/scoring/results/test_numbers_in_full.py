"""Numbers as text and as doubles, also where they are larger or nearer to 0 than those can be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from granskning.model.method import Rounding
from granskning.scoring.results.numbers import (
    ApproximateNumber,
    ExactRoot,
    as_double,
    as_power,
    exact_text,
    format_number,
    geometric_mean,
    near_power,
    near_text,
    root_of,
    rounded,
)

ROOT = root_of(Fraction(2), 2)
THIRD = root_of(Fraction(30), 3)  # between 3 and 4
UP, CUT, CAPPED = Rounding(1, "up"), Rounding(1, "truncate"), Rounding(1, "capped")
HUGE, TINY = Fraction(10**400), Fraction(1, 10**400)


@pytest.mark.parametrize(
    ("value", "double"),
    [(None, None), (Fraction(1, 4), 0.25), (0, 0.0), (ROOT, 2**0.5), (HUGE, None), (TINY, None), (-TINY, None)],
)
def test_a_double_is_none_where_the_number_is_beyond_all_of_them(value: Any, double: float | None) -> None:
    assert as_double(value) == double


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (Fraction(7, 3), "7/3"),
        (4, "4"),
        (ROOT, None),
        (ApproximateNumber(1, 3), None),
        (2**12_999, str(2**12_999)),  # 13,000 bits
        (2**13_000, None),
        (Fraction(1, 2**13_000), None),
    ],
)
def test_a_fraction_is_written_in_full_unless_nobody_reads_it(value: Any, text: str | None) -> None:
    assert exact_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ROOT, "1.4142135623731"),
        (Fraction(1, 3), "0.333333333333333"),
        (4, "4"),
        (Fraction(15 * 10**2426), "1.5e+2427"),
    ],
)
def test_a_number_to_fifteen_digits(value: Any, text: str) -> None:
    assert near_text(value).lower() == text


@pytest.mark.parametrize(
    ("whole", "text"),
    [(1234 * 10**20, "1,2·10^23"), (10**22, "1,0·10^22"), (10**23 - 1, "9,9·10^22"), (10**29, "1,0·10^29"),
     (10**29 - 1, "9,9·10^28"), (999 * 10**27, "9,9·10^29")],
)  # fmt: skip
def test_a_large_number_is_cut_off_as_a_power_of_ten(whole: int, text: str) -> None:
    assert as_power(whole, ",") == text


def test_digits_are_printed_one_by_one_up_to_a_limit() -> None:
    assert format_number(10**21 - 1, Rounding(0), "sv") == "9" * 21
    assert format_number(10**21, Rounding(0), "sv") == "1,0·10^21"
    assert format_number(-(10**21), Rounding(2), "en") == "−1.0·10^21"


def test_a_share_is_printed_in_per_cent() -> None:
    assert format_number(Fraction(2, 3), Rounding(0, percent=True), "sv") == "67\N{NO-BREAK SPACE}%"
    assert format_number(Fraction(2, 3), Rounding(1, percent=True), "en") == "66.7\N{NO-BREAK SPACE}%"
    assert rounded(Fraction(2, 3), Rounding(0, percent=True)) == Fraction(67, 100)


@pytest.mark.parametrize(
    ("value", "rounding", "text"),
    [
        (ROOT, Rounding(1), "1.4"),
        (ROOT, Rounding(3), "1.414"),
        (THIRD, Rounding(1), "3.1"),  # 3.107
        (THIRD, Rounding(2), "3.11"),
        (THIRD, Rounding(2, "truncate"), "3.10"),
        (THIRD, UP, "3.2"),
        (Fraction(31, 10), UP, "3.1"),
        (Fraction(311, 100), UP, "3.2"),
        (Fraction(-311, 100), UP, "-3.1"),
        (Fraction(-311, 100), CUT, "-3.1"),
        (Fraction(-5, 100), Rounding(1), "-0.1"),
    ],
)
def test_roots_and_fractions_are_rounded_as_declared(value: Any, rounding: Rounding, text: str) -> None:
    assert rounded(value, rounding) == Fraction(text)


@pytest.mark.parametrize(
    ("value", "highest", "text"),
    [
        (Fraction(299, 100), 3, "2.9"),  # never shown as the most, which it is not
        (Fraction(3), 3, "3"),
        (Fraction(294, 100), 3, "2.9"),
        (Fraction(299, 100), None, "3"),
        (Fraction(299, 100), Fraction(31, 10), "3"),
        (root_of(Fraction(899, 100), 2), 3, "2.9"),
    ],
)
def test_what_is_below_the_most_is_never_shown_as_the_most(value: Any, highest: Any, text: str) -> None:
    assert rounded(value, CAPPED, highest) == Fraction(text)
    assert rounded(value, Rounding(1), highest) == rounded(value, Rounding(1))


@pytest.mark.parametrize(
    ("value", "exponent", "power"),
    [(Fraction(0), Fraction(1, 2), 0), (Fraction(-4), Fraction(1, 2), 0), (Fraction(4), Fraction(1, 2), 2),
     (Fraction(1, 8), Fraction(2, 3), 0.25), (Fraction(10), Fraction(-2), 0.01)],
)  # fmt: skip
def test_a_power_by_logarithms(value: Fraction, exponent: Fraction, power: float) -> None:
    assert float(near_power(value, exponent)) == pytest.approx(power, rel=1e-12)


def test_a_power_that_no_double_holds() -> None:
    power = near_power(Fraction(10**600), Fraction(1, 1))
    assert abs(power / 10**600 - 1) < Fraction(1, 10**10)


def test_a_root_is_compared_with_roots_and_numbers() -> None:
    assert Fraction(3, 2) != ROOT
    assert ROOT < Fraction(3, 2) < THIRD
    assert Fraction(7, 5) < ROOT
    assert not Fraction(7, 5) > ROOT
    assert not Fraction(3, 2) < ROOT
    assert not root_of(Fraction(4), 4) < ROOT
    assert isinstance(ROOT, ExactRoot)
    assert float(ROOT) == 2**0.5


@pytest.mark.parametrize(("number", "degree"), [(2**6 - 1, 3), (10**30 - 1, 5), (7, 2), (2, 9)])
def test_what_is_no_power_has_no_fraction_for_its_root(number: int, degree: int) -> None:
    root = root_of(Fraction(number), degree)
    assert isinstance(root, ExactRoot)
    whole = root.floor(1)
    assert whole**degree <= number < (whole + 1) ** degree
    assert root_of(Fraction((whole + 1) ** degree), degree) == whole + 1


def test_only_the_relation_of_weights_counts_and_roots_of_roots_are_roots() -> None:
    assert geometric_mean([Fraction(4), Fraction(9)], [Fraction(3), Fraction(3)]) == 6
    assert geometric_mean([Fraction(1, 4), 4], [Fraction(1), Fraction(1)]) == 1
    assert geometric_mean([ROOT, root_of(Fraction(2), 2)], [Fraction(1), Fraction(3)]) == ROOT
    assert geometric_mean([ROOT, THIRD], [Fraction(1), Fraction(1)]) == root_of(Fraction(8 * 900), 12)
    assert geometric_mean([5, 7], [Fraction(0), Fraction(2)]) == 7


def test_weights_too_fine_for_a_root_are_taken_to_thousandths() -> None:
    fine = [Fraction(1, 4001), Fraction(4000, 4001)]
    assert geometric_mean([5, 7], fine) == 7  # 0 and 1000 thousandths
    nearly = [Fraction(2000, 4001), Fraction(2001, 4001)]
    assert geometric_mean([4, 9], nearly) == 6  # 500 thousandths each
