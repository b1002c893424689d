from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.model.method import Rounding
from granskning.scoring.results.numbers import format_number, rounded

CUT = Rounding(1, "truncate")


@pytest.mark.parametrize(
    ("value", "rounding", "swedish", "english"),
    [
        ("5/3", Rounding(), "1,7", "1.7"),
        ("2", Rounding(), "2,0", "2.0"),
        ("1/4", Rounding(), "0,3", "0.3"),  # halves go up, not to the even neighbour
        ("7/20", Rounding(), "0,4", "0.4"),
        ("5/2", Rounding(0), "3", "3"),
        ("3/2", Rounding(0), "2", "2"),
        ("-1/4", Rounding(), "−0,3", "−0.3"),
        ("-1/30", Rounding(), "0,0", "0.0"),  # no minus before nothing
        ("5/3", CUT, "1,6", "1.6"),
        ("299/100", CUT, "2,9", "2.9"),
        ("-5/3", CUT, "−1,6", "−1.6"),
        ("1/8", Rounding(2), "0,13", "0.13"),
        ("1/800", Rounding(2), "0,00", "0.00"),
        ("1234567", Rounding(0), "1234567", "1234567"),
        ("1/3", Rounding(6), "0,333333", "0.333333"),
        ("299999/100000", Rounding(), "3,0", "3.0"),
    ],
)
def test_shown(value: str, rounding: Rounding, swedish: str, english: str) -> None:
    assert format_number(Fraction(value), rounding, "sv") == swedish
    assert format_number(Fraction(value), rounding, "en") == english


fractions = st.fractions(-1000, 1000)
roundings = st.builds(Rounding, st.integers(0, 6), st.sampled_from(["half_up", "truncate"]))


@given(fractions, roundings)
def test_rounding_is_near_and_stays(value: Fraction, rounding: Rounding) -> None:
    result = rounded(value, rounding)
    unit = Fraction(1, 10**rounding.decimals)
    assert abs(result - value) <= (unit / 2 if rounding.mode == "half_up" else unit)
    assert (result / unit).denominator == 1
    assert rounded(result, rounding) == result
    assert rounded(-value, rounding) == -result


@given(fractions, fractions, roundings)
def test_rounding_keeps_the_order(one: Fraction, other: Fraction, rounding: Rounding) -> None:
    low, high = sorted((one, other))
    assert rounded(low, rounding) <= rounded(high, rounding)


@given(fractions, roundings)
def test_the_digits_shown_are_the_rounded_value(value: Fraction, rounding: Rounding) -> None:
    assert Fraction(format_number(value, rounding, "en").replace("−", "-")) == rounded(value, rounding)
    assert format_number(value, rounding, "sv") == format_number(value, rounding, "en").replace(".", ",")
